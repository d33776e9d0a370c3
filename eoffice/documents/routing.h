// Where an incoming document goes beside the usual way: handed straight over by the clerk,
// forwarded down the tree, returned upwards, taken back while unread, given to somebody else, done
// by those who support or are informed. The chain of instructions (receivers.h) keeps who gave what
// to whom. Each act is one transaction with its audit entry; each refuses what office.h's
// lockForAct refuses, and says of a repeated one that it is done already.
#pragma once

#include <cstdint>
#include <string>

#include "eoffice/documents/incoming.h"

namespace eoffice::documents {

class Routing {
 public:
  explicit Routing(Office office) : office_(std::move(office)) {}

  /// By the clerk or the head of office, of a registered document whose handler is clear under the
  /// working rules; `input.text` names the rule. No leader's instruction, no confirmation.
  [[nodiscard]] base::Result<Directed> handOver(const Caller& caller, const Instruction& input);

  /// By a lead or support who may direct, to people below. Without a deadline the outer one
  /// counts. Refuses `routing.not_received` (nothing lies with the caller),
  /// `task.due_after_parent`.
  [[nodiscard]] base::Result<Directed> forward(const Caller& caller, const Instruction& input);

  /// Back to who gave it, with a reason: the deadline goes on. A leader gives a submission
  /// back to the head of office. Refuses `routing.not_received`.
  [[nodiscard]] base::Result<void> returnUp(const Caller& caller, const Target& target,
                                            const std::string& reason);

  /// By who gave it, while the receiver has neither opened the document since nor acted.
  /// What never reached them gives no right. Refuses `routing.unknown_receiver`,
  /// `routing.not_given` (by the caller), `routing.seen_already` (facts name, at),
  /// `routing.acted_already`.
  [[nodiscard]] base::Result<void> takeBack(const Caller& caller, const Target& target,
                                            std::int64_t receiver);

  /// Another lead, by who gave it, with a reason; what the former one passed on is withdrawn; the
  /// deadline goes on. Refuses `routing.not_given`, `routing.finished_already`,
  /// `routing.same_lead`, and of the new lead what a direction refuses.
  [[nodiscard]] base::Result<void> reassign(const Caller& caller, const Target& target,
                                            const Receiver& lead, const std::string& reason);

  /// A support's share is done. Refuses `routing.not_received`.
  [[nodiscard]] base::Result<void> finishSupport(const Caller& caller, const Target& target,
                                                 const std::string& text);

  /// "Đã xem", by who was informed. Refuses `routing.not_received`.
  [[nodiscard]] base::Result<void> markRead(const Caller& caller, const Target& target);

  /// What the handler proposes to do, for those above: kept with the task, printed on the slip.
  /// Refuses `routing.not_received`.
  [[nodiscard]] base::Result<void> suggest(const Caller& caller, const Target& target,
                                           const std::string& text);

 private:
  Office office_;
};

/// The post of which the caller may take back or reassign what was given: their own, or one whose
/// delegate they are today for directing.
[[nodiscard]] bool actsFor(base::db::Session& session, const Caller& caller, PostId giver,
                           base::LocalDate day);

}  // namespace eoffice::documents
