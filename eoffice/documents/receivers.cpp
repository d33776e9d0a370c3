#include "eoffice/documents/receivers.h"

#include <algorithm>

#include "base/db/in_list.h"

namespace eoffice::documents {
namespace {

using base::db::Params;
using base::db::Row;
using base::db::Session;

constexpr const char* kInstructionsOf = R"(/* documents.chainInstructions */
SELECT id, kind, leader_post, written_by_post, parent_receiver_id, text, task_id, due_date, created_at,
  proposed_by_post, proposal_kept
FROM instruction WHERE document_id = ? ORDER BY id)";

constexpr const char* kReceiversOf = R"(/* documents.chainReceivers */
SELECT id, instruction_id, post_id, unit_id, part, task_id, step_id, due_date, state, given_at, ended_at,
  words
FROM instruction_receiver WHERE document_id = ? ORDER BY id)";

constexpr const char* kFindStep = R"(/* documents.findStep */
SELECT id, kind, assigned_post, delegate_post, assigned_role FROM document_step WHERE id = ?)";

// Handle (4) before Support (11) before Read (12), one's own before somebody else's.
const std::string kHeldBy = R"(/* documents.stepHeldBy */
SELECT id, kind, assigned_post, delegate_post, assigned_role FROM document_step
WHERE document_id = ? AND done_at IS NULL AND (assigned_post = ? OR delegate_post = ?) AND kind IN )";
const std::string kHeldOrder = " ORDER BY assigned_post = ? DESC, kind, id LIMIT 1";

constexpr const char* kInsertInstruction = R"(/* documents.insertInstruction */
INSERT INTO instruction (document_id, leader_post, written_by_post, text, task_id, due_date, created_at,
  kind, parent_receiver_id, proposed_by_post, proposal_kept)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))";

constexpr const char* kInsertReceiver = R"(/* documents.insertReceiver */
INSERT INTO instruction_receiver (document_id, instruction_id, post_id, unit_id, part, task_id, step_id,
  due_date, given_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?))";

constexpr const char* kSetReceiver = R"(/* documents.setReceiver */
UPDATE instruction_receiver SET state = ?, ended_at = ?, ended_by_post = ?, words = ? WHERE id = ?)";

constexpr const char* kReopen = R"(/* documents.reopenReceiver */
UPDATE instruction_receiver SET state = 1, ended_at = NULL, ended_by_post = NULL, step_id = ?
WHERE id = ?)";

// Another receiver row of the same post and part keeps the right.
constexpr const char* kDropPart = R"(/* documents.dropPart */
DELETE FROM document_part WHERE document_id = ? AND post_id = ? AND part = ? AND NOT EXISTS (
  SELECT 1 FROM instruction_receiver r WHERE r.document_id = ? AND r.post_id = ? AND r.part = ?
    AND r.id <> ? AND r.state <> 5))";

constexpr const char* kDropDelegate = R"(/* documents.dropDelegatePart */
DELETE FROM document_part WHERE document_id = ? AND part = 10 AND post_id = (
  SELECT s.delegate_post FROM document_step s WHERE s.id = ?) AND NOT EXISTS (
  SELECT 1 FROM document_step o WHERE o.document_id = ? AND o.id <> ?
    AND o.delegate_post = document_part.post_id))";

base::db::Param orNull(std::int64_t id) {
  return id == 0 ? base::db::Param(nullptr) : base::db::Param(id);
}

Step readStep(const Row& row) {
  const auto role = row.maybeInteger(4);
  return {.id = row.integer(0),
          .kind = row.code<StepKind>(1),
          .assignedPost = row.id<PostId>(2),
          .delegatePost = row.id<PostId>(3),
          .assignedRole = role ? std::optional(static_cast<int>(*role)) : std::nullopt};
}

InstructionRow readInstruction(const Row& row) {
  return {.id = row.integer(0),
          .kind = row.code<InstructionKind>(1),
          .giver = row.id<PostId>(2),
          .writtenBy = row.id<PostId>(3),
          .parentReceiver = row.maybeInteger(4).value_or(0),
          .text = row.text(5),
          .task = row.maybeInteger(6).value_or(0),
          .due = row.maybeDate(7),
          .at = row.instant(8),
          .proposedBy = row.id<PostId>(9),
          .proposalKept = row.maybeInteger(10).value_or(0) == 1};
}

ReceiverRow readReceiver(const Row& row) {
  return {.id = row.integer(0),
          .instruction = row.integer(1),
          .post = row.id<PostId>(2),
          .unit = row.id<UnitId>(3),
          .part = row.code<Part>(4),
          .task = row.maybeInteger(5).value_or(0),
          .step = row.maybeInteger(6).value_or(0),
          .due = row.maybeDate(7),
          .state = row.code<ReceiverState>(8),
          .givenAt = row.instant(9),
          .endedAt = row.maybeInstant(10),
          .words = row.text(11)};
}

