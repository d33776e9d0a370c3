#include "eoffice/records/case_files.h"

#include <algorithm>

#include "base/db/in_list.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/field_rules.h"
#include "eoffice/documents/reading.h"
#include "eoffice/records/act_parts_internal.h"
#include "eoffice/records/case_file_rows.h"

namespace eoffice::records {
namespace {

using base::RefusalKind;
using base::Result;
using base::db::Session;
using documents::FieldCheck;

constexpr std::string_view kKind = "case_file";

constexpr std::string_view kInsert = R"(/* records.openFile */
INSERT INTO case_file (agency_id, unit_id, keeper_post, year, code, title, retention_years, work,
  opened_on, note, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))";
constexpr std::string_view kEdit = R"(/* records.editFile */
UPDATE case_file SET year = ?, code = ?, title = ?, retention_years = ?, work = ?, opened_on = ?,
  note = ?, version = version + 1 WHERE id = ?)";
constexpr std::string_view kCodeTaken = R"(/* records.codeTaken */
SELECT title FROM case_file WHERE agency_id = ? AND year = ? AND code = ? AND id <> ?)";
constexpr std::string_view kAdd = R"(/* records.addDocument */
INSERT IGNORE INTO case_file_item (case_file_id, document_id, added_at, added_by_post) VALUES)";
constexpr std::string_view kRemove = R"(/* records.removeDocument */
DELETE FROM case_file_item WHERE case_file_id = ? AND document_id = ?)";
constexpr std::string_view kClose = R"(/* records.closeFile */
UPDATE case_file SET state = ?, ended_on = ?, title = ?, retention_years = ?, hand_in_due = ?,
  version = version + 1 WHERE id = ?)";
constexpr std::string_view kReopen = R"(/* records.reopenFile */
UPDATE case_file SET state = ?, ended_on = NULL, hand_in_due = NULL, kept_back_until = NULL,
  version = version + 1 WHERE id = ?)";
constexpr std::string_view kKeepBack = R"(/* records.keepBack */
UPDATE case_file SET hand_in_due = ?, kept_back_until = ?, version = version + 1 WHERE id = ?)";
constexpr std::string_view kPassOn = R"(/* records.passOn */
UPDATE case_file SET keeper_post = ?, unit_id = ?, version = version + 1 WHERE id = ?)";
constexpr std::string_view kVisibleOf = R"(/* records.visibleDocuments */
SELECT d.id FROM document d WHERE d.agency_id = ? AND )";

Result<void> checkCover(Cover& cover, base::LocalDate today) {
  FieldCheck check;
  check.required(cover.code, "code", 40);
  check.required(cover.title, "title", 500);
  check.optional(cover.note, "note", 500);
  if (cover.retention && (*cover.retention < 1 || *cover.retention > kLongestRetention)) {
    check.fault("case_file.retention", "retention", {{"most", std::to_string(kLongestRetention)}});
  }
  if (cover.openedOn > today) check.fault("field.date_in_future", "opened_on");
  return check.result();
}

int yearOf(base::LocalDate day) { return static_cast<int>(day.year()); }

base::Refusal codeTaken(const std::string& title) {
  return {RefusalKind::Conflict, "case_file.code_taken", "code", {{"title", title}}};
}

// R-181: carries `work` out in one transaction unless another file has the code; the unique key
// holds it against two who take it at once.
template <class Work>
auto withFreeCode(base::db::Database& database, const Caller& caller, const Cover& cover,
                  CaseFileId self, Work work) -> std::invoke_result_t<Work&, Session&> {
  const base::db::Params wanted{caller.agency, yearOf(cover.openedOn), cover.code, self.value()};
  try {
    return database.transact([&](Session& session) -> std::invoke_result_t<Work&, Session&> {
      if (const auto taken = session.find(kCodeTaken, wanted)) {
        return tl::unexpected(codeTaken(taken->text(0)));
      }
      return work(session);
    });
  } catch (const base::db::DuplicateKey&) {
    const auto taken =
        database.read([&](Session& session) { return session.find(kCodeTaken, wanted); });
    if (!taken) throw;
    return tl::unexpected(codeTaken(taken->text(0)));
  }
}

enum class By : std::uint8_t { Keeper, KeeperOrAbove };

bool isAbove(const Caller& caller, const CaseFile& file) {
  return directory::may(caller, directory::Capability::KeepRecords) ||
         (caller.role == Role::HeadOfUnit && caller.unit == file.unit && caller.unit.valid());
}

