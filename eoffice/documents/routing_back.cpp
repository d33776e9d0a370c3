// Upwards, and back to who gave it.
#include <algorithm>

#include "eoffice/directory/people.h"
#include "eoffice/documents/assignment.h"
#include "eoffice/documents/giving.h"
#include "eoffice/documents/routing_common.h"
#include "eoffice/documents/views.h"
#include "reminder/channels/bell.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;

// The giver is told by the bell: nothing waits for them where a support says no.
void tellGiver(Session& session, const Document& document, PostId giver, const ReceiverRow& from,
               const std::string& reason, base::Instant now) {
  const auto card = directory::findPost(session, giver, base::localDate(now));
  if (!card) return;
  reminder::Bell::ring(session, now,
                       {{.reader = reminder::ReaderId(card->person.value()),
                         .holder = reminder::HolderId(giver.value()),
                         .kind = "support_returned",
                         .object = {"document", document.id.value()},
                         .facts = {{"title", document.fields.subject}, {"reason", reason}},
                         .key = "receiver-" + std::to_string(from.id) + "-returned"}});
}

base::Result<void> returnSupport(Session& session, const Office& office, const Caller& caller,
                                 const Document& document, const Chain& chain,
                                 const ReceiverRow& receiver, const std::string& reason,
                                 base::Instant now) {
  tellGiver(session, document, chain.instruction(receiver.instruction)->giver, receiver, reason,
            now);
  const auto own = findTaskOf(session, caller, receiver.post, receiver.task);
  if (!own || !reminder::isOpen(own->state)) return {};
  auto declined = office.tasks.decline(session, actorOf(caller, receiver.post), now, own->id,
                                       own->version, reason);
  if (!declined) return tl::unexpected(std::move(declined.error()));
  return {};
}

// A leader gives the submission back: what had come back to them goes with it.
base::Result<void> returnSubmission(Session& session, const Office& office, const Caller& caller,
                                    const Document& document, const Chain& chain, PostId leader,
                                    const std::string& reason, base::Instant now) {
  auto task = takeUp(session, office, caller, chain, 0, leader, reason, now);
  if (!task) return tl::unexpected(std::move(task.error()));
  if (*task != 0) {
    if (auto ended = cancelTask(session, office, caller, leader, *task, reason, now); !ended) {
      return ended;
    }
  }
  setState(session, document.id, State::Registered, now);
  openStepForRole(session, document, StepKind::Submit, Role::HeadOfOffice, caller.post, reason,
                  now);
  return {};
}

// whether the receiver, or who stands in for them, has it before their eyes already.
base::Result<void> checkUnread(Session& session, const Caller& caller, const Chain& chain,
                               const ReceiverRow& receiver) {
  const auto step = findStep(session, receiver.step);
  std::vector<PostId> readers{receiver.post};
  if (step && step->delegatePost.valid()) readers.push_back(step->delegatePost);
  for (const auto& view : viewsOf(session, chain.document)) {
    const bool theirs = std::find(readers.begin(), readers.end(), view.post) != readers.end();
    if (!theirs || view.last < receiver.givenAt) continue;
    const auto names = directory::postNames(session, std::vector<PostId>{view.post});
    const auto name = names.find(view.post);
    return base::refuse(RefusalKind::Conflict, "routing.seen_already", {},
                        {{"name", name == names.end() ? "" : name->second.personName},
                         {"at", base::viDateTime(view.last)}});
  }
  const auto task = findTaskOf(session, caller, receiver.post, receiver.task);
  if (task && task->state != reminder::TaskState::Assigned) {
    return base::refuse(RefusalKind::Conflict, "routing.acted_already");
  }
  return {};
}

std::vector<reminder::Seat> seatsBut(Session& session, const Chain& chain, const ReceiverRow& gone,
                                     Part part, base::LocalDate day) {
  std::vector<PostId> posts;
  for (const auto& one : chain.receivers) {
    if (one.instruction == gone.instruction && one.id != gone.id && one.part == part &&
        one.task == 0 && one.state != ReceiverState::TakenBack) {
      posts.push_back(one.post);
    }
  }
  std::vector<reminder::Seat> seats;
  for (const auto& card : directory::findPosts(session, posts, day)) {
    seats.push_back({reminder::HolderId(card.post.value()), reminder::GroupId(card.unit.value())});
  }
  return seats;
}

