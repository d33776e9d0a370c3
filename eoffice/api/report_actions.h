// The reports on handling over REST: as counts, and as files.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class ReportActions {
 public:
  explicit ReportActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<nlohmann::json> handling(const Call& call) const;
  [[nodiscard]] base::Result<base::http::Response> file(const Call& call) const;

  web::PageParts parts_;
};

}  // namespace eoffice::api
