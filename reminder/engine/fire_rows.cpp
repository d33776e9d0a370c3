#include "reminder/engine/engine_rows.h"

namespace reminder::rows {
namespace {

using base::db::Params;
using base::db::Session;

constexpr std::string_view kSupports = R"(/* reminder.supports */
  SELECT p.task_id, p.holder_id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) w
  JOIN task_part p ON p.task_id = w.id AND p.part = 2)";
constexpr std::string_view kKnown = R"(/* reminder.knownFires */
  SELECT f.task_id, f.rung, f.reader_id
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) w
  JOIN reminder_fire f ON f.task_id = w.id AND f.workday = ?)";
constexpr std::string_view kInsertFires = R"(/* reminder.insertFires */
  INSERT INTO reminder_fire (task_id, rung, workday, reader_id, holder_id, role, stands_in, due_on,
    workdays_left, fired_at, digest_id) VALUES)";
constexpr std::string_view kInsertSilences = R"(/* reminder.insertSilences */
  INSERT IGNORE INTO reminder_silence (task_id, rung, workday, reason, holder_id, at) VALUES)";
constexpr std::string_view kOpenDigests = R"(/* reminder.openDigests */
  INSERT IGNORE INTO reminder_digest (reader_id, name, mail, language, opened_at, open_for) VALUES)";
constexpr std::string_view kFindDigests = R"(/* reminder.findDigests */
  SELECT d.reader_id, d.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) w
  JOIN reminder_digest d ON d.open_for = w.id LOCK IN SHARE MODE)";
constexpr std::string_view kLockDigests = R"(/* reminder.lockDigests */
  SELECT id, reader_id, name, mail, language, opened_at FROM reminder_digest
  WHERE open_for IS NOT NULL AND opened_at <= ? ORDER BY open_for LIMIT ? FOR UPDATE SKIP LOCKED)";
constexpr std::string_view kLines = R"(/* reminder.digestLines */
  SELECT f.digest_id, f.task_id, t.title, f.due_on, f.workdays_left, f.role, f.stands_in
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) w
  JOIN reminder_fire f ON f.digest_id = w.id JOIN task t ON t.id = f.task_id
  WHERE t.is_open = 1 AND t.state <> 4 ORDER BY f.workdays_left, f.due_on, f.task_id)";
constexpr std::string_view kCloseDigests = R"(/* reminder.closeDigests */
  UPDATE reminder_digest d JOIN JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) w ON w.id = d.id
  SET d.open_for = NULL, d.closed_at = ?)";

std::string listOf(const std::vector<OpenDigest>& digests) {
  std::vector<base::Id<OpenDigest>> ids;
  for (const auto& digest : digests) ids.emplace_back(digest.id);
  return idList(ids);
}

}  // namespace

std::map<TaskId, std::vector<HolderId>> supportsOf(Session& session,
                                                   const std::vector<TaskId>& tasks) {
  std::map<TaskId, std::vector<HolderId>> supports;
  if (tasks.empty()) return supports;
  for (const auto& row : session.query(kSupports, {idList(tasks)})) {
    supports[row.id<TaskId>(0)].push_back(row.id<HolderId>(1));
  }
  return supports;
}

std::set<FireRow::Key> knownFires(Session& session, const std::vector<TaskId>& tasks,
                                  base::LocalDate workday) {
  std::set<FireRow::Key> known;
  if (tasks.empty()) return known;
  for (const auto& row : session.query(kKnown, {idList(tasks), workday})) {
    known.emplace(row.id<TaskId>(0), row.text(1), row.id<ReaderId>(2));
  }
  return known;
}

void insertFires(Session& session, const std::vector<FireRow>& fires, base::Instant now) {
  std::vector<Params> rows;
  rows.reserve(fires.size());
  for (const auto& fire : fires) {
    rows.push_back({fire.task, fire.rung, fire.workday, fire.reader, fire.holder, fire.role,
                    fire.standsIn, fire.due, fire.workdaysLeft, now, fire.digest});
  }
  // A key that is there already throws: another process sent it, and this one begins again.
  if (!rows.empty()) session.insertMany(kInsertFires, rows);
}

void insertSilences(Session& session, const std::vector<SilenceRow>& silences, base::Instant now) {
  std::vector<Params> rows;
  rows.reserve(silences.size());
  for (const auto& silence : silences) {
    rows.push_back(
        {silence.task, silence.rung, silence.day, silence.reason, silence.holder.value(), now});
  }
  if (!rows.empty()) session.insertMany(kInsertSilences, rows);
}

std::map<ReaderId, std::int64_t> openDigests(Session& session, const std::vector<Reader>& readers,
                                             base::Instant now) {
  std::map<ReaderId, std::int64_t> digests;
  if (readers.empty()) return digests;
  std::vector<Params> rows;
  std::vector<ReaderId> ids;
  for (const auto& reader : readers) {
    rows.push_back({reader.id, reader.name, reader.mail, reader.language, now, reader.id});
    ids.push_back(reader.id);
  }
  session.insertMany(kOpenDigests, rows);
  for (const auto& row : session.query(kFindDigests, {idList(ids)})) {
    digests[row.id<ReaderId>(0)] = row.integer(1);
  }
  return digests;
}

std::vector<OpenDigest> lockDigests(Session& session, base::Instant openedUpTo, std::size_t most) {
  std::vector<OpenDigest> digests;
  for (const auto& row : session.query(kLockDigests, {openedUpTo, most})) {
    OpenDigest open{row.integer(0), {}};
    open.digest.reader = {row.id<ReaderId>(1), row.text(2), row.text(3),
                          row.code<base::Language>(4), false};
    open.digest.at = row.instant(5);
    digests.push_back(std::move(open));
  }
  if (digests.empty()) return digests;
  std::map<std::int64_t, Digest*> byId;
  for (auto& open : digests) byId[open.id] = &open.digest;
  for (const auto& row : session.query(kLines, {listOf(digests)})) {
    byId.at(row.integer(0))
        ->lines.push_back({row.id<TaskId>(1), row.text(2), row.date(3),
                           static_cast<int>(row.integer(4)), row.code<RecipientRole>(5),
                           row.flag(6)});
  }
  return digests;
}

void closeDigests(Session& session, const std::vector<OpenDigest>& digests, base::Instant now) {
  session.execute(kCloseDigests, {listOf(digests), now});
}

}  // namespace reminder::rows
