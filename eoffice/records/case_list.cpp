#include "eoffice/records/case_list.h"

#include <set>

#include "base/text.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/field_rules.h"
#include "eoffice/records/act_parts_internal.h"
#include "eoffice/records/names_internal.h"

namespace eoffice::records {
namespace {

using base::RefusalKind;
using base::Result;
using base::db::Session;
using directory::Capability;

constexpr std::string_view kKind = "case_list";
constexpr std::size_t kMostEntries = 2000;
constexpr int kAnyVersion = -1;

constexpr std::string_view kFind = R"(/* records.findList */
SELECT l.id, l.state, l.version, l.issued_at, COALESCE(p.name, '') FROM case_list l
LEFT JOIN post i ON i.id = l.issued_by_post LEFT JOIN person p ON p.id = i.person_id
WHERE l.agency_id = ? AND l.year = ?)";
constexpr std::string_view kLock = R"(/* records.lockList */
SELECT id, state, version FROM case_list WHERE agency_id = ? AND year = ? FOR UPDATE)";
constexpr std::string_view kBegin = R"(/* records.beginList */
INSERT IGNORE INTO case_list (agency_id, year, version) VALUES (?, ?, 0))";
constexpr std::string_view kGrow = R"(/* records.growList */
UPDATE case_list SET version = version + 1 WHERE id = ?)";
constexpr std::string_view kIssue = R"(/* records.issueList */
UPDATE case_list SET state = ?, issued_at = ?, issued_by_post = ?, version = version + 1
WHERE id = ?)";
constexpr std::string_view kEntries = R"(/* records.listEntries */
SELECT e.heading, e.code, e.title, e.retention_years, e.keeper_post, COALESCE(p.name, ''), e.note,
  (SELECT f.id FROM case_file f WHERE f.agency_id = ? AND f.year = ? AND f.code = e.code
     AND (f.keeper_post = ? OR ?))
FROM case_list_entry e
LEFT JOIN post k ON k.id = e.keeper_post LEFT JOIN person p ON p.id = k.person_id
WHERE e.list_id = ? ORDER BY e.position, e.id)";
constexpr std::string_view kClear = R"(/* records.clearList */
DELETE FROM case_list_entry WHERE list_id = ?)";
constexpr std::string_view kInsert = R"(/* records.listEntry */
INSERT INTO case_list_entry (list_id, position, heading, code, title, retention_years, keeper_post,
  note) VALUES)";
constexpr std::string_view kCodeInList = R"(/* records.codeInList */
SELECT id FROM case_list_entry WHERE list_id = ? AND code = ?)";
constexpr std::string_view kRemove = R"(/* records.removeEntry */
DELETE FROM case_list_entry WHERE list_id = ? AND code = ?)";
constexpr std::string_view kCopy = R"(/* records.copyList */
INSERT INTO case_list_entry (list_id, position, heading, code, title, retention_years, keeper_post,
  note)
SELECT ?, e.position, e.heading, e.code, e.title, e.retention_years,
  (SELECT k.id FROM post k WHERE k.id = e.keeper_post AND ? BETWEEN k.valid_from AND k.valid_to),
  e.note
FROM case_list_entry e JOIN case_list l ON l.id = e.list_id WHERE l.agency_id = ? AND l.year = ?)";
constexpr std::string_view kCount = R"(/* records.countEntries */
SELECT COUNT(*) FROM case_list_entry WHERE list_id = ?)";

constexpr Names<CaseList::State, 2> kStates{
    {{CaseList::State::Draft, "draft"}, {CaseList::State::InForce, "in_force"}}};

struct LockedList {
  std::int64_t id = 0;
  CaseList::State state = CaseList::State::Draft;
  int version = 0;
};

// The list of that year, begun if nobody has, locked.
LockedList lockList(Session& session, AgencyId agency, int year) {
  auto row = session.find(kLock, {agency, year});
  if (!row) {
    session.execute(kBegin, {agency, year});
    row = session.get(kLock, {agency, year});
  }
  return {row->integer(0), row->code<CaseList::State>(1), static_cast<int>(row->integer(2))};
}

Result<LockedList> lockDraft(Session& session, const Caller& caller, int year, int version) {
  const auto list = lockList(session, caller.agency, year);
  if (list.state != CaseList::State::Draft) {
    return base::refuse(RefusalKind::Conflict, "case_list.in_force");
  }
  if (version != kAnyVersion && list.version != version) {
    return base::refuse(RefusalKind::Conflict, "case_list.changed_meanwhile");
  }
  return list;
}

// Trims a line and gathers its faults; `prefix` stands before the names of its fields.
void checkEntry(documents::FieldCheck& check, ListEntry& entry, const std::string& prefix) {
  check.optional(entry.heading, prefix + "heading", 200);
  check.required(entry.code, prefix + "code", 40);
  check.required(entry.title, prefix + "title", 500);
  check.optional(entry.note, prefix + "note", 500);
  if (entry.retention && (*entry.retention < 1 || *entry.retention > kLongestRetention)) {
    check.fault("case_file.retention", prefix + "retention",
                {{"most", std::to_string(kLongestRetention)}});
  }
}

Result<void> checkEntries(std::vector<ListEntry>& entries) {
  documents::FieldCheck check;
  std::set<std::string> codes;
  if (entries.size() > kMostEntries) {
    check.fault("field.too_many", "entries", {{"most", std::to_string(kMostEntries)}});
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto& entry = entries[i];
    const auto prefix = "entries." + std::to_string(i) + ".";
    checkEntry(check, entry, prefix);
    if (!entry.code.empty() && !codes.insert(base::fold(entry.code)).second) {
      check.fault("case_list.code_twice", prefix + "code", {{"code", entry.code}});
    }
  }
  return check.result();
}

