// Standing in for somebody who is away: what a post gave and got, a new one, and its end.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class DelegationActions {
 public:
  explicit DelegationActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<nlohmann::json> list(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> give(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> end(const Call& call) const;

  web::PageParts parts_;
};

}  // namespace eoffice::api
