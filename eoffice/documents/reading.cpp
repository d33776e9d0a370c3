#include "eoffice/documents/reading.h"

#include "eoffice/directory/permissions.h"
#include "eoffice/documents/list_rows.h"

namespace eoffice::documents {
namespace {

using base::db::Params;
using base::db::Row;
using base::db::Session;

constexpr const char* kSteps = R"(/* documents.steps */
SELECT s.kind, COALESCE(pa.name, ''), s.assigned_role, s.opened_at, s.note, s.done_at,
  COALESCE(pd.name, ''), COALESCE(po.title, ''), s.outcome, s.remark,
  IF(s.done_by_post IS NOT NULL AND s.done_by_post = s.delegate_post, COALESCE(pa.name, ''), '')
FROM document_step s
LEFT JOIN post pp ON pp.id = s.assigned_post LEFT JOIN person pa ON pa.id = pp.person_id
LEFT JOIN post po ON po.id = s.done_by_post LEFT JOIN person pd ON pd.id = po.person_id
WHERE s.document_id = ? ORDER BY s.id)";

constexpr const char* kInstructions = R"(/* documents.instructions */
SELECT p.name, po.title, n.text, n.due_date, n.task_id, n.created_at, n.leader_post
FROM instruction n JOIN post po ON po.id = n.leader_post JOIN person p ON p.id = po.person_id
WHERE n.document_id = ? ORDER BY n.id)";

constexpr const char* kFiles = R"(/* documents.files */
SELECT f.id, f.kind, f.version, f.name, f.media_type, f.sha256, f.size, f.pages,
  f.signature_report, f.created_at, f.signing_places
FROM document_file f WHERE f.document_id = ? ORDER BY f.kind, f.version)";

constexpr const char* kReceivers = R"(/* documents.receivers */
SELECT agency_code, agency_name FROM outgoing_receiver WHERE document_id = ? ORDER BY position)";

constexpr const char* kPeopleOf = R"(/* documents.peopleOf */
SELECT po.id, p.name FROM post po JOIN person p ON p.id = po.person_id WHERE po.id IN (?, ?, ?))";

const std::string kVisibleOne = "/* documents.maySee */ SELECT d.id FROM document d WHERE " +
                                std::string(directory::kDocumentVisible) + " AND d.id = ?";

const std::string kAnswers = "/* documents.answers */ SELECT " + std::string(kRowColumns) +
                             R"(, d.created_at FROM document d
JOIN outgoing_document o ON o.document_id = d.id
LEFT JOIN incoming_document i ON i.document_id = d.id
WHERE o.answers_document_id = ? AND )" +
                             std::string(directory::kDocumentVisible) + " ORDER BY d.id";

const std::string kAnswered = "/* documents.answered */ SELECT " + std::string(kRowColumns) +
                              R"(, d.created_at FROM document d
LEFT JOIN incoming_document i ON i.document_id = d.id WHERE d.id = ? AND )" +
                              std::string(directory::kDocumentVisible);

const std::string kFileFor = R"(/* documents.fileFor */
SELECT f.id, f.kind, f.version, f.name, f.media_type, f.sha256, f.size, f.pages,
  f.signature_report, f.created_at, f.signing_places
FROM document_file f JOIN document d ON d.id = f.document_id
WHERE f.id = ? AND d.id = ? AND )" +
                             std::string(directory::kDocumentVisible);

const std::string kOpenForCaller =
    "/* documents.openForCaller */ " + waitingSteps(" AND s.document_id = ?");

std::vector<StepLine> readSteps(Session& session, DocumentId id) {
  std::vector<StepLine> lines;
  for (const auto& row : session.query(kSteps, {id})) {
    const auto role = row.maybeInteger(2);
    const auto outcome = row.maybeInteger(8);
    lines.push_back(
        {.kind = row.code<StepKind>(0),
         .assignedName = row.text(1),
         .assignedRole = role ? std::optional(static_cast<int>(*role)) : std::nullopt,
         .openedAt = row.instant(3),
         .note = row.text(4),
         .doneAt = row.maybeInstant(5),
         .doneByName = row.text(6),
         .doneByTitle = row.text(7),
         .onBehalfOfName = row.text(10),
         .outcome = outcome ? std::optional(static_cast<Outcome>(*outcome)) : std::nullopt,
         .remark = row.text(9)});
  }
  return lines;
}

