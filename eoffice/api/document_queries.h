// What is read of documents: lists and counts, one whole, its files, its history, the registers.
// The reader's rights are part of every query (eoffice/documents).
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class DocumentQueries {
 public:
  explicit DocumentQueries(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<base::http::Response> list(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> boxes(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> show(const Call& call) const;
  [[nodiscard]] base::Result<base::http::Response> file(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> history(const Call& call) const;

  web::PageParts parts_;
};

}  // namespace eoffice::api
