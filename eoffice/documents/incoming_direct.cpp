// From the head of office to the leader, and from the leader to those who do the work.
#include "base/text.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/assignment.h"
#include "eoffice/documents/field_rules.h"
#include "eoffice/documents/incoming.h"
#include "eoffice/documents/sender_answer.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;
using directory::Capability;

constexpr const char* kInsertInstruction = R"(/* documents.insertInstruction */
INSERT INTO instruction (document_id, leader_post, written_by_post, text, task_id, due_date, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?))";

void addParts(Session& session, const Document& document, const Instruction& input) {
  addPart(session, document.id, document.agency, input.lead, Part::Lead);
  for (const auto post : input.supports) {
    addPart(session, document.id, document.agency, post, Part::Support);
  }
  for (const auto post : input.informed) {
    addPart(session, document.id, document.agency, post, Part::Informed);
  }
}

base::Result<void> checkInstruction(Instruction& input) {
  FieldCheck check;
  check.required(input.text, "text", 2000);
  if (!input.lead.valid()) check.fault("instruction.no_lead", "lead");  // R-9
  const bool noDeadline = !input.workdays && !input.due;
  // R-9: where several are named, the direction has a deadline.
  if (noDeadline && !input.supports.empty()) check.fault("instruction.no_deadline", "workdays");
  if (input.workdays && input.due) check.fault("instruction.two_deadlines", "workdays");
  return check.result();
}

}  // namespace

base::Result<void> Incoming::submit(const Caller& caller, const Submission& input) {
  if (auto right = directory::require(caller, Capability::SubmitIncoming); !right) return right;
  auto note = input.note;
  FieldCheck check;
  check.optional(note, "note", 2000);
  if (!input.leader.valid()) check.fault("document.no_leader", "leader");
  if (auto good = check.result(); !good) return good;

  const auto now = office_.clock.now();
  auto done = office_.database.transact([&](Session& session) -> base::Result<void> {
    // R-8: what is not registered obliges nobody.
    auto document =
        lockForAct(session, caller, input.target, {State::Registered}, {{StepKind::Submit}});
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto leader = directory::findPost(session, input.leader, base::localDate(now));
    if (!leader || !leader->active || leader->agency != caller.agency ||
        !directory::may(leader->role, Capability::Direct)) {
      return base::refuse(RefusalKind::Invalid, "document.no_leader", "leader");
    }
    auto behalf =
        closeOwnStep(session, caller, *document, StepKind::Submit, Outcome::Done, note, now);
    if (!behalf) return tl::unexpected(std::move(behalf.error()));
    setState(session, document->id, State::Submitted, now);
    addPart(session, document->id, caller.agency, caller.post, Part::Submitter);
    addPart(session, document->id, caller.agency, input.leader, Part::Director);
    openStepFor(session, *document, StepKind::Direct, input.leader, caller, note, now);
    record(session, office_.clock, caller, "document.submitted", document->id, {},
           {{"leader", std::to_string(input.leader.value())}});
    return {};
  });
  if (done) office_.wakers.remindersHaveWork();
  return done;
}

base::Result<Directed> Incoming::direct(const Caller& caller, const Instruction& given) {
  auto input = given;
  const auto now = office_.clock.now();
  auto done = office_.database.transact([&](Session& session) -> base::Result<Directed> {
    auto document =
        lockForAct(session, caller, input.target, {State::Submitted}, {{StepKind::Direct}});
    if (!document) return tl::unexpected(std::move(document.error()));
    if (auto right =
            requireForStep(session, caller, *document, StepKind::Direct, Capability::Direct);
        !right) {
      return tl::unexpected(std::move(right.error()));
    }
    if (auto good = checkInstruction(input); !good) return tl::unexpected(std::move(good.error()));
    const auto step = openStepOf(session, document->id, StepKind::Direct);
    const auto leader = step ? step->assignedPost : caller.post;
    auto behalf =
        closeOwnStep(session, caller, *document, StepKind::Direct, Outcome::Done, input.text, now);
    if (!behalf) return tl::unexpected(std::move(behalf.error()));

    auto task = assignTask(session, office_, caller, *document, leader, input, now);
    if (!task) return tl::unexpected(std::move(task.error()));
    session.execute(kInsertInstruction, {document->id, leader, caller.post, input.text,
                                         task->id.value(), task->due, now});
    addParts(session, *document, input);
    addPart(session, document->id, caller.agency, leader, Part::Director);
    addPart(session, document->id, caller.agency, caller.post, Part::Director);
    setState(session, document->id, State::Directed, now);
    openStepFor(session, *document, StepKind::Handle, input.lead, caller, input.text, now);
    if (auto told = answerSender(session, office_, *document, caller, SenderStatus::Assigned,
                                 "assigned", {});
        !told) {
      return tl::unexpected(std::move(told.error()));
    }
    record(session, office_.clock, caller, "document.directed", document->id, *behalf,
           {{"task", std::to_string(task->id.value())},
            {"lead", std::to_string(input.lead.value())},
            {"due", task->due ? base::isoDate(*task->due) : ""}});
    return Directed{task->id.value(), task->due};
  });
  if (done) {
    office_.wakers.outboxHasWork();
    office_.wakers.remindersHaveWork();
  }
  return done;
}

}  // namespace eoffice::documents
