#include "reminder/channels/bell.h"

#include <nlohmann/json.hpp>

namespace reminder {
namespace {

using base::db::Session;

constexpr std::string_view kRing = R"(/* bell.ring */
  INSERT IGNORE INTO notification (reader_id, holder_id, kind, object_kind, object_id, facts,
    notice_key, created_at) VALUES)";
constexpr std::string_view kUnread = R"(/* bell.unread */
  SELECT COUNT(*) FROM notification WHERE reader_id = ? AND seen_at IS NULL)";
constexpr std::string_view kColumns =
    " id, created_at, seen_at, reader_id, holder_id, kind, object_kind, object_id, facts,"
    " notice_key FROM notification WHERE reader_id = ? AND id < ?";
const std::string kListAll =
    "/* bell.list */ SELECT" + std::string(kColumns) + " ORDER BY id DESC LIMIT ?";
const std::string kListUnread = "/* bell.listUnread */ SELECT" + std::string(kColumns) +
                                " AND seen_at IS NULL ORDER BY id DESC LIMIT ?";
constexpr std::string_view kSeen = R"(/* bell.seen */
  UPDATE notification SET seen_at = COALESCE(seen_at, ?) WHERE id = ? AND reader_id = ?)";
constexpr std::string_view kKnown = R"(/* bell.known */
  SELECT 1 FROM notification WHERE id = ? AND reader_id = ?)";
constexpr std::string_view kAllSeen = R"(/* bell.allSeen */
  UPDATE notification SET seen_at = ? WHERE reader_id = ? AND seen_at IS NULL AND id <= ?)";
constexpr std::string_view kSeenAbout = R"(/* bell.seenAbout */
  UPDATE notification SET seen_at = ?
  WHERE reader_id = ? AND object_kind = ? AND object_id = ? AND seen_at IS NULL)";

std::string factsText(const base::Texts::Facts& facts) {
  nlohmann::json object = nlohmann::json::object();
  for (const auto& [name, value] : facts) object[name] = value;
  return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

base::Texts::Facts factsOf(const std::string& text) {
  base::Texts::Facts facts;
  const auto object = nlohmann::json::parse(text);
  for (const auto& [name, value] : object.items()) {
    facts.emplace_back(name, value.get<std::string>());
  }
  return facts;
}

StoredNotice noticeOf(const base::db::Row& row) {
  StoredNotice stored;
  stored.id = row.integer(0);
  stored.at = row.instant(1);
  stored.seenAt = row.maybeInstant(2);
  stored.notice = {row.id<ReaderId>(3),           row.id<HolderId>(4),  row.text(5),
                   {row.text(6), row.integer(7)}, factsOf(row.text(8)), row.text(9)};
  return stored;
}

}  // namespace

std::uint64_t Bell::ring(Session& session, base::Instant now, const std::vector<Notice>& notices) {
  std::vector<base::db::Params> rows;
  rows.reserve(notices.size());
  for (const auto& notice : notices) {
    rows.push_back({notice.reader, notice.holder, notice.kind, notice.object.kind, notice.object.id,
                    factsText(notice.facts), notice.key, now});
  }
  return rows.empty() ? 0 : session.insertMany(kRing, rows);
}

std::int64_t Bell::unread(Session& session, ReaderId reader) {
  return session.get(kUnread, {reader}).integer(0);
}

std::vector<StoredNotice> Bell::list(Session& session, ReaderId reader, bool unreadOnly,
                                     std::size_t limit, std::int64_t beforeId) {
  const auto before = beforeId > 0 ? beforeId : INT64_MAX;
  std::vector<StoredNotice> found;
  for (const auto& row :
       session.query(unreadOnly ? kListUnread : kListAll, {reader, before, limit})) {
    found.push_back(noticeOf(row));
  }
  return found;
}

bool Bell::markSeen(Session& session, ReaderId reader, std::int64_t id, base::Instant now) {
  session.execute(kSeen, {now, id, reader});
  return session.find(kKnown, {id, reader}).has_value();
}

void Bell::markAllSeen(Session& session, ReaderId reader, std::int64_t lastId, base::Instant now) {
  session.execute(kAllSeen, {now, reader, lastId});
}

void Bell::markSeenAbout(Session& session, ReaderId reader, const SourceRef& object,
                         base::Instant now) {
  session.execute(kSeenAbout, {now, reader, object.kind, object.id});
}

std::string Bell::text(const base::Texts& texts, base::Language language,
                       const StoredNotice& notice) {
  // texts: bell.*
  return texts.get(language, "bell." + notice.notice.kind, notice.notice.facts);
}

}  // namespace reminder
