// The part of the registration that tells how far the reading is, asked for while it is under way;
// reading again; the text of a file, plain.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "base/http/router.h"
#include "eoffice/documents/reading.h"
#include "eoffice/web/document_view.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

/// The tab beside the page images, and with `?view=text` what stands in it, in their place.
/// `document` is the desk's.
void addTextTab(nlohmann::json& document, base::db::Session& session, const Speech& say,
                const Visit& visit, const documents::Detail& detail, base::LocalDate today);

class ReadingPages {
 public:
  explicit ReadingPages(const PageParts& parts) : parts_(parts) {}
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response state(Visit& visit) const;
  base::http::Response again(Visit& visit) const;
  base::http::Response text(Visit& visit) const;

  PageParts parts_;
};

}  // namespace eoffice::web
