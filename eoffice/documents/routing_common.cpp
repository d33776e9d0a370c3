#include "eoffice/documents/routing_common.h"

#include "eoffice/directory/delegation.h"
#include "eoffice/directory/people.h"
#include "eoffice/documents/assignment.h"
#include "eoffice/documents/field_rules.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;

constexpr const char* kLastAct = R"(/* documents.lastActOf */
SELECT outcome, done_at FROM document_step WHERE document_id = ? AND done_by_post = ?
ORDER BY done_at DESC, id DESC LIMIT 1)";

std::optional<base::Refusal> repeated(Session& session, const Caller& caller, DocumentId document,
                                      Outcome outcome) {
  const auto row = session.find(kLastAct, {document, caller.post});
  if (!row || row->isNull(0) || row->code<Outcome>(0) != outcome) return std::nullopt;
  return base::Refusal{RefusalKind::Conflict,
                       "document.done_by_you",
                       {},
                       {{"at", base::viDateTime(row->instant(1))}}};
}

}  // namespace

base::Result<Document> lockForRouting(Session& session, const Caller& caller, const Target& target,
                                      std::initializer_list<State> states, Outcome outcome) {
  auto document = lockForAct(session, caller, target, states);
  if (document || document.error().kind != RefusalKind::Conflict) return document;
  if (auto again = repeated(session, caller, target.document, outcome)) {
    return tl::unexpected(std::move(*again));
  }
  return document;
}

base::Result<Held> heldOr(Session& session, const Caller& caller, const Document& document,
                          const Chain& chain, std::initializer_list<StepKind> kinds,
                          Outcome outcome) {
  const auto step = stepHeldBy(session, caller, document.id, kinds);
  if (step) return Held{*step, chain.atStep(step->id), step->assignedPost};
  if (auto again = repeated(session, caller, document.id, outcome)) {
    return tl::unexpected(std::move(*again));
  }
  return base::refuse(RefusalKind::Forbidden, "routing.not_received");
}

base::Result<std::string> reasonOf(const std::string& given, std::string_view field) {
  auto reason = given;
  FieldCheck check;
  check.required(reason, field, 2000);
  if (auto good = check.result(); !good) return tl::unexpected(std::move(good.error()));
  return reason;
}

base::Result<void> bringBack(Session& session, const Office& office, const Caller& caller,
                             const Document& document, const Chain& chain, const ReceiverRow& given,
                             PostId actingFor, const std::string& words, base::Instant now) {
  const auto& instruction = *chain.instruction(given.instruction);
  const auto task = findTaskOf(session, caller, actingFor, given.task);
  if (task && reminder::isOpen(task->state) &&
      task->lead.holder.value() != instruction.giver.value()) {
    const auto card = directory::findPost(session, instruction.giver, base::localDate(now));
    const reminder::Seat seat{reminder::HolderId(instruction.giver.value()),
                              reminder::GroupId(card ? card->unit.value() : 0)};
    auto moved = office.tasks.handOver(session, actorOf(caller, actingFor), now, task->id,
                                       task->version, seat, words);
    if (!moved) return tl::unexpected(std::move(moved.error()));
  }
  switch (instruction.kind) {
    case InstructionKind::Direction:
      setState(session, document.id, State::Submitted, now);
      openStepFor(session, document, StepKind::Direct, instruction.giver, caller, words, now);
      return {};
    case InstructionKind::HandOver:
      setState(session, document.id, State::Registered, now);
      openStepForRole(session, document, StepKind::Submit, Role::HeadOfOffice, caller.post, words,
                      now);
      return {};
    case InstructionKind::Forward:
      break;
  }
  const auto& over = *chain.receiver(instruction.parentReceiver);
  const auto kind = over.part == Part::Support ? StepKind::Support : StepKind::Handle;
  const auto step = openStepFor(session, document, kind, over.post, caller, words, now);
  reopenReceiver(session, over.id, step);
  setState(session, document.id, State::Directed, now);
  return {};
}

bool actsFor(Session& session, const Caller& caller, PostId giver, base::LocalDate day) {
  if (giver == caller.post) return true;
  return directory::holderFor(session, giver, directory::Scope::Direct, day).holder == caller.post;
}

}  // namespace eoffice::documents
