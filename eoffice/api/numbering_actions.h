// Books and series over REST: how they are divided, the next numbers, numbers set aside, the
// registers. What an act does stands in documents/book_acts.h.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class NumberingActions {
 public:
  explicit NumberingActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<nlohmann::json> show(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> divide(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> reserve(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> voidNext(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> voidReserved(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> voidOf(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> close(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> showRegister(const Call& call) const;
  [[nodiscard]] base::Result<base::http::Response> registerFile(const Call& call) const;
  [[nodiscard]] Operations registers() const;

  web::PageParts parts_;
};

}  // namespace eoffice::api