base::db::Params rowOf(std::int64_t list, std::size_t position, const ListEntry& entry) {
  return {list,        position,        entry.heading, entry.code,
          entry.title, entry.retention, entry.keeper,  entry.note};
}

}  // namespace

std::string_view nameOf(CaseList::State state) { return nameIn(kStates, state); }

CaseList CaseLists::of(const Caller& caller, int year) const {
  return database_.read([&](Session& session) {
    CaseList list{.year = year};
    const auto row = session.find(kFind, {caller.agency, year});
    if (!row) return list;
    list.state = row->code<CaseList::State>(1);
    list.version = static_cast<int>(row->integer(2));
    list.issuedAt = row->maybeInstant(3);
    list.issuedByName = row->text(4);
    const bool all = directory::may(caller, Capability::ReadAgency);
    for (const auto& line :
         session.query(kEntries, {caller.agency, year, caller.post, all, row->integer(0)})) {
      const auto retention = line.maybeInteger(3);
      list.entries.push_back(
          {.heading = line.text(0),
           .code = line.text(1),
           .title = line.text(2),
           .retention = retention ? Retention(static_cast<int>(*retention)) : std::nullopt,
           .keeper = line.id<PostId>(4),
           .keeperName = line.text(5),
           .note = line.text(6),
           .opened = line.id<CaseFileId>(7)});
    }
    return list;
  });
}

Result<void> CaseLists::save(const Caller& caller, int year, int version,
                             const std::vector<ListEntry>& given) {
  if (auto right = directory::require(caller, Capability::KeepRecords); !right) return right;
  auto entries = given;
  if (auto good = checkEntries(entries); !good) return good;
  return database_.transact([&](Session& session) -> Result<void> {
    const auto list = lockDraft(session, caller, year, version);
    if (!list) return tl::unexpected(list.error());
    session.execute(kClear, {list->id});
    std::vector<base::db::Params> rows;
    for (const auto& entry : entries) rows.push_back(rowOf(list->id, rows.size() + 1, entry));
    if (!rows.empty()) session.insertMany(kInsert, rows);
    session.execute(kGrow, {list->id});
    record(session, clock_, caller, "case_list.saved", kKind, list->id,
           {{"year", std::to_string(year)}, {"lines", std::to_string(entries.size())}});
    return {};
  });
}

Result<void> CaseLists::issue(const Caller& caller, int year, int version) {
  if (auto right = directory::require(caller, Capability::Sign); !right) return right;
  return database_.transact([&](Session& session) -> Result<void> {
    const auto list = lockDraft(session, caller, year, version);
    if (!list) return tl::unexpected(list.error());
    if (session.get(kCount, {list->id}).integer(0) == 0) {
      return base::refuse(RefusalKind::Conflict, "case_list.empty");
    }
    session.execute(kIssue, {CaseList::State::InForce, clock_.now(), caller.post, list->id});
    record(session, clock_, caller, "case_list.issued", kKind, list->id,
           {{"year", std::to_string(year)}});
    return {};
  });
}

Result<void> CaseLists::addEntry(const Caller& caller, int year, const ListEntry& given) {
  if (auto right = directory::require(caller, Capability::KeepRecords); !right) return right;
  auto entry = given;
  documents::FieldCheck check;
  checkEntry(check, entry, {});
  if (auto good = check.result(); !good) return good;
  return database_.transact([&](Session& session) -> Result<void> {
    const auto list = lockList(session, caller.agency, year);
    if (session.find(kCodeInList, {list.id, entry.code})) {
      return base::refuse(RefusalKind::Invalid, "case_list.code_twice", "code",
                          {{"code", entry.code}});
    }
    const auto count = static_cast<std::size_t>(session.get(kCount, {list.id}).integer(0));
    session.insertMany(kInsert, {rowOf(list.id, count + 1, entry)});
    session.execute(kGrow, {list.id});
    record(session, clock_, caller, "case_list.line_added", kKind, list.id,
           {{"year", std::to_string(year)}, {"code", entry.code}});
    return {};
  });
}

Result<void> CaseLists::removeEntry(const Caller& caller, int year, const std::string& code) {
  if (auto right = directory::require(caller, Capability::KeepRecords); !right) return right;
  return database_.transact([&](Session& session) -> Result<void> {
    const auto list = lockDraft(session, caller, year, kAnyVersion);
    if (!list) return tl::unexpected(list.error());
    if (session.execute(kRemove, {list->id, code}) == 0) return {};
    session.execute(kGrow, {list->id});
    record(session, clock_, caller, "case_list.line_removed", kKind, list->id,
           {{"year", std::to_string(year)}, {"code", code}});
    return {};
  });
}

Result<void> CaseLists::copyLastYear(const Caller& caller, int year) {
  if (auto right = directory::require(caller, Capability::KeepRecords); !right) return right;
  return database_.transact([&](Session& session) -> Result<void> {
    const auto list = lockDraft(session, caller, year, kAnyVersion);
    if (!list) return tl::unexpected(list.error());
    if (session.get(kCount, {list->id}).integer(0) > 0) {
      return base::refuse(RefusalKind::Conflict, "case_list.not_empty");
    }
    if (session.execute(kCopy, {list->id, clock_.today(), caller.agency, year - 1}) == 0) {
      return base::refuse(RefusalKind::NotFound, "case_list.none_before", {},
                          {{"year", std::to_string(year - 1)}});
    }
    session.execute(kGrow, {list->id});
    record(session, clock_, caller, "case_list.copied", kKind, list->id,
           {{"year", std::to_string(year)}});
    return {};
  });
}

}  // namespace eoffice::records
