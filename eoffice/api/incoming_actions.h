// The acts on an incoming document, as JSON: the same as behind the pages.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class IncomingActions {
 public:
  explicit IncomingActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<nlohmann::json> receive(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> registerIncoming(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> refuse(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> submit(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> direct(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> finish(const Call& call) const;

  web::PageParts parts_;
};

}  // namespace eoffice::api
