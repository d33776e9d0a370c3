// What the acts of routing.h do alike. For this folder alone.
#pragma once

#include "eoffice/documents/receivers.h"
#include "eoffice/documents/routing.h"

namespace eoffice::documents {

/// What lies with the caller on a document: the step, the receiver behind it (null for what was
/// given before chains were kept), and in whose right they act.
struct Held {
  Step step;
  const ReceiverRow* receiver = nullptr;
  PostId holder;  ///< The post that the step waits for.
  [[nodiscard]] PostId behalf(const Caller& caller) const {
    return holder == caller.post ? PostId() : holder;
  }
};

/// Locks the document in one of these states for an act that closes a step of the caller's with
/// `outcome`; a repeated one is told by the caller's last act on it.
[[nodiscard]] base::Result<Document> lockForRouting(base::db::Session& session,
                                                    const Caller& caller, const Target& target,
                                                    std::initializer_list<State> states,
                                                    Outcome outcome);

/// `routing.not_received` when none of these kinds lies with the caller; `document.done_by_you`
/// when their last act on it was this one.
[[nodiscard]] base::Result<Held> heldOr(base::db::Session& session, const Caller& caller,
                                        const Document& document, const Chain& chain,
                                        std::initializer_list<StepKind> kinds, Outcome outcome);

/// A reason: 1 to 2,000 characters.
[[nodiscard]] base::Result<std::string> reasonOf(const std::string& given,
                                                 std::string_view field = "reason");

/// The document lies with the giver of `given` again, with `words`: for a leader to direct, for the
/// clerk to hand over, for somebody in the middle to handle. `task` (0: none) is led by the giver.
[[nodiscard]] base::Result<void> bringBack(base::db::Session& session, const Office& office,
                                           const Caller& caller, const Document& document,
                                           const Chain& chain, const ReceiverRow& given,
                                           PostId actingFor, const std::string& words,
                                           base::Instant now);

}  // namespace eoffice::documents