// The file, locked, if the caller may act on it in its present state.
Result<CaseFile> lockForAct(Session& session, const Caller& caller, const FileTarget& target,
                            std::initializer_list<FileState> allowed, By by = By::Keeper) {
  auto file = lockFile(session, caller, target.file);
  if (!file || file->agency != caller.agency) {
    return base::refuse(RefusalKind::NotFound, "case_file.unknown");
  }
  const bool own = file->keeper == caller.post;
  if (!own && !(by == By::KeeperOrAbove && isAbove(caller, *file))) {
    return base::refuse(RefusalKind::Forbidden, "case_file.not_yours");
  }
  if (target.version != 0 && target.version != file->version) {
    return base::refuse(RefusalKind::Conflict, "case_file.changed_meanwhile");
  }
  if (std::find(allowed.begin(), allowed.end(), file->state) == allowed.end()) {
    return base::refuse(RefusalKind::Conflict, "case_file.wrong_state", {},
                        {{"state", std::string(nameOf(file->state))}});
  }
  return std::move(*file);
}

// All of them or a refusal: one query.
Result<void> requireVisible(Session& session, const Caller& caller,
                            const std::vector<DocumentId>& documents) {
  const base::db::InList wanted(documents);
  base::db::Params params{caller.agency};
  directory::append(params, directory::documentVisibleParams(caller));
  wanted.appendTo(params);
  const auto found =
      session.query(std::string(kVisibleOf) + std::string(directory::kDocumentVisible) +
                        " AND d.id IN " + wanted.text(),
                    params);
  if (found.size() == documents.size()) return {};
  return base::refuse(RefusalKind::NotFound, "document.unknown");
}

}  // namespace

Result<CaseFileId> CaseFiles::open(const Caller& caller, const Cover& given) {
  auto cover = given;
  const auto now = clock_.now();
  if (auto good = checkCover(cover, base::localDate(now)); !good) {
    return tl::unexpected(good.error());
  }
  return withFreeCode(database_, caller, cover, {}, [&](Session& session) -> Result<CaseFileId> {
    const CaseFileId file(session.insert(
        kInsert, {caller.agency, caller.unit, caller.post, yearOf(cover.openedOn), cover.code,
                  cover.title, cover.retention, cover.work, cover.openedOn, cover.note, now}));
    record(session, clock_, caller, "case_file.opened", kKind, file.value(),
           {{"code", cover.code}});
    return file;
  });
}

Result<void> CaseFiles::edit(const Caller& caller, const FileTarget& target, const Cover& given) {
  auto cover = given;
  if (auto good = checkCover(cover, clock_.today()); !good) return good;
  const auto self = target.file;
  return withFreeCode(database_, caller, cover, self, [&](Session& session) -> Result<void> {
    const auto file = lockForAct(session, caller, target, {FileState::Open});
    if (!file) return tl::unexpected(file.error());
    session.execute(kEdit, {yearOf(cover.openedOn), cover.code, cover.title, cover.retention,
                            cover.work, cover.openedOn, cover.note, self});
    record(session, clock_, caller, "case_file.edited", kKind, self.value(),
           {{"code", cover.code}, {"title", cover.title}});
    return {};
  });
}

Result<void> CaseFiles::add(const Caller& caller, CaseFileId target,
                            const std::vector<DocumentId>& given) {
  auto wanted = given;
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  if (wanted.empty()) {
    return base::refuse(RefusalKind::Invalid, "case_file.no_document", "documents");
  }
  const auto now = clock_.now();
  return database_.transact([&](Session& session) -> Result<void> {
    const auto file = lockForAct(session, caller, {target}, {FileState::Open});
    if (!file) return tl::unexpected(file.error());
    if (auto seen = requireVisible(session, caller, wanted); !seen) return seen;
    if (file->documents + static_cast<std::int64_t>(wanted.size()) > kMostItems) {
      return base::refuse(RefusalKind::Conflict, "case_file.full", "documents",
                          {{"most", std::to_string(kMostItems)}});
    }
    std::vector<base::db::Params> rows;
    std::string added;
    for (const auto document : wanted) {
      rows.push_back({file->id, document, now, caller.post});
      added += (added.empty() ? "" : " ") + std::to_string(document.value());
    }
    session.insertMany(kAdd, rows);
    record(session, clock_, caller, "case_file.documents_added", kKind, file->id.value(),
           {{"documents", added}});
    return {};
  });
}

