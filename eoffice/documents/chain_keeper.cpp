#include "eoffice/documents/chain_keeper.h"

#include "eoffice/documents/office.h"
#include "eoffice/documents/receivers.h"

namespace eoffice::documents {
namespace {

using base::db::Session;

// Of a support or lead without a task of their own it is the instruction's.
constexpr const char* kMoveReceivers = R"(/* documents.moveDueOfReceivers */
UPDATE instruction_receiver r JOIN instruction n ON n.id = r.instruction_id SET r.due_date = ?
WHERE r.document_id = ? AND (r.task_id = ? OR (r.task_id IS NULL AND r.part = 5 AND n.task_id = ?)))";

constexpr const char* kMoveInstruction = R"(/* documents.moveDueOfInstruction */
UPDATE instruction SET due_date = ? WHERE document_id = ? AND task_id = ?)";

// Whoever gave the report back acts; the step says so.
Caller callerOf(const reminder::Task& task, const reminder::TaskEvent& event) {
  const auto& who = event.actor;
  const auto post = who.delegate.valid() ? who.delegate : who.holder;
  return {.person = PersonId(who.person.value()),
          .post = PostId(post.value()),
          .agency = AgencyId(task.scope.value())};
}

void reopen(Session& session, const reminder::Task& task, const reminder::TaskEvent& event) {
  const auto document = lockDocument(session, DocumentId(task.source.id));
  const bool handled =
      document && (document->state == State::Finished || document->state == State::Directed);
  if (!handled) return;
  const auto chain = readChain(session, document->id);
  const ReceiverRow* lead = nullptr;
  for (const auto& one : chain.receivers) {
    if (one.task == task.id.value() && one.part == Part::Lead &&
        one.post.value() == task.lead.holder.value()) {
      lead = &one;
    }
  }
  if (lead == nullptr || lead->state != ReceiverState::Done) return;
  const auto caller = callerOf(task, event);
  const auto* over = chain.above(*lead);
  const bool supports = over != nullptr && over->part == Part::Support;
  if (over != nullptr && over->state == ReceiverState::Open) {
    closeStep(session, over->step, caller.post, Outcome::PassedOn, event.note, event.at);
    setReceiver(session, over->id, ReceiverState::PassedOn, caller.post, {}, event.at);
  }
  const auto step = openStepFor(session, *document, supports ? StepKind::Support : StepKind::Handle,
                                lead->post, caller, event.note, event.at);
  reopenReceiver(session, lead->id, step);
  setState(session, document->id, State::Directed, event.at);
}

}  // namespace

void ChainKeeper::taskChanged(Session& session, const reminder::Task& task,
                              const reminder::TaskEvent& event) {
  if (task.source.kind != "document") return;
  using reminder::TaskAct;  // R-117: whoever acts on the task, the chain follows.
  if (event.act == TaskAct::Returned) reopen(session, task, event);
  if (event.act != TaskAct::DueChanged && event.act != TaskAct::DueReckoned) return;
  session.execute(kMoveReceivers, {task.due, task.source.id, task.id, task.id});
  session.execute(kMoveInstruction, {task.due, task.source.id, task.id});
}

}  // namespace eoffice::documents