// The task forgets who never saw it.
base::Result<void> leaveTask(Session& session, const Office& office, const Caller& caller,
                             const Chain& chain, const ReceiverRow& receiver,
                             const std::string& words, base::Instant now) {
  const auto& instruction = *chain.instruction(receiver.instruction);
  if (receiver.part != Part::Lead && receiver.task != 0) {
    return cancelTask(session, office, caller, instruction.giver, receiver.task, words, now);
  }
  const auto task = findTaskOf(session, caller, instruction.giver, instruction.task);
  if (!task || !reminder::isOpen(task->state)) return {};
  const auto day = base::localDate(now);
  auto changed = office.tasks.changeParts(
      session, actorOf(caller, instruction.giver), now, task->id, task->version,
      seatsBut(session, chain, receiver, Part::Support, day),
      seatsBut(session, chain, receiver, Part::Informed, day), words);
  if (!changed) return tl::unexpected(std::move(changed.error()));
  return {};
}

}  // namespace

base::Result<void> Routing::returnUp(const Caller& caller, const Target& target,
                                     const std::string& given) {
  auto reason = reasonOf(given);
  if (!reason) return tl::unexpected(std::move(reason.error()));
  const auto now = office_.clock.now();
  auto done = office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForRouting(session, caller, target, {State::Directed, State::Submitted},
                                   Outcome::Returned);
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto chain = readChain(session, document->id);
    auto held = heldOr(session, caller, *document, chain,
                       {StepKind::Direct, StepKind::Handle, StepKind::Support}, Outcome::Returned);
    if (!held) return tl::unexpected(std::move(held.error()));
    const auto* receiver = held->receiver;
    const bool submission = held->step.kind == StepKind::Direct;
    if (receiver == nullptr && !submission) {
      return base::refuse(RefusalKind::Conflict, "routing.before_chains");
    }
    closeStep(session, held->step.id, caller.post, Outcome::Returned, *reason, now);
    base::Result<void> back;
    if (submission) {
      back =
          returnSubmission(session, office_, caller, *document, chain, held->holder, *reason, now);
    } else {
      // the part stays, so that who returned it still sees what became of it.
      setReceiver(session, receiver->id, ReceiverState::Returned, caller.post, *reason, now);
      if (receiver->part == Part::Lead) {
        back = bringBack(session, office_, caller, *document, chain, *receiver, held->holder,
                         *reason, now);
      } else {
        back = returnSupport(session, office_, caller, *document, chain, *receiver, *reason, now);
      }
    }
    if (!back) return back;
    record(session, office_.clock, caller, "document.returned_up", document->id,
           held->behalf(caller), {{"reason", *reason}});
    return {};
  });
  if (done) office_.wakers.remindersHaveWork();
  return done;
}

base::Result<void> Routing::takeBack(const Caller& caller, const Target& target,
                                     std::int64_t wanted) {
  const auto now = office_.clock.now();
  const auto words = office_.texts.get(base::Language::Vi, "routing.taken_back");
  auto done = office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForRouting(session, caller, target, {State::Directed}, Outcome::TakenBack);
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto chain = readChain(session, document->id);
    const auto* receiver = chain.receiver(wanted);
    if (receiver == nullptr) {
      return base::refuse(RefusalKind::NotFound, "routing.unknown_receiver", "receiver");
    }
    const auto giver = chain.instruction(receiver->instruction)->giver;
    if (!actsFor(session, caller, giver, base::localDate(now))) {
      return base::refuse(RefusalKind::Forbidden, "routing.not_given");
    }
    if (receiver->state == ReceiverState::TakenBack) {
      return base::refuse(RefusalKind::Conflict, "document.done_by_you", {},
                          {{"at", base::viDateTime(receiver->endedAt.value_or(now))}});
    }
    if (receiver->state != ReceiverState::Open) {
      return base::refuse(RefusalKind::Conflict, "routing.acted_already");
    }
    if (auto unread = checkUnread(session, caller, chain, *receiver); !unread) return unread;
    closeStep(session, receiver->step, caller.post, Outcome::TakenBack, {}, now);
    setReceiver(session, receiver->id, ReceiverState::TakenBack, caller.post, {}, now);
    dropParts(session, document->id, *receiver);
    if (receiver->part == Part::Lead) {
      if (auto back =
              bringBack(session, office_, caller, *document, chain, *receiver, giver, words, now);
          !back) {
        return back;
      }
    }
    if (auto left = leaveTask(session, office_, caller, chain, *receiver, words, now); !left) {
      return left;
    }
    record(session, office_.clock, caller, "document.taken_back", document->id,
           giver == caller.post ? PostId() : giver,
           {{"from", std::to_string(receiver->post.value())}});
    return {};
  });
  if (done) office_.wakers.remindersHaveWork();
  return done;
}

}  // namespace eoffice::documents
