// The end of the work, from who did it to who gave it, up to the top.
#include "eoffice/documents/assignment.h"
#include "eoffice/documents/field_rules.h"
#include "eoffice/documents/giving.h"
#include "eoffice/documents/routing_common.h"
#include "eoffice/documents/sender_answer.h"

namespace eoffice::documents {
namespace {

using base::db::Session;

// The lead's place in the chain, while it lies with them; null for what has no chain.
const ReceiverRow* openLead(const Chain& chain, PostId lead) {
  const ReceiverRow* found = nullptr;
  for (const auto& one : chain.receivers) {
    if (one.part == Part::Lead && one.post == lead && one.state == ReceiverState::Open) {
      found = &one;
    }
  }
  return found;
}

// One end of work: everything of `receiver` is settled.
class End {
 public:
  End(Session& session, const Office& office, const Caller& caller, const Document& document,
      const Chain& chain, const std::string& text, const reminder::SourceRef& result,
      base::Instant now)
      : session_(session),
        office_(office),
        caller_(caller),
        document_(document),
        chain_(chain),
        text_(text),
        result_(result),
        now_(now) {}

  // What was given out below is accepted where it was reported, and no longer wanted where not.
  base::Result<void> settle(const ReceiverRow& receiver) const {
    for (const auto& instruction : chain_.instructions) {
      if (instruction.parentReceiver != receiver.id) continue;
      if (auto done = accept(instruction); !done) return done;
    }
    return withdraw(session_, office_, caller_, chain_, chain_.below(receiver),
                    ReceiverState::Replaced, Outcome::Dropped, text_, now_);
  }

  base::Result<void> report(const ReceiverRow& receiver) const {
    setReceiver(session_, receiver.id, ReceiverState::Done, caller_.post, text_, now_);
    return reportTask(session_, office_, caller_, receiver.post, receiver.task, text_, result_,
                      now_);
  }

  // It lies with who gave it again, who decides.
  void rise(const ReceiverRow& over) const {
    const auto kind = over.part == Part::Support ? StepKind::Support : StepKind::Handle;
    reopenReceiver(session_, over.id,
                   openStepFor(session_, document_, kind, over.post, caller_, text_, now_));
    if (kind == StepKind::Handle) setState(session_, document_.id, State::Directed, now_);
  }

 private:
  base::Result<void> accept(const InstructionRow& instruction) const {
    const auto task = findTaskOf(session_, caller_, instruction.giver, instruction.task);
    if (!task || !reminder::isOpen(task->state)) return {};
    if (task->state != reminder::TaskState::Reported) {
      return cancelTask(session_, office_, caller_, instruction.giver, instruction.task, text_,
                        now_);
    }
    auto confirmed = office_.tasks.confirm(session_, actorOf(caller_, instruction.giver), now_,
                                           task->id, task->version, {});
    if (!confirmed) return tl::unexpected(std::move(confirmed.error()));
    return {};
  }