template <class Items, class Test>
auto firstOf(const Items& items, Test&& test) -> decltype(items.data()) {
  const auto found = std::find_if(items.begin(), items.end(), test);
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

std::string_view nameOf(InstructionKind kind) {
  switch (kind) {
    case InstructionKind::Direction:
      return "direction";
    case InstructionKind::HandOver:
      return "hand_over";
    case InstructionKind::Forward:
      return "forward";
  }
  return "";
}

std::string_view nameOf(ReceiverState state) {
  switch (state) {
    case ReceiverState::Open:
      return "open";
    case ReceiverState::PassedOn:
      return "passed_on";
    case ReceiverState::Done:
      return "done";
    case ReceiverState::Returned:
      return "returned";
    case ReceiverState::TakenBack:
      return "taken_back";
    case ReceiverState::Replaced:
      return "replaced";
  }
  return "";
}

const InstructionRow* Chain::instruction(std::int64_t id) const {
  return firstOf(instructions, [&](const InstructionRow& row) { return row.id == id; });
}

const ReceiverRow* Chain::receiver(std::int64_t id) const {
  return firstOf(receivers, [&](const ReceiverRow& row) { return row.id == id; });
}

const ReceiverRow* Chain::atStep(std::int64_t step) const {
  return firstOf(receivers, [&](const ReceiverRow& row) { return row.step == step; });
}

const ReceiverRow* Chain::above(const ReceiverRow& row) const {
  const auto* given = instruction(row.instruction);
  return given == nullptr ? nullptr : receiver(given->parentReceiver);
}

std::vector<const ReceiverRow*> Chain::below(const ReceiverRow& row) const {
  std::vector<const ReceiverRow*> found;
  // Receivers are younger than those above them: one pass sees every level.
  for (const auto& one : receivers) {
    const auto* over = above(one);
    const bool under =
        over != nullptr &&
        (over->id == row.id || std::find(found.begin(), found.end(), over) != found.end());
    if (under) found.push_back(&one);
  }
  return found;
}

Chain readChain(Session& session, DocumentId document) {
  Chain chain{.document = document};
  for (const auto& row : session.query(kInstructionsOf, {document})) {
    chain.instructions.push_back(readInstruction(row));
  }
  for (const auto& row : session.query(kReceiversOf, {document})) {
    chain.receivers.push_back(readReceiver(row));
  }
  return chain;
}

std::optional<Step> stepHeldBy(Session& session, const Caller& caller, DocumentId document,
                               std::initializer_list<StepKind> kinds) {
  Params params{document, caller.post, caller.post};
  std::string list;
  for (const auto kind : kinds) {
    list += list.empty() ? "(?" : ",?";
    params.emplace_back(kind);
  }
  params.emplace_back(caller.post);
  const auto row = session.find(kHeldBy + list + ")" + kHeldOrder, params);
  return row ? std::optional(readStep(*row)) : std::nullopt;
}

std::optional<Step> findStep(Session& session, std::int64_t step) {
  const auto row = session.find(kFindStep, {step});
  return row ? std::optional(readStep(*row)) : std::nullopt;
}

std::int64_t insertInstruction(Session& session, DocumentId document, const InstructionRow& row) {
  const auto kept =
      row.proposedBy.valid() ? base::db::Param(row.proposalKept ? 1 : 0) : base::db::Param(nullptr);
  return session.insert(kInsertInstruction,
                        {document, row.giver, row.writtenBy, row.text, orNull(row.task), row.due,
                         row.at, row.kind, orNull(row.parentReceiver), row.proposedBy, kept});
}

std::int64_t insertReceiver(Session& session, DocumentId document, const ReceiverRow& row) {
  return session.insert(kInsertReceiver,
                        {document, row.instruction, row.post, row.unit, row.part, orNull(row.task),
                         orNull(row.step), row.due, row.givenAt});
}

void setReceiver(Session& session, std::int64_t receiver, ReceiverState state, PostId by,
                 const std::string& words, base::Instant now) {
  const auto ended = state == ReceiverState::Open ? std::nullopt : std::optional(now);
  session.execute(kSetReceiver, {state, ended, by, words, receiver});
}

void reopenReceiver(Session& session, std::int64_t receiver, std::int64_t step) {
  session.execute(kReopen, {step, receiver});
}

void dropParts(Session& session, DocumentId document, const ReceiverRow& row) {
  session.execute(kDropPart, {document, row.post, row.part, document, row.post, row.part, row.id});
  if (row.step != 0) session.execute(kDropDelegate, {document, row.step, document, row.step});
}

}  // namespace eoffice::documents
