#include "eoffice/documents/reading.h"

#include <sstream>

#include "base/text.h"
#include "eoffice/directory/permissions.h"

namespace eoffice::documents {
namespace {

using base::db::Params;
using base::db::Row;
using base::db::Session;

constexpr std::string_view kRowColumns =
    R"(d.id, d.direction, d.state, d.code_number, d.code_notation,
  d.subject, d.issuer_name, d.issued_date, d.urgency, d.due_date, i.arrival_number, i.source)";

ListRow readRow(const Row& row, base::Instant since) {
  const auto number = row.maybeInteger(10);
  const auto source = row.maybeInteger(11);
  return {.id = row.id<DocumentId>(0),
          .direction = row.code<Direction>(1),
          .state = row.code<State>(2),
          .symbol = symbolOf(row.text(3), row.text(4)),
          .subject = row.text(5),
          .issuerName = row.text(6),
          .issuedDate = row.maybeDate(7),
          .urgency = row.code<Urgency>(8),
          .dueDate = row.maybeDate(9),
          .arrivalNumber = number ? std::optional(static_cast<int>(*number)) : std::nullopt,
          .source = source ? std::optional(static_cast<Source>(*source)) : std::nullopt,
          .since = since};
}

// What waits for the caller: an open step for the post, for the post as delegate, or for the role.
// Three index ranges instead of one OR, so that each is a short walk.
const std::string kWaiting = R"((
  SELECT s.id, s.document_id, s.kind, s.opened_at FROM document_step s
    WHERE s.assigned_post = ? AND s.done_at IS NULL
  UNION ALL
  SELECT s.id, s.document_id, s.kind, s.opened_at FROM document_step s
    WHERE s.delegate_post = ? AND s.done_at IS NULL
  UNION ALL
  SELECT s.id, s.document_id, s.kind, s.opened_at FROM document_step s
    WHERE s.agency_id = ? AND s.assigned_role = ? AND s.done_at IS NULL))";

Params waitingParams(const Caller& caller) {
  return {caller.post, caller.post, caller.agency, static_cast<int>(caller.role)};
}

const std::string kInBox = "/* documents.inBox */ SELECT " + std::string(kRowColumns) +
                           ", w.opened_at FROM " + kWaiting + R"( w
JOIN document d ON d.id = w.document_id
LEFT JOIN incoming_document i ON i.document_id = d.id
WHERE w.kind = ? ORDER BY d.urgency DESC, w.opened_at, d.id LIMIT ? OFFSET ?)";

const std::string kBoxCounts =
    "/* documents.boxCounts */ SELECT w.kind, COUNT(*) FROM " + kWaiting + " w GROUP BY w.kind";

StepKind kindOf(Box box) {
  switch (box) {
    case Box::ToRegister:
      return StepKind::Register;
    case Box::ToSubmit:
      return StepKind::Submit;
    case Box::ToDirect:
      return StepKind::Direct;
    case Box::ToHandle:
      return StepKind::Handle;
    case Box::ToRevise:
      return StepKind::Revise;
    case Box::ToReview:
      return StepKind::Review;
    case Box::ToSign:
      return StepKind::Sign;
    case Box::ToNumber:
      return StepKind::Number;
    case Box::ToSeal:
      return StepKind::Seal;
    case Box::ToIssue:
      return StepKind::Issue;
    case Box::ToSupport:
      return StepKind::Support;
    case Box::ToRead:
      return StepKind::Read;
  }
  return StepKind::Register;
}

// The filter's conditions. They are few and fixed, so the statements that they make are few too:
// each stays prepared.
struct Where {
  std::string sql = std::string(directory::kDocumentVisible);
  Params params;
  void add(std::string_view condition, base::db::Param value) {
    sql += " AND ";
    sql += condition;
    params.push_back(std::move(value));
  }
};

std::string likePattern(const std::string& word) {
  std::string out = "%";
  for (const char c : word) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out + "%";
}

