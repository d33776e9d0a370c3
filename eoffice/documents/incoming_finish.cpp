// The lead's word that the work is done.
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/assignment.h"
#include "eoffice/documents/field_rules.h"
#include "eoffice/documents/routing_common.h"

namespace eoffice::documents {

base::Result<void> Incoming::finish(const Caller& caller, const Target& target,
                                    const std::string& result) {
  auto text = result;
  FieldCheck check;
  check.required(text, "result", 2000);
  if (auto good = check.result(); !good) return good;

  const auto now = office_.clock.now();
  auto done = office_.database.transact([&](base::db::Session& session) -> base::Result<void> {
    auto document = lockForRouting(session, caller, target, {State::Directed}, Outcome::Done);
    if (!document) return tl::unexpected(std::move(document.error()));
    if (auto right = requireForStep(session, caller, *document, StepKind::Handle,
                                    directory::Capability::Draft);
        !right) {
      return right;
    }
    auto behalf =
        closeOwnStep(session, caller, *document, StepKind::Handle, Outcome::Done, text, now);
    if (!behalf) return tl::unexpected(std::move(behalf.error()));
    const auto lead = behalf->valid() ? *behalf : caller.post;
    if (auto ended = finishIncoming(session, office_, caller, *document, lead, text, {}, now);
        !ended) {
      return ended;
    }
    record(session, office_.clock, caller, "document.finished", document->id, *behalf,
           {{"result", text}});
    return {};
  });
  if (done) {
    office_.wakers.outboxHasWork();
    office_.wakers.remindersHaveWork();
  }
  return done;
}

}  // namespace eoffice::documents
