// Downwards: handed over by the clerk, forwarded by who received it, given to another lead.
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/assignment.h"
#include "eoffice/documents/giving.h"
#include "eoffice/documents/routing_common.h"
#include "eoffice/documents/sender_answer.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;
using directory::Capability;

std::string keyOf(const Document& document, std::int64_t step) {
  return "document-" + std::to_string(document.id.value()) + "-step-" + std::to_string(step);
}

std::vector<std::pair<std::string, std::string>> detailOf(const Given& given) {
  return {{"task", std::to_string(given.task)},
          {"lead", std::to_string(given.lead.value())},
          {"due", given.due ? base::isoDate(*given.due) : ""}};
}

// the clerk hands over in their own name; a head of office may as well.
base::Result<void> mayHandOver(const Caller& caller) {
  if (directory::may(caller, Capability::RegisterIncoming)) return {};
  return directory::require(caller, Capability::SubmitIncoming);
}

// The deadline of the outer task, where the inner one has none of its own.
void inheritDeadline(Session& session, const Caller& caller, PostId holder, std::int64_t task,
                     Instruction& input) {
  if (input.workdays || input.due) return;
  if (const auto outer = findTaskOf(session, caller, holder, task)) input.due = outer->due;
}

// The task above what `held` passes on: their own, or of a support without one, the lead's.
std::int64_t outerTaskOf(const Chain& chain, const ReceiverRow& receiver) {
  if (receiver.task != 0) return receiver.task;
  const auto* instruction = chain.instruction(receiver.instruction);
  return instruction == nullptr ? 0 : instruction->task;
}

}  // namespace

base::Result<Directed> Routing::handOver(const Caller& caller, const Instruction& given) {
  if (auto right = mayHandOver(caller); !right) return tl::unexpected(std::move(right.error()));
  auto input = given;
  if (auto good = checkInstruction(input); !good) return tl::unexpected(std::move(good.error()));
  const auto now = office_.clock.now();
  auto done = office_.database.transact([&](Session& session) -> base::Result<Directed> {
    auto document =
        lockForRouting(session, caller, input.target, {State::Registered}, Outcome::PassedOn);
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto step = openStepOf(session, document->id, StepKind::Submit);
    if (!step) return base::refuse(RefusalKind::Conflict, "document.step_closed");
    const auto chain = readChain(session, document->id);
    auto back = takeUp(session, office_, caller, chain, 0, caller.post, input.text, now);
    if (!back) return tl::unexpected(std::move(back.error()));
    closeStep(session, step->id, caller.post, Outcome::PassedOn, input.text, now);
    auto handed = give(session, office_, caller, *document,
                       {.kind = InstructionKind::HandOver,
                        .giver = caller.post,
                        .key = keyOf(*document, step->id),
                        .returnedTask = *back,
                        .confirmation = reminder::Confirmation::NotNeeded},
                       input, now);
    if (!handed) return tl::unexpected(std::move(handed.error()));
    addPart(session, document->id, caller.agency, caller.post, Part::Registrar);
    setState(session, document->id, State::Directed, now);
    if (auto told = answerSender(session, office_, *document, caller, SenderStatus::Assigned,
                                 "assigned", {});
        !told) {
      return tl::unexpected(std::move(told.error()));
    }
    record(session, office_.clock, caller, "document.handed_over", document->id, {},
           detailOf(*handed));
    return Directed{handed->task, handed->due};
  });
  if (done) {
    office_.wakers.outboxHasWork();
    office_.wakers.remindersHaveWork();
  }
  return done;
}

