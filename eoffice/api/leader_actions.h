// What makes directing quick, as JSON: ready phrases, assistants, and the proposals that they
// prepare.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class LeaderActions {
 public:
  explicit LeaderActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<nlohmann::json> phrases(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> addPhrase(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> removePhrase(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> movePhrase(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> assistants(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> nameAssistant(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> endAssistant(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> propose(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> confirm(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> discard(const Call& call) const;

  web::PageParts parts_;
};

}  // namespace eoffice::api
