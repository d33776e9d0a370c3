// Search of documents: results with facets and passages, and suggestions while somebody types.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class SearchActions {
 public:
  explicit SearchActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<base::http::Response> search(const Call& call) const;
  [[nodiscard]] base::Result<base::http::Response> suggest(const Call& call) const;

  web::PageParts parts_;
};

}  // namespace eoffice::api