  Session& session_;
  const Office& office_;
  const Caller& caller_;
  const Document& document_;
  const Chain& chain_;
  const std::string& text_;
  const reminder::SourceRef& result_;
  base::Instant now_;
};

// What still waits for supports has come too late to be of use; who is informed may still read.
base::Result<void> closeSupports(Session& session, const Office& office, const Caller& caller,
                                 const Chain& chain, const std::string& text, base::Instant now) {
  std::vector<const ReceiverRow*> supports;
  for (const auto& one : chain.receivers) {
    if (one.part != Part::Support) continue;
    supports.push_back(&one);
    for (const auto* below : chain.below(one)) supports.push_back(below);
  }
  return withdraw(session, office, caller, chain, supports, ReceiverState::Replaced,
                  Outcome::Dropped, text, now);
}

}  // namespace

base::Result<void> finishIncoming(Session& session, const Office& office, const Caller& caller,
                                  const Document& document, PostId lead, const std::string& text,
                                  const reminder::SourceRef& result, base::Instant now,
                                  Upwards upwards) {
  const auto chain = readChain(session, document.id);
  const End end(session, office, caller, document, chain, text, result, now);
  const auto* at = openLead(chain, lead);
  if (at == nullptr) {
    const auto task = taskLedBy(session, office, caller, document.id, lead);
    auto told =
        reportTask(session, office, caller, lead, task ? task->id.value() : 0, text, result, now);
    if (!told) return told;
  }
  for (; at != nullptr; at = chain.above(*at)) {
    if (auto settled = end.settle(*at); !settled) return settled;
    if (auto told = end.report(*at); !told) return told;
    const auto* over = chain.above(*at);
    if (over != nullptr && upwards == Upwards::OneLevel) {
      end.rise(*over);
      return {};
    }
  }
  if (auto closed = closeSupports(session, office, caller, chain, text, now); !closed) {
    return closed;
  }
  setState(session, document.id, State::Finished, now);
  return answerSender(session, office, document, caller, SenderStatus::Finished, "finished", {});
}

base::Result<void> Routing::finishSupport(const Caller& caller, const Target& target,
                                          const std::string& given) {
  auto text = reasonOf(given, "result");
  if (!text) return tl::unexpected(std::move(text.error()));
  const auto now = office_.clock.now();
  auto done = office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document =
        lockForRouting(session, caller, {target.document, 0}, {State::Directed}, Outcome::Done);
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto chain = readChain(session, document->id);
    auto held = heldOr(session, caller, *document, chain, {StepKind::Support}, Outcome::Done);
    if (!held) return tl::unexpected(std::move(held.error()));
    closeStep(session, held->step.id, caller.post, Outcome::Done, *text, now);
    if (held->receiver != nullptr) {
      const End end(session, office_, caller, *document, chain, *text, {}, now);
      if (auto settled = end.settle(*held->receiver); !settled) return settled;
      if (auto told = end.report(*held->receiver); !told) return told;
      const auto* over = chain.above(*held->receiver);
      const bool below = held->receiver->part == Part::Lead && over != nullptr;
      if (below) end.rise(*over);
    }
    record(session, office_.clock, caller, "document.support_done", document->id,
           held->behalf(caller), {{"result", *text}});
    return {};
  });
  if (done) office_.wakers.remindersHaveWork();
  return done;
}

base::Result<void> Routing::markRead(const Caller& caller, const Target& target) {
  const auto now = office_.clock.now();
  const auto words = office_.texts.get(base::Language::Vi, "routing.read");
  auto done = office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForRouting(
        session, caller, {target.document, 0},
        {State::Directed, State::Finished, State::Submitted, State::Registered}, Outcome::Done);
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto chain = readChain(session, document->id);
    auto held = heldOr(session, caller, *document, chain, {StepKind::Read}, Outcome::Done);
    if (!held) return tl::unexpected(std::move(held.error()));
    closeStep(session, held->step.id, caller.post, Outcome::Done, {}, now);
    if (held->receiver != nullptr) {
      const End end(session, office_, caller, *document, chain, words, {}, now);
      if (auto told = end.report(*held->receiver); !told) return told;
    }
    record(session, office_.clock, caller, "document.read", document->id, held->behalf(caller));
    return {};
  });
  if (done) office_.wakers.remindersHaveWork();
  return done;
}

base::Result<void> Routing::suggest(const Caller& caller, const Target& target,
                                    const std::string& given) {
  auto text = reasonOf(given, "text");
  if (!text) return tl::unexpected(std::move(text.error()));
  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForAct(session, caller, target, {State::Directed});
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto chain = readChain(session, document->id);
    const auto step =
        stepHeldBy(session, caller, document->id, {StepKind::Handle, StepKind::Support});
    const auto* receiver = step ? chain.atStep(step->id) : nullptr;
    if (receiver == nullptr) {
      return base::refuse(base::RefusalKind::Forbidden, "routing.not_received");
    }
    const auto id =
        receiver->task != 0 ? receiver->task : chain.instruction(receiver->instruction)->task;
    const auto task = findTaskOf(session, caller, receiver->post, id);
    if (!task) return base::refuse(base::RefusalKind::NotFound, "task.not_found");
    auto told = office_.tasks.reportProgress(session, actorOf(caller, receiver->post), now,
                                             task->id, task->version, *text);
    if (!told) return tl::unexpected(std::move(told.error()));
    record(session, office_.clock, caller, "document.suggested", document->id,
           receiver->post == caller.post ? PostId() : receiver->post, {{"text", *text}});
    return {};
  });
}

}  // namespace eoffice::documents
