#include "eoffice/records/case_file_rows.h"

#include <sstream>

#include "base/text.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/repository.h"
#include "eoffice/records/names_internal.h"

namespace eoffice::records {
namespace {

using base::db::Params;
using base::db::Row;
using base::db::Session;
using directory::append;

constexpr std::string_view kColumns =
    R"(f.id, f.agency_id, f.unit_id, f.keeper_post, p.name, f.year,
  f.code, f.title, f.retention_years, f.work, f.state, f.version, f.opened_on, f.ended_on,
  f.hand_in_due, f.kept_back_until, f.note,
  (SELECT COUNT(*) FROM case_file_item c WHERE c.case_file_id = f.id))";
constexpr std::string_view kFrom = R"( FROM case_file f JOIN post k ON k.id = f.keeper_post
  JOIN person p ON p.id = k.person_id)";
// Who sees a file: R-188.
constexpr std::string_view kVisible = "(f.keeper_post = ? OR f.agency_id = ? OR f.unit_id = ?)";

Params visibleParams(const Caller& caller) {
  // Compared with NULL, nothing is equal.
  const bool all = directory::may(caller, directory::Capability::ReadAgency);
  const bool unit = caller.role == Role::HeadOfUnit;
  return {caller.post, all ? caller.agency : AgencyId(), unit ? caller.unit : UnitId()};
}

std::string select(std::string_view name) {
  return "/* records." + std::string(name) + " */ SELECT " + std::string(kColumns) +
         std::string(kFrom);
}

const std::string kOne = " WHERE f.id = ? AND " + std::string(kVisible);

CaseFile readFile(const Row& row) {
  const auto retention = row.maybeInteger(8);
  return {.id = row.id<CaseFileId>(0),
          .agency = row.id<AgencyId>(1),
          .unit = row.id<UnitId>(2),
          .keeper = row.id<PostId>(3),
          .keeperName = row.text(4),
          .year = static_cast<int>(row.integer(5)),
          .code = row.text(6),
          .title = row.text(7),
          .retention = retention ? Retention(static_cast<int>(*retention)) : std::nullopt,
          .work = row.code<Work>(9),
          .state = row.code<FileState>(10),
          .version = static_cast<int>(row.integer(11)),
          .openedOn = row.date(12),
          .endedOn = row.maybeDate(13),
          .handInDue = row.maybeDate(14),
          .keptBackUntil = row.maybeDate(15),
          .note = row.text(16),
          .documents = row.integer(17)};
}

std::vector<CaseFile> readFiles(const base::db::Rows& rows) {
  std::vector<CaseFile> files;
  files.reserve(rows.size());
  for (const auto& row : rows) files.push_back(readFile(row));
  return files;
}

std::string likePattern(const std::string& word) {
  std::string out = "%";
  for (const char c : word) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out + "%";
}

constexpr std::size_t kMostWords = 6;

const std::string kItems = R"(/* records.itemsOf */
SELECT d.id, COALESCE()" + std::string(directory::kDocumentVisible) +
                           R"(, FALSE), d.code_number, d.code_notation, d.issued_date, d.type_name,
  d.subject, d.issuer_name, d.page_amount, c.added_at
FROM case_file_item c JOIN document d ON d.id = c.document_id
WHERE c.case_file_id = ? ORDER BY d.issued_date, c.added_at, d.id LIMIT ?)";

// Of each document the file that counts: the sealed one, or as it came; and its attachments.
const std::string kFilesToPack = R"(/* records.filesToPack */
SELECT f.id, f.kind, f.version, f.name, f.media_type, f.sha256, f.size, f.pages,
  f.signature_report, f.created_at, f.signing_places, d.id
FROM case_file_item c JOIN document d ON d.id = c.document_id
JOIN document_file f ON f.document_id = d.id AND f.kind IN (1, 5, 6)
WHERE c.case_file_id = ? AND )" + std::string(directory::kDocumentVisible) +
                                 R"( ORDER BY d.issued_date, c.added_at, d.id, f.kind, f.version)";

constexpr std::string_view kHandInColumns = R"(h.id, h.agency_id, h.state, h.handed_in_at,
  h.handed_in_by_post, pb.name, h.answered_at, COALESCE(pa.name, ''), h.remark,
  (SELECT COUNT(*) FROM case_hand_in_file c WHERE c.hand_in_id = h.id)
FROM case_hand_in h JOIN post b ON b.id = h.handed_in_by_post JOIN person pb ON pb.id = b.person_id
LEFT JOIN post a ON a.id = h.answered_by_post LEFT JOIN person pa ON pa.id = a.person_id
WHERE (h.agency_id = ? OR h.handed_in_by_post = ?))";

Params handInParams(const Caller& caller) {
  const bool keeper = directory::may(caller, directory::Capability::KeepRecords);
  return {keeper ? caller.agency : AgencyId(), caller.post};
}

HandIn readHandIn(const Row& row) {
  return {.id = row.id<HandInId>(0),
          .agency = row.id<AgencyId>(1),
          .state = row.code<HandIn::State>(2),
          .at = row.instant(3),
          .by = row.id<PostId>(4),
          .byName = row.text(5),
          .answeredAt = row.maybeInstant(6),
          .answeredByName = row.text(7),
          .remark = row.text(8),
          .files = row.integer(9)};
}

