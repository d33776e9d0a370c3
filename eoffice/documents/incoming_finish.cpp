// The lead's word that the work is done: the task is reported, the sender learns 06.
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/assignment.h"
#include "eoffice/documents/field_rules.h"
#include "eoffice/documents/incoming.h"
#include "eoffice/documents/sender_answer.h"

namespace eoffice::documents {

base::Result<void> finishIncoming(base::db::Session& session, const Office& office,
                                  const Caller& caller, const Document& document, PostId lead,
                                  const std::string& text, const reminder::SourceRef& result,
                                  base::Instant now) {
  const auto task = taskLedBy(session, office, caller, document.id, lead);
  // One that the lead has reported already waits for its assigner: nothing is to be added.
  if (task && task->state != reminder::TaskState::Reported) {
    auto reported = office.tasks.reportCompletion(session, actorOf(caller, lead), now, task->id,
                                                  task->version, text, result);
    if (!reported) return tl::unexpected(std::move(reported.error()));
  }
  setState(session, document.id, State::Finished, now);
  return answerSender(session, office, document, caller, SenderStatus::Finished, "finished", {});
}

base::Result<void> Incoming::finish(const Caller& caller, const Target& target,
                                    const std::string& result) {
  auto text = result;
  FieldCheck check;
  check.required(text, "result", 2000);
  if (auto good = check.result(); !good) return good;

  const auto now = office_.clock.now();
  auto done = office_.database.transact([&](base::db::Session& session) -> base::Result<void> {
    auto document = lockForAct(session, caller, target, {State::Directed}, {{StepKind::Handle}});
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