base::Result<Directed> Routing::forward(const Caller& caller, const Instruction& given) {
  if (auto right = directory::require(caller, Capability::Direct); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  const auto now = office_.clock.now();
  auto done = office_.database.transact([&](Session& session) -> base::Result<Directed> {
    auto input = given;
    auto document =
        lockForRouting(session, caller, input.target, {State::Directed}, Outcome::PassedOn);
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto chain = readChain(session, document->id);
    auto held = heldOr(session, caller, *document, chain, {StepKind::Handle, StepKind::Support},
                       Outcome::PassedOn);
    if (!held) return tl::unexpected(std::move(held.error()));
    if (held->receiver == nullptr) {
      return base::refuse(RefusalKind::Conflict, "routing.before_chains");
    }
    const auto outer = outerTaskOf(chain, *held->receiver);
    inheritDeadline(session, caller, held->holder, outer, input);
    if (auto good = checkInstruction(input); !good) return tl::unexpected(std::move(good.error()));
    auto back =
        takeUp(session, office_, caller, chain, held->receiver->id, held->holder, input.text, now);
    if (!back) return tl::unexpected(std::move(back.error()));
    closeStep(session, held->step.id, caller.post, Outcome::PassedOn, input.text, now);
    setReceiver(session, held->receiver->id, ReceiverState::PassedOn, caller.post, {}, now);
    auto passed = give(session, office_, caller, *document,
                       {.kind = InstructionKind::Forward,
                        .giver = held->holder,
                        .key = keyOf(*document, held->step.id),
                        .parentReceiver = held->receiver->id,
                        .parentTask = outer,
                        .returnedTask = *back,
                        .leadStep = held->step.kind},
                       input, now);
    if (!passed) return tl::unexpected(std::move(passed.error()));
    setState(session, document->id, State::Directed, now);
    record(session, office_.clock, caller, "document.forwarded", document->id, held->behalf(caller),
           detailOf(*passed));
    return Directed{passed->task, passed->due};
  });
  if (done) office_.wakers.remindersHaveWork();
  return done;
}

base::Result<void> Routing::reassign(const Caller& caller, const Target& target,
                                     const Receiver& lead, const std::string& given) {
  auto reason = reasonOf(given);
  if (!reason) return tl::unexpected(std::move(reason.error()));
  const auto now = office_.clock.now();
  const auto today = base::localDate(now);
  auto done = office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForAct(session, caller, target, {State::Directed});
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto chain = readChain(session, document->id);
    const ReceiverRow* former = nullptr;
    for (const auto& one : chain.receivers) {
      const bool lies = one.state == ReceiverState::Open || one.state == ReceiverState::PassedOn;
      if (one.part == Part::Lead && lies &&
          actsFor(session, caller, chain.instruction(one.instruction)->giver, today)) {
        former = &one;  // The lowest that the caller gave.
      }
    }
    if (former == nullptr) return base::refuse(RefusalKind::Forbidden, "routing.not_given");
    const auto& instruction = *chain.instruction(former->instruction);
    auto reached =
        reachAll(session, caller, {.target = target, .text = *reason, .lead = lead}, today);
    if (!reached) return tl::unexpected(std::move(reached.error()));
    const auto& next = reached->front();
    if (next.post == former->post) {
      return base::refuse(RefusalKind::Invalid, "routing.same_lead", "lead");
    }
    for (const auto& one : chain.receivers) {
      const bool open = one.state == ReceiverState::Open || one.state == ReceiverState::PassedOn;
      if (one.instruction == instruction.id && one.post == next.post && open) {
        return base::refuse(RefusalKind::Invalid, "task.holder_twice", "lead");
      }
    }
    if (auto ended = withdraw(session, office_, caller, chain, chain.below(*former),
                              ReceiverState::Replaced, Outcome::Dropped, *reason, now);
        !ended) {
      return ended;
    }
    const auto step = findStep(session, former->step);
    const auto kind = step ? step->kind : StepKind::Handle;
    closeStep(session, former->step, caller.post, Outcome::Dropped, *reason, now);
    setReceiver(session, former->id, ReceiverState::Replaced, caller.post, *reason, now);
    const auto task = findTaskOf(session, caller, instruction.giver, former->task);
    if (!task) return base::refuse(RefusalKind::NotFound, "task.not_found");
    // the same task with its days; who had it before stays in its history, and is told.
    auto moved = office_.tasks.handOver(
        session, actorOf(caller, instruction.giver), now, task->id, task->version,
        {reminder::HolderId(next.post.value()), reminder::GroupId(next.unit.value())}, *reason);
    if (!moved) return tl::unexpected(std::move(moved.error()));
    addPart(session, document->id, document->agency, next.post, Part::Lead);
    const auto opened = openStepFor(session, *document, kind, next.post, caller, *reason, now);
    static_cast<void>(insertReceiver(session, document->id,
                                     {.instruction = instruction.id,
                                      .post = next.post,
                                      .unit = next.asked.unit,
                                      .part = Part::Lead,
                                      .task = former->task,
                                      .step = opened,
                                      .due = moved->due,
                                      .givenAt = now}));
    setState(session, document->id, State::Directed, now);
    record(session, office_.clock, caller, "document.reassigned", document->id,
           instruction.giver == caller.post ? PostId() : instruction.giver,
           {{"from", std::to_string(former->post.value())},
            {"lead", std::to_string(next.post.value())},
            {"reason", *reason}});
    return {};
  });
  if (done) office_.wakers.remindersHaveWork();
  return done;
}

}  // namespace eoffice::documents