std::int64_t offsetOf(const Page& page) {
  return (static_cast<std::int64_t>(page.number) - 1) * page.size;
}

// Of one row more than the page holds: it says whether there is a next page.
ListResult readPage(const base::db::Rows& rows, const Page& page) {
  const auto size = static_cast<std::size_t>(page.size);
  ListResult result{.rows = {}, .more = rows.size() > size};
  result.rows.reserve(rows.size());
  for (const auto& row : rows) {
    if (result.rows.size() == size) break;
    result.rows.push_back(readRow(row, row.instant(12)));
  }
  return result;
}

constexpr std::size_t kMostWords = 6;

Where whereOf(const Caller& caller, const ListFilter& filter) {
  Where where{.params = directory::documentVisibleParams(caller)};
  if (filter.direction) where.add("d.direction = ?", *filter.direction);
  if (filter.state) where.add("d.state = ?", *filter.state);
  if (filter.urgency) where.add("d.urgency = ?", *filter.urgency);
  if (filter.from) where.add("COALESCE(i.arrival_date, d.issued_date) >= ?", *filter.from);
  if (filter.to) where.add("COALESCE(i.arrival_date, d.issued_date) <= ?", *filter.to);
  std::size_t words = 0;
  std::istringstream in(base::fold(filter.words));
  for (std::string word; in >> word && words < kMostWords; ++words) {
    where.add("d.search_text LIKE ?", likePattern(word));
  }
  return where;
}

constexpr std::string_view kFrom =
    " FROM document d LEFT JOIN incoming_document i ON i.document_id = d.id WHERE ";

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
    "/* documents.openForCaller */ SELECT w.kind FROM " + kWaiting + " w WHERE w.document_id = ?";

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
    detail.answered = readRow(*row, row->instant(12));
  }
}

}  // namespace

ListResult inBox(Session& session, const Caller& caller, Box box, const Page& page) {
  auto params = waitingParams(caller);
  directory::append(params, {kindOf(box), page.size + 1, offsetOf(page)});
  auto result = readPage(session.query(kInBox, params), page);
  if (page.total == Total::Counted) {
    result.total = boxCounts(session, caller).at(static_cast<std::size_t>(box));
  }
  return result;
}

std::vector<std::int64_t> boxCounts(Session& session, const Caller& caller) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(Box::ToRead) + 1);
  for (const auto& row : session.query(kBoxCounts, waitingParams(caller))) {
    for (std::size_t box = 0; box < counts.size(); ++box) {
      if (kindOf(static_cast<Box>(box)) == row.code<StepKind>(0)) counts[box] = row.integer(1);
    }
  }
  return counts;
}

ListResult list(Session& session, const Caller& caller, const ListFilter& filter,
                const Page& page) {
  const auto where = whereOf(caller, filter);
  auto params = where.params;
  directory::append(params, {page.size + 1, offsetOf(page)});
  auto result = readPage(
      session.query("/* documents.list */ SELECT " + std::string(kRowColumns) + ", d.created_at" +
                        std::string(kFrom) + where.sql + " ORDER BY d.id DESC LIMIT ? OFFSET ?",
                    params),
      page);
  if (page.total == Total::Counted) {
    result.total =
        session
            .get("/* documents.listTotal */ SELECT COUNT(*)" + std::string(kFrom) + where.sql,
                 where.params)
            .integer(0);
  }
  return result;
}

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
    if (const auto inbox = detail.document.incoming->inboxId; inbox != 0) {
      detail.envelopeSignature =
          exchange::delivery::signatureOf(session, exchange::delivery::InboxId(inbox));
    }
    Params params{id};
    directory::append(params, directory::documentVisibleParams(caller));
    for (const auto& row : session.query(kAnswers, params)) {
      detail.answers.push_back(readRow(row, row.instant(12)));
    }
  }
  auto waiting = waitingParams(caller);
  waiting.emplace_back(id);
  for (const auto& row : session.query(kOpenForCaller, waiting)) {
    detail.open.push_back(row.code<StepKind>(0));
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
