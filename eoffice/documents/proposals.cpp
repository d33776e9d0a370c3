#include "eoffice/documents/proposals.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/giving.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;
using directory::Capability;
using nlohmann::json;

constexpr const char* kWaiting = R"(/* documents.waitingProposal */
SELECT id, leader_post, proposed_by_post, proposed_at, text, workdays, due_date, receivers
FROM instruction_proposal WHERE document_id = ? AND state = 1 ORDER BY id DESC LIMIT 1)";
constexpr const char* kReplace = R"(/* documents.replaceProposals */
UPDATE instruction_proposal SET state = 5, decided_at = ?, decided_by_post = ?
WHERE document_id = ? AND state = 1)";
constexpr const char* kStore = R"(/* documents.storeProposal */
INSERT INTO instruction_proposal (document_id, leader_post, proposed_by_post, text, workdays, due_date,
  receivers, proposed_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?))";
constexpr const char* kDecide = R"(/* documents.decideProposal */
UPDATE instruction_proposal SET state = ?, decided_at = ?, decided_by_post = ?
WHERE id = ? AND state = 1)";
constexpr const char* kAssistantsOf = R"(/* documents.assistantsOf */
SELECT assistant_post FROM drafting_assistant WHERE leader_post = ? AND ended_at IS NULL ORDER BY id)";
constexpr const char* kName = R"(/* documents.nameAssistant */
INSERT INTO drafting_assistant (leader_post, assistant_post, named_at) VALUES (?, ?, ?))";
constexpr const char* kEnd = R"(/* documents.endAssistant */
UPDATE drafting_assistant SET ended_at = ?
WHERE leader_post = ? AND assistant_post = ? AND ended_at IS NULL)";
constexpr const char* kLockLeader = R"(/* documents.lockLeader */
SELECT id FROM post WHERE id = ? FOR UPDATE)";

json receiverJson(const Receiver& one, const char* part) {
  json row{{"part", part}};
  if (one.unit.valid()) {
    row["unit"] = one.unit.value();
  } else {
    row["post"] = one.post.value();
  }
  if (one.workdays) row["workdays"] = *one.workdays;
  if (one.due) row["due_date"] = base::isoDate(*one.due);
  return row;
}

json receiversJson(const Instruction& input) {
  json rows = json::array();
  if (input.lead.valid()) rows.push_back(receiverJson(input.lead, "lead"));
  for (const auto& one : input.supports) rows.push_back(receiverJson(one, "support"));
  for (const auto& one : input.informed) rows.push_back(receiverJson(one, "informed"));
  return rows;
}

Receiver receiverOf(const json& row) {
  Receiver one = row.contains("unit") ? Receiver(UnitId(row["unit"].get<std::int64_t>()))
                                      : Receiver(PostId(row["post"].get<std::int64_t>()));
  if (row.contains("workdays")) one.workdays = row["workdays"].get<int>();
  if (row.contains("due_date")) one.due = base::parseIsoDate(row["due_date"].get<std::string>());
  return one;
}

void readReceivers(Instruction& input, const std::string& stored) {
  for (const auto& row : json::parse(stored)) {
    const auto part = row["part"].get<std::string>();
    if (part == "lead") input.lead = receiverOf(row);
    if (part == "support") input.supports.push_back(receiverOf(row));
    if (part == "informed") input.informed.push_back(receiverOf(row));
  }
}

// The order in which people were ticked says nothing.
std::vector<std::string> sortedReceivers(const Instruction& input) {
  std::vector<std::string> rows;
  for (const auto& row : receiversJson(input)) rows.push_back(row.dump());
  std::sort(rows.begin(), rows.end());
  return rows;
}

// The document before the leader, whose step the caller holds.
base::Result<Document> lockForDecision(Session& session, const Caller& caller,
                                       const Target& target) {
  auto document = lockForAct(session, caller, target, {State::Submitted});
  if (!document) return document;
  const auto step = openStepOf(session, document->id, StepKind::Direct);
  const bool theirs =
      step && (step->assignedPost == caller.post || step->delegatePost == caller.post);
  if (!theirs) return base::refuse(RefusalKind::Forbidden, "document.not_yours");
  return document;
}

tl::unexpected<base::Refusal> none() {
  return base::refuse(RefusalKind::NotFound, "proposal.none");
}

}  // namespace

std::optional<Proposal> waitingProposal(Session& session, DocumentId document) {
  const auto row = session.find(kWaiting, {document});
  if (!row) return std::nullopt;
  Proposal proposal{.id = row->integer(0),
                    .leader = row->id<PostId>(1),
                    .proposedBy = row->id<PostId>(2),
                    .at = row->instant(3),
                    .instruction = {.target = {document, 0}, .text = row->text(4), .lead = {}}};
  if (const auto days = row->maybeInteger(5)) {
    proposal.instruction.workdays = static_cast<int>(*days);
  }
  proposal.instruction.due = row->maybeDate(6);
  readReceivers(proposal.instruction, row->text(7));
  return proposal;
}