Result<void> CaseFiles::remove(const Caller& caller, CaseFileId target, DocumentId document) {
  return database_.transact([&](Session& session) -> Result<void> {
    const auto file = lockForAct(session, caller, {target}, {FileState::Open});
    if (!file) return tl::unexpected(file.error());
    if (session.execute(kRemove, {file->id, document}) == 0) return {};
    record(session, clock_, caller, "case_file.document_removed", kKind, file->id.value(),
           {{"document", std::to_string(document.value())}});
    return {};
  });
}

Result<void> CaseFiles::close(const Caller& caller, const Closing& input) {
  Cover cover{.code = "-", .title = input.title, .retention = input.retention};
  const auto today = clock_.today();
  if (auto good = checkCover(cover, today); !good) return good;
  if (input.endedOn > today) {
    return base::refuse(RefusalKind::Invalid, "field.date_in_future", "ended_on");
  }
  return database_.transact([&](Session& session) -> Result<void> {
    const auto file = lockForAct(session, caller, input.target, {FileState::Open});
    if (!file) return tl::unexpected(file.error());
    if (file->documents == 0) return base::refuse(RefusalKind::Conflict, "case_file.empty");
    if (input.endedOn < file->openedOn) {
      return base::refuse(RefusalKind::Invalid, "case_file.ends_before_it_begins", "ended_on");
    }
    const auto due = handInDue(input.endedOn, file->work);
    session.execute(
        kClose, {FileState::Closed, input.endedOn, cover.title, cover.retention, due, file->id});
    record(session, clock_, caller, "case_file.closed", kKind, file->id.value(),
           {{"ended_on", base::isoDate(input.endedOn)}, {"hand_in_due", base::isoDate(due)}});
    return {};
  });
}

Result<void> CaseFiles::reopen(const Caller& caller, const FileTarget& target,
                               const std::string& reason) {
  const auto text = reasonOf(reason);
  if (!text) return tl::unexpected(text.error());
  return database_.transact([&](Session& session) -> Result<void> {
    const auto file = lockForAct(session, caller, target, {FileState::Closed});
    if (!file) return tl::unexpected(file.error());
    session.execute(kReopen, {FileState::Open, file->id});
    record(session, clock_, caller, "case_file.reopened", kKind, file->id.value(),
           {{"reason", *text}});
    return {};
  });
}

Result<void> CaseFiles::keepBack(const Caller& caller, const FileTarget& target,
                                 base::LocalDate until, const std::string& reason) {
  const auto text = reasonOf(reason);
  if (!text) return tl::unexpected(text.error());
  return database_.transact([&](Session& session) -> Result<void> {
    const auto file = lockForAct(session, caller, target, {FileState::Closed});
    if (!file) return tl::unexpected(file.error());
    const auto due = handInDue(file->endedOn.value(), file->work);
    const auto latest = latestKeepingBack(due);  // R-184
    if (until <= due || until > latest) {
      return base::refuse(RefusalKind::Invalid, "case_file.kept_back_too_long", "until",
                          {{"due", base::viDate(due)}, {"latest", base::viDate(latest)}});
    }
    session.execute(kKeepBack, {until, until, file->id});
    record(session, clock_, caller, "case_file.kept_back", kKind, file->id.value(),
           {{"until", base::isoDate(until)}, {"reason", *text}});
    return {};
  });
}

Result<void> CaseFiles::passOn(const Caller& caller, const FileTarget& target, PostId keeper,
                               const std::string& reason) {
  const auto text = reasonOf(reason);
  if (!text) return tl::unexpected(text.error());
  const auto today = clock_.today();
  return database_.transact([&](Session& session) -> Result<void> {
    const auto file = lockForAct(session, caller, target, {FileState::Open, FileState::Closed},
                                 By::KeeperOrAbove);
    if (!file) return tl::unexpected(file.error());
    const auto card = directory::findPost(session, keeper, today);
    if (!card || card->agency != caller.agency || !card->active) {
      return base::refuse(RefusalKind::Invalid, "case_file.unknown_keeper", "keeper");
    }
    session.execute(kPassOn, {keeper, card->unit, file->id});
    record(session, clock_, caller, "case_file.passed_on", kKind, file->id.value(),
           {{"from", file->keeperName}, {"to", card->personName}, {"reason", *text}});
    return {};
  });
}

void CaseFiles::noteExport(const Caller& caller, CaseFileId file) {
  database_.transact([&](Session& session) {
    record(session, clock_, caller, "case_file.exported", kKind, file.value());
  });
}

}  // namespace eoffice::records