constexpr Names<HandIn::State, 3> kHandInStates{{{HandIn::State::Waiting, "waiting"},
                                                 {HandIn::State::Accepted, "accepted"},
                                                 {HandIn::State::Returned, "returned"}}};

}  // namespace

FilePage listFiles(Session& session, const Caller& caller, const FileFilter& filter,
                   CaseFileId before, int size) {
  auto sql = select("listFiles") + " WHERE " + std::string(kVisible);
  auto params = visibleParams(caller);
  const auto add = [&](std::string_view condition, base::db::Param value) {
    sql += " AND ";
    sql += condition;
    params.push_back(std::move(value));
  };
  if (filter.mine) add("f.keeper_post = ?", caller.post);
  if (filter.state) add("f.state = ?", *filter.state);
  if (filter.year) add("f.year = ?", *filter.year);
  if (filter.dueBy) add("f.state IN (1, 2) AND f.hand_in_due <= ?", *filter.dueBy);
  if (before.valid()) add("f.id < ?", before);
  std::istringstream words(filter.words);
  std::size_t count = 0;
  for (std::string word; words >> word && count < kMostWords; ++count) {
    add("CONCAT(f.code, ' ', f.title) COLLATE utf8mb4_unicode_520_ci LIKE ?", likePattern(word));
  }
  sql += " ORDER BY f.id DESC LIMIT ?";
  params.emplace_back(size + 1);
  FilePage page{.files = readFiles(session.query(sql, params))};
  if (page.files.size() > static_cast<std::size_t>(size)) {
    page.files.pop_back();
    page.next = page.files.back().id;
  }
  return page;
}

std::optional<CaseFile> findFile(Session& session, const Caller& caller, CaseFileId file) {
  Params params{file};
  append(params, visibleParams(caller));
  const auto row = session.find(select("findFile") + kOne, params);
  return row ? std::optional(readFile(*row)) : std::nullopt;
}

std::optional<CaseFile> lockFile(Session& session, const Caller& caller, CaseFileId file) {
  if (!session.find("/* records.lockFile */ SELECT id FROM case_file WHERE id = ? FOR UPDATE",
                    {file})) {
    return std::nullopt;
  }
  return findFile(session, caller, file);
}

std::vector<CaseFile> filesOf(Session& session, const Caller& caller, DocumentId document) {
  Params params{document};
  append(params, visibleParams(caller));
  return readFiles(session.query(
      select("filesOfDocument") +
          " JOIN case_file_item held ON held.case_file_id = f.id WHERE held.document_id = ? AND " +
          std::string(kVisible) + " ORDER BY f.id",
      params));
}

std::vector<ItemLine> itemsOf(Session& session, const Caller& caller, CaseFileId file) {
  auto params = directory::documentVisibleParams(caller);
  append(params, {file, kMostItems});
  std::vector<ItemLine> lines;
  for (const auto& row : session.query(kItems, params)) {
    ItemLine line{.document = row.id<DocumentId>(0),
                  .seen = row.flag(1),
                  .symbol = documents::symbolOf(row.text(2), row.text(3)),
                  .issuedDate = row.maybeDate(4)};
    if (line.seen) {
      line.typeName = row.text(5);
      line.subject = row.text(6);
      line.issuerName = row.text(7);
      line.pages = static_cast<int>(row.integer(8));
    }
    line.addedAt = row.instant(9);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<PackedFile> filesToPack(Session& session, const Caller& caller, CaseFileId file) {
  Params params{file};
  append(params, directory::documentVisibleParams(caller));
  std::vector<PackedFile> files;
  for (const auto& row : session.query(kFilesToPack, params)) {
    files.push_back({row.id<DocumentId>(11), documents::readFile(row)});
  }
  return files;
}

std::string_view nameOf(HandIn::State state) { return nameIn(kHandInStates, state); }

std::vector<HandIn> handIns(Session& session, const Caller& caller, int most) {
  auto params = handInParams(caller);
  params.emplace_back(most);
  std::vector<HandIn> found;
  for (const auto& row :
       session.query("/* records.handIns */ SELECT " + std::string(kHandInColumns) +
                         " ORDER BY h.state <> 1, h.id DESC LIMIT ?",
                     params)) {
    found.push_back(readHandIn(row));
  }
  return found;
}

std::optional<HandIn> findHandIn(Session& session, const Caller& caller, HandInId handIn) {
  auto params = handInParams(caller);
  params.emplace_back(handIn);
  const auto row = session.find(
      "/* records.findHandIn */ SELECT " + std::string(kHandInColumns) + " AND h.id = ?", params);
  return row ? std::optional(readHandIn(*row)) : std::nullopt;
}

std::vector<CaseFile> filesOf(Session& session, const Caller& caller, HandInId handIn) {
  auto params = handInParams(caller);
  params.emplace_back(handIn);
  return readFiles(
      session.query(select("filesOfHandIn") + R"( JOIN case_hand_in_file c ON c.case_file_id = f.id
  JOIN case_hand_in h ON h.id = c.hand_in_id
  WHERE (h.agency_id = ? OR h.handed_in_by_post = ?) AND h.id = ? ORDER BY c.position)",
                    params));
}

}  // namespace eoffice::records