std::vector<InstructionLine> readInstructions(Session& session, DocumentId id) {
  std::vector<InstructionLine> lines;
  for (const auto& row : session.query(kInstructions, {id})) {
    lines.push_back({.leader = row.id<PostId>(6),
                     .leaderName = row.text(0),
                     .leaderTitle = row.text(1),
                     .text = row.text(2),
                     .due = row.maybeDate(3),
                     .task = row.maybeInteger(4).value_or(0),
                     .at = row.instant(5)});
  }
  return lines;
}

void readProposal(Session& session, const Caller& caller, Detail& detail) {
  const auto step = openStepOf(session, detail.document.id, StepKind::Direct);
  if (!step) return;
  detail.proposal = waitingProposal(session, detail.document.id);
  detail.mayPropose = mayPropose(session, caller, step->assignedPost);
}

void readOutgoingSide(Session& session, const Caller& caller, Detail& detail) {
  const auto& outgoing = *detail.document.outgoing;
  for (const auto& row : session.query(kReceivers, {detail.document.id})) {
    detail.receivers.emplace_back(row.text(0), row.text(1));
  }
  for (const auto& row :
       session.query(kPeopleOf, {outgoing.drafter, outgoing.reviewer, outgoing.signer})) {
    const auto post = row.id<PostId>(0);
    if (post == outgoing.drafter) detail.drafterName = row.text(1);
    if (post == outgoing.reviewer) detail.reviewerName = row.text(1);
    if (post == outgoing.signer) detail.signerName = row.text(1);
  }
  if (!outgoing.answers.valid()) return;
  Params params{outgoing.answers};
  directory::append(params, directory::documentVisibleParams(caller));
  if (const auto row = session.find(kAnswered, params)) {
    detail.answered = readRow(*row, row->instant(kSinceColumn));
  }
}

}  // namespace

bool maySee(Session& session, const Caller& caller, DocumentId id) {
  auto params = directory::documentVisibleParams(caller);
  params.emplace_back(id);
  return session.find(kVisibleOne, params).has_value();
}

std::optional<Detail> detail(Session& session, const Caller& caller, DocumentId id) {
  if (!maySee(session, caller, id)) return std::nullopt;
  auto document = findDocument(session, id);
  if (!document) return std::nullopt;
  Detail detail{.document = std::move(*document)};
  for (const auto& row : session.query(kFiles, {id})) detail.files.push_back(readFile(row));
  detail.steps = readSteps(session, id);
  if (detail.document.outgoing) readOutgoingSide(session, caller, detail);
  if (detail.document.incoming) {
    detail.instructions = readInstructions(session, id);
    detail.chain = readChain(session, id);
    detail.views = viewsOf(session, id);
    if (detail.document.state == State::Submitted) readProposal(session, caller, detail);
    if (const auto inbox = detail.document.incoming->inboxId; inbox != 0) {
      detail.envelopeSignature =
          exchange::delivery::signatureOf(session, exchange::delivery::InboxId(inbox));
    }
    Params params{id};
    directory::append(params, directory::documentVisibleParams(caller));
    for (const auto& row : session.query(kAnswers, params)) {
      detail.answers.push_back(readRow(row, row.instant(kSinceColumn)));
    }
  }
  for (const auto& row : session.query(kOpenForCaller, waitingParams(caller, {id}))) {
    detail.open.push_back(row.code<StepKind>(1));
  }
  return detail;
}

std::optional<File> fileFor(Session& session, const Caller& caller, DocumentId id,
                            std::int64_t file) {
  Params params{file, id};
  directory::append(params, directory::documentVisibleParams(caller));
  const auto row = session.find(kFileFor, params);
  return row ? std::optional(readFile(*row)) : std::nullopt;
}

}  // namespace eoffice::documents
