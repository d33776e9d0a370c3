// The directory's pickers, the types of documents, and the bell.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class LookUpActions {
 public:
  explicit LookUpActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<nlohmann::json> agencies(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> people(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> units(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> documentTypes(const Call& call) const;
  [[nodiscard]] base::Result<base::http::Response> notifications(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> markRead(const Call& call) const;

  web::PageParts parts_;
};

}  // namespace eoffice::api
