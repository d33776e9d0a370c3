// The documents page: every document that the reader may see, filtered, sorted, with the columns
// they choose. The address is the view; it can be saved with a name, shared with the unit, and
// taken out as .xlsx or .csv.
#pragma once

#include "base/http/router.h"
#include "eoffice/documents/exports.h"
#include "eoffice/web/document_view.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class ViewPages {
 public:
  explicit ViewPages(const PageParts& parts) : parts_(parts) {}
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response show(Visit& visit) const;
  base::http::Response save(Visit& visit) const;
  base::http::Response change(Visit& visit) const;
  base::http::Response remove(Visit& visit) const;
  base::http::Response download(Visit& visit, print::SheetForm form) const;
  base::http::Response page(Visit& visit, const documents::View& view,
                            const base::Refusal* refused) const;

  PageParts parts_;
};

/// What an export says, in one language.
[[nodiscard]] documents::ExportWords exportWords(const Speech& say);
/// The export as a download that is gone when it was sent; refusals as exportView().
[[nodiscard]] base::Result<base::http::Response> exportAnswer(const PageParts& parts,
                                                              const Caller& caller,
                                                              base::Language language,
                                                              const documents::View& view,
                                                              print::SheetForm form);

}  // namespace eoffice::web
