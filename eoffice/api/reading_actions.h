// What the files of a document say: how far the reading is, what was found and where, the text.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class ReadingActions {
 public:
  explicit ReadingActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<nlohmann::json> show(const Call& call) const;
  [[nodiscard]] base::Result<base::http::Response> text(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> again(const Call& call) const;

  web::PageParts parts_;
};

}  // namespace eoffice::api
