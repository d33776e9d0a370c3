// Saved views of the documents, and what a view holds as .xlsx and .csv. A view is the query of
// `GET /documents`.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/documents/view.h"
#include "eoffice/print/sheet.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class ViewActions {
 public:
  explicit ViewActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<nlohmann::json> list(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> save(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> change(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> remove(const Call& call) const;
  [[nodiscard]] Operation exportAs(print::SheetForm form) const;

  web::PageParts parts_;
};

/// The view that a checked query of schemas::viewQuery() names.
[[nodiscard]] documents::View viewOf(const Values& query);

}  // namespace eoffice::api
