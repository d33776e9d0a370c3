// Files on their way in: streamed into the store, whatever their size, named by their bytes and
// kept for who brought them. What they are is checked by the act that makes a document of them.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class UploadActions {
 public:
  explicit UploadActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<nlohmann::json> upload(const Call& call) const;
  [[nodiscard]] nlohmann::json kept(const Caller& caller, const base::BlobRef& blob,
                                    const std::string& name) const;

  web::PageParts parts_;
};

}  // namespace eoffice::api
