#include "eoffice/directory/permissions.h"
#include "eoffice/documents/list_rows.h"

namespace eoffice::documents {
namespace {

using base::db::Params;
using base::db::Row;
using base::db::Session;

const std::string kBoxCounts = "/* documents.boxCounts */ SELECT w.kind, COUNT(*) FROM (" +
                               waitingSteps() + ") w GROUP BY w.kind";

constexpr const char* kKeyInBox = R"(/* documents.keyInBox */
SELECT d.urgency, s.opened_at FROM document_step s JOIN document d ON d.id = s.document_id
WHERE s.document_id = ? AND s.kind = ? ORDER BY s.id DESC LIMIT 1)";

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

// What comes beside a key in the order `urgency DESC, opened_at, document`.
std::string besideKey(const Page& page, Params& params) {
  if (!page.key) return {};
  const bool before = page.side == Page::Side::Before;
  const std::string less = before ? ">" : "<";
  const std::string more = before ? "<" : ">";
  const auto since = page.key->since.value_or(base::Instant{});
  directory::append(params,
                    {page.key->urgency, page.key->urgency, since, since, page.key->document});
  return " AND (d.urgency " + less + " ? OR (d.urgency = ? AND (w.opened_at " + more +
         " ? OR (w.opened_at = ? AND d.id " + more + (page.side == Page::Side::From ? "=" : "") +
         " ?))))";
}

}  // namespace

std::string waitingSteps(std::string_view narrowed) {
  const std::string columns =
      "SELECT s.document_id, s.kind, s.opened_at FROM document_step s WHERE ";
  const std::string open = " AND s.done_at IS NULL" + std::string(narrowed);
  return columns + "s.assigned_post = ?" + open + " UNION ALL " + columns + "s.delegate_post = ?" +
         open + " UNION ALL " + columns + "s.agency_id = ? AND s.assigned_role = ?" + open;
}

Params waitingParams(const Caller& caller, const Params& narrowed) {
  Params params{caller.post};
  directory::append(params, narrowed);
  params.emplace_back(caller.post);
  directory::append(params, narrowed);
  directory::append(params, {caller.agency, static_cast<int>(caller.role)});
  directory::append(params, narrowed);
  return params;
}

ListResult inBox(Session& session, const Caller& caller, Box box, const Page& page) {
  auto params = waitingParams(caller, {kindOf(box)});
  const auto beside = besideKey(page, params);
  params.emplace_back(page.size + 1);
  const bool before = page.side == Page::Side::Before;
  const std::string text = "/* documents.inBox */ SELECT " + std::string(kRowColumns) +
                           ", w.opened_at FROM (" + waitingSteps(" AND s.kind = ?") +
                           ") w JOIN document d ON d.id = w.document_id"
                           " LEFT JOIN incoming_document i ON i.document_id = d.id WHERE TRUE" +
                           beside +
                           (before ? " ORDER BY d.urgency, w.opened_at DESC, d.id DESC LIMIT ?"
                                   : " ORDER BY d.urgency DESC, w.opened_at, d.id LIMIT ?");
  auto result = readPage(session.query(text, params), page, [](const Row& row) {
    auto read = readRow(row, row.instant(kSinceColumn));
    read.key = {.document = read.id, .urgency = read.urgency, .since = read.since};
    return read;
  });
  if (page.total == Total::Counted) {
    result.total = boxCounts(session, caller).at(static_cast<std::size_t>(box));
  }
  return result;
}

std::vector<std::int64_t> boxCounts(Session& session, const Caller& caller) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(Box::ToRead) + 1);
  for (const auto& row : session.query(kBoxCounts, waitingParams(caller, {}))) {
    for (std::size_t box = 0; box < counts.size(); ++box) {
      if (kindOf(static_cast<Box>(box)) == row.code<StepKind>(0)) counts[box] = row.integer(1);
    }
  }
  return counts;
}

std::optional<ListKey> keyInBox(Session& session, Box box, DocumentId id) {
  const auto row = session.find(kKeyInBox, {id, kindOf(box)});
  if (!row) return std::nullopt;
  return ListKey{.document = id, .urgency = row->code<Urgency>(0), .since = row->instant(1)};
}

}  // namespace eoffice::documents
