// From the head of office to the leader, and from the leader to those who do the work.
#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/directory/reach.h"
#include "eoffice/documents/field_rules.h"
#include "eoffice/documents/giving.h"
#include "eoffice/documents/incoming.h"
#include "eoffice/documents/proposals.h"
#include "eoffice/documents/sender_answer.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;
using directory::Capability;

// a leader who is away and for whom nobody stands in would let it lie.
base::Result<void> checkAway(Session& session, const Submission& input,
                             const directory::PostCard& leader, base::LocalDate day) {
  const auto away = directory::awayOf(session, {leader.post}, directory::Scope::Direct, day);
  const auto found = away.find(leader.post);
  if (found == away.end() || found->second.standIn.valid() || input.awayConfirmed) return {};
  return base::refuse(RefusalKind::Conflict, "routing.leader_away", "leader",
                      {{"name", leader.personName}, {"day", base::viDate(found->second.until)}});
}

// What the submitter prepared for the leader, where they did.
base::Result<void> propose(Session& session, const Caller& caller, const Document& document,
                           const Submission& input, base::Instant now) {
  if (!input.proposal) return {};
  auto proposal = *input.proposal;
  if (auto good = checkInstruction(proposal); !good) return good;
  if (auto reached = reachAll(session, caller, proposal, base::localDate(now)); !reached) {
    return tl::unexpected(std::move(reached.error()));
  }
  storeProposal(session, caller, document.id, input.leader, proposal, now);
  return {};
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
    // what is not registered obliges nobody.
    auto document =
        lockForAct(session, caller, input.target, {State::Registered}, {{StepKind::Submit}});
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto leader = directory::findPost(session, input.leader, base::localDate(now));
    if (!leader || !leader->active || leader->agency != caller.agency ||
        !directory::may(leader->role, Capability::Direct)) {
      return base::refuse(RefusalKind::Invalid, "document.no_leader", "leader");
    }
    if (auto here = checkAway(session, input, *leader, base::localDate(now)); !here) return here;
    auto behalf =
        closeOwnStep(session, caller, *document, StepKind::Submit, Outcome::Done, note, now);
    if (!behalf) return tl::unexpected(std::move(behalf.error()));
    setState(session, document->id, State::Submitted, now);
    addPart(session, document->id, caller.agency, caller.post, Part::Submitter);
    addPart(session, document->id, caller.agency, input.leader, Part::Director);
    for (const auto assistant : assistantsOf(session, input.leader)) {
      addPart(session, document->id, caller.agency, assistant, Part::Assistant);
    }
    openStepFor(session, *document, StepKind::Direct, input.leader, caller, note, now);
    if (auto prepared = propose(session, caller, *document, input, now); !prepared) {
      return prepared;
    }
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

    const auto proposal = waitingProposal(session, document->id);
    const bool kept = proposal && isAsProposed(proposal->instruction, input);
    if (proposal) {
      decideProposal(session, proposal->id,
                     kept ? ProposalState::Confirmed : ProposalState::Changed, caller.post, now);
    }
    const auto chain = readChain(session, document->id);
    auto back = takeUp(session, office_, caller, chain, 0, leader, input.text, now);
    if (!back) return tl::unexpected(std::move(back.error()));
    auto task = give(session, office_, caller, *document,
                     {.giver = leader,
                      .key = "document-" + std::to_string(document->id.value()) + "-v" +
                             std::to_string(document->version),
                      .returnedTask = *back,
                      .proposedBy = proposal ? proposal->proposedBy : PostId(),
                      .proposalKept = kept},
                     input, now);
    if (!task) return tl::unexpected(std::move(task.error()));
    addPart(session, document->id, caller.agency, leader, Part::Director);
    addPart(session, document->id, caller.agency, caller.post, Part::Director);
    setState(session, document->id, State::Directed, now);
    if (auto told = answerSender(session, office_, *document, caller, SenderStatus::Assigned,
                                 "assigned", {});
        !told) {
      return tl::unexpected(std::move(told.error()));
    }
    record(session, office_.clock, caller, "document.directed", document->id, *behalf,
           {{"task", std::to_string(task->task)},
            {"lead", std::to_string(task->lead.value())},
            {"due", task->due ? base::isoDate(*task->due) : ""},
            {"proposed_by", proposal ? std::to_string(proposal->proposedBy.value()) : ""}});
    return Directed{task->task, task->due};
  });
  if (done) {
    office_.wakers.outboxHasWork();
    office_.wakers.remindersHaveWork();
  }
  return done;
}

}  // namespace eoffice::documents
