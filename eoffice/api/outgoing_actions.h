// The acts on an outgoing document, as JSON: the same as behind the pages.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/documents/outgoing.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class OutgoingActions {
 public:
  explicit OutgoingActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<nlohmann::json> draft(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> answer(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> draftFor(const Call& call, DocumentId answered) const;
  [[nodiscard]] base::Result<nlohmann::json> retry(const Call& call) const;

  web::PageParts parts_;
};

}  // namespace eoffice::api
