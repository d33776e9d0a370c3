// Where an incoming document goes, as JSON: handed over, forwarded, returned, taken back, given to
// somebody else, done; the chain of instructions and who opened the document.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/documents/incoming.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class RoutingActions {
 public:
  explicit RoutingActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<nlohmann::json> handOver(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> forward(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> returnUp(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> takeBack(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> reassign(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> finishSupport(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> markRead(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> suggest(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> noteView(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> show(const Call& call) const;

  web::PageParts parts_;
};

/// `Direction`: whom a direction, a hand-over or a forwarding names, and until when.
[[nodiscard]] const Schema& directionInput();
[[nodiscard]] const Schema& directedDocument();
/// The instruction of a body in that shape.
[[nodiscard]] documents::Instruction instructionOf(const Call& call);
/// What the naming of receivers and deadlines refuses.
[[nodiscard]] std::vector<std::string> directionErrors();

}  // namespace eoffice::api