bool isAsProposed(const Instruction& proposed, const Instruction& given) {
  return proposed.text == given.text && proposed.workdays == given.workdays &&
         proposed.due == given.due && sortedReceivers(proposed) == sortedReceivers(given);
}

void storeProposal(Session& session, const Caller& caller, DocumentId document, PostId leader,
                   const Instruction& input, base::Instant now) {
  session.execute(kReplace, {now, caller.post, document});
  session.execute(kStore, {document, leader, caller.post, input.text, input.workdays, input.due,
                           receiversJson(input).dump(), now});
}

void decideProposal(Session& session, std::int64_t proposal, ProposalState state, PostId by,
                    base::Instant now) {
  session.execute(kDecide, {state, now, by, proposal});
}

std::vector<PostId> assistantsOf(Session& session, PostId leader) {
  std::vector<PostId> posts;
  for (const auto& row : session.query(kAssistantsOf, {leader})) posts.push_back(row.id<PostId>(0));
  return posts;
}

bool mayPropose(Session& session, const Caller& caller, PostId leader) {
  if (directory::may(caller, Capability::SubmitIncoming)) return true;
  const auto assistants = assistantsOf(session, leader);
  return std::find(assistants.begin(), assistants.end(), caller.post) != assistants.end();
}

base::Result<void> Proposals::propose(const Caller& caller, const Instruction& given) {
  auto input = given;
  if (auto good = checkInstruction(input); !good) return good;
  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForAct(session, caller, input.target, {State::Submitted});
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto step = openStepOf(session, document->id, StepKind::Direct);
    if (!step) return base::refuse(RefusalKind::Conflict, "document.step_closed");
    if (!mayPropose(session, caller, step->assignedPost)) {
      return base::refuse(RefusalKind::Forbidden, "proposal.not_assistant");
    }
    if (auto reached = reachAll(session, caller, input, base::localDate(now)); !reached) {
      return tl::unexpected(std::move(reached.error()));
    }
    storeProposal(session, caller, document->id, step->assignedPost, input, now);
    record(session, office_.clock, caller, "document.proposed", document->id, {},
           {{"leader", std::to_string(step->assignedPost.value())}, {"text", input.text}});
    return {};
  });
}

base::Result<Directed> Proposals::confirm(const Caller& caller, const Target& target) {
  const auto proposal = office_.database.read(
      [&](Session& session) { return waitingProposal(session, target.document); });
  if (!proposal) return none();
  auto input = proposal->instruction;
  input.target = target;
  return incoming_.direct(caller, input);
}

base::Result<void> Proposals::discard(const Caller& caller, const Target& target) {
  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForDecision(session, caller, target);
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto proposal = waitingProposal(session, document->id);
    if (!proposal) return none();
    decideProposal(session, proposal->id, ProposalState::Discarded, caller.post, now);
    record(session, office_.clock, caller, "document.proposal_discarded", document->id, {},
           {{"proposed_by", std::to_string(proposal->proposedBy.value())}});
    return {};
  });
}

base::Result<void> Proposals::nameAssistant(const Caller& caller, PostId assistant) {
  if (caller.role != Role::Leader) {
    return base::refuse(RefusalKind::Forbidden, "permission.denied");
  }
  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    static_cast<void>(session.find(kLockLeader, {caller.post}));
    const auto card = directory::findPost(session, assistant, base::localDate(now));
    if (!card || !card->active || card->agency != caller.agency || card->post == caller.post ||
        !directory::may(card->role, Capability::Draft)) {
      return base::refuse(RefusalKind::Invalid, "proposal.no_assistant", "assistant");
    }
    const auto present = assistantsOf(session, caller.post);
    if (std::find(present.begin(), present.end(), assistant) == present.end()) {
      session.execute(kName, {caller.post, assistant, now});
    }
    audit::write(session, office_.clock,
                 {.act = "assistant.named",
                  .person = caller.person,
                  .post = caller.post,
                  .agency = caller.agency,
                  .objectKind = "post",
                  .objectId = assistant.value(),
                  .requestId = caller.requestId,
                  .address = caller.address});
    return {};
  });
}

base::Result<void> Proposals::endAssistant(const Caller& caller, PostId assistant) {
  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    if (session.execute(kEnd, {now, caller.post, assistant}) == 0) {
      return base::refuse(RefusalKind::NotFound, "proposal.no_assistant");
    }
    audit::write(session, office_.clock,
                 {.act = "assistant.ended",
                  .person = caller.person,
                  .post = caller.post,
                  .agency = caller.agency,
                  .objectKind = "post",
                  .objectId = assistant.value(),
                  .requestId = caller.requestId,
                  .address = caller.address});
    return {};
  });
}

}  // namespace eoffice::documents
