#include "eoffice/audit/audit_log.h"

#include <nlohmann/json.hpp>

namespace eoffice::audit {
namespace {

using base::db::Row;
using base::db::Session;
using nlohmann::ordered_json;

// Names are copied: the record shows who it was then, whatever they are called later.
constexpr std::string_view kWrite = R"(/* audit.write */
  INSERT INTO audit_entry (at, act, person_id, post_id, on_behalf_of_post_id, agency_id, object_kind,
                           object_id, detail, request_id, address, person_name, post_title)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
          IFNULL((SELECT name FROM person WHERE id = ?), ''),
          IFNULL((SELECT title FROM post WHERE id = ?), '')))";

#define AUDIT_COLUMNS                                                                         \
  "id, at, act, person_id, post_id, on_behalf_of_post_id, agency_id, object_kind, object_id," \
  " detail, request_id, address, person_name, post_title,"                                    \
  " (SELECT n.name FROM post p JOIN person n ON n.id = p.person_id"                           \
  "  WHERE p.id = on_behalf_of_post_id)"
constexpr std::string_view kHistory =
    "/* audit.history */ SELECT " AUDIT_COLUMNS
    " FROM audit_entry WHERE object_kind = ? AND object_id = ? ORDER BY id";
constexpr std::string_view kActsOf = "/* audit.actsOf */ SELECT " AUDIT_COLUMNS
                                     " FROM audit_entry WHERE person_id = ? AND at >= ? AND at < ? "
                                     "ORDER BY at DESC, id DESC LIMIT ?";

constexpr std::size_t kLongestShortText = 64;  // request_id, address

std::string toJson(const std::vector<std::pair<std::string, std::string>>& detail) {
  auto object = ordered_json::object();
  for (const auto& [name, value] : detail) object[name] = value;
  return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::vector<std::pair<std::string, std::string>> fromJson(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> detail;
  const auto object = ordered_json::parse(text);
  for (const auto& [name, value] : object.items()) {
    detail.emplace_back(name, value.get<std::string>());
  }
  return detail;
}

// Of a header or an address: printable ASCII, as long as its column.
std::string shortAscii(const std::string& text) {
  std::string kept;
  for (const char c : text) {
    if (kept.size() == kLongestShortText) break;
    kept += c >= ' ' && c <= '~' ? c : '?';
  }
  return kept;
}

Record readRecord(const Row& row) {
  Record record;
  record.id = row.integer(0);
  record.at = row.instant(1);
  record.entry.act = row.text(2);
  record.entry.person = row.id<PersonId>(3);
  record.entry.post = row.id<PostId>(4);
  record.entry.onBehalfOf = row.id<PostId>(5);
  record.entry.agency = row.id<AgencyId>(6);
  record.entry.objectKind = row.text(7);
  record.entry.objectId = row.integer(8);
  record.entry.detail = fromJson(row.text(9));
  record.entry.requestId = row.text(10);
  record.entry.address = row.text(11);
  record.personName = row.text(12);
  record.postTitle = row.text(13);
  record.onBehalfOfName = row.textOr(14);
  return record;
}

std::vector<Record> readRecords(const base::db::Rows& rows) {
  std::vector<Record> records;
  records.reserve(rows.size());
  for (const Row& row : rows) records.push_back(readRecord(row));
  return records;
}

}  // namespace

void write(Session& session, const base::Clock& clock, const Entry& entry) {
  session.execute(
      kWrite, {clock.now(), entry.act, entry.person, entry.post, entry.onBehalfOf, entry.agency,
               entry.objectKind, entry.objectId, toJson(entry.detail), shortAscii(entry.requestId),
               shortAscii(entry.address), entry.person, entry.post});
}

std::vector<Record> history(Session& session, std::string_view objectKind, std::int64_t objectId) {
  return readRecords(session.query(kHistory, {objectKind, objectId}));
}

std::vector<Record> actsOf(Session& session, PersonId person, base::Instant from, base::Instant to,
                           std::size_t most) {
  return readRecords(session.query(kActsOf, {person, from, to, most}));
}

}  // namespace eoffice::audit
