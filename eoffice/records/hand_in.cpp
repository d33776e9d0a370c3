// Files go to the archive together, and the archive answers.
#include <algorithm>

#include "base/db/in_list.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/records/act_parts_internal.h"
#include "eoffice/records/case_file_rows.h"
#include "eoffice/records/case_files.h"

namespace eoffice::records {
namespace {

using base::RefusalKind;
using base::Result;
using base::db::Session;

constexpr std::string_view kKind = "case_hand_in";
constexpr std::size_t kMostTogether = 300;

constexpr std::string_view kLockChosen = R"(/* records.lockChosenFiles */
SELECT id, state, title FROM case_file WHERE keeper_post = ? AND agency_id = ? AND id IN )";
constexpr std::string_view kInsert = R"(/* records.handIn */
INSERT INTO case_hand_in (agency_id, handed_in_at, handed_in_by_post) VALUES (?, ?, ?))";
constexpr std::string_view kInsertFiles = R"(/* records.handInFiles */
INSERT INTO case_hand_in_file (hand_in_id, case_file_id, position) VALUES)";
constexpr std::string_view kSetStates = R"(/* records.setFileStates */
UPDATE case_file SET state = ?, version = version + 1 WHERE id IN )";
constexpr std::string_view kLock = R"(/* records.lockHandIn */
SELECT state FROM case_hand_in WHERE id = ? AND agency_id = ? FOR UPDATE)";
constexpr std::string_view kAnswer = R"(/* records.answerHandIn */
UPDATE case_hand_in SET state = ?, answered_at = ?, answered_by_post = ?, remark = ? WHERE id = ?)";
constexpr std::string_view kAnswerFiles = R"(/* records.answerHandInFiles */
UPDATE case_file f JOIN case_hand_in_file c ON c.case_file_id = f.id
SET f.state = ?, f.version = f.version + 1 WHERE c.hand_in_id = ? AND f.state = ?)";

void setStates(Session& session, const base::db::InList& files, FileState state) {
  base::db::Params params{state};
  files.appendTo(params);
  session.execute(std::string(kSetStates) + files.text(), params);
}

// The caller's closed files, locked in the order of their ids.
Result<void> lockChosen(Session& session, const Caller& caller, const base::db::InList& chosen,
                        std::size_t count) {
  base::db::Params params{caller.post, caller.agency};
  chosen.appendTo(params);
  const auto rows =
      session.query(std::string(kLockChosen) + chosen.text() + " ORDER BY id FOR UPDATE", params);
  if (rows.size() != count) return base::refuse(RefusalKind::NotFound, "case_file.unknown");
  for (const auto& row : rows) {
    const auto state = row.code<FileState>(1);
    if (state == FileState::Closed) continue;
    return base::refuse(RefusalKind::Conflict, "case_file.not_closed", "files",
                        {{"title", row.text(2)}, {"state", std::string(nameOf(state))}});
  }
  return {};
}

Result<void> answer(Session& session, const base::Clock& clock, const Caller& caller,
                    HandInId handIn, HandIn::State state, FileState files,
                    const std::string& remark) {
  if (auto right = directory::require(caller, directory::Capability::KeepRecords); !right) {
    return right;
  }
  const auto row = session.find(kLock, {handIn, caller.agency});
  if (!row) return base::refuse(RefusalKind::NotFound, "hand_in.unknown");
  if (row->code<HandIn::State>(0) != HandIn::State::Waiting) {
    return base::refuse(RefusalKind::Conflict, "hand_in.answered");
  }
  session.execute(kAnswer, {state, clock.now(), caller.post, remark, handIn});
  session.execute(kAnswerFiles, {files, handIn, FileState::HandedIn});
  record(session, clock, caller, "case_hand_in." + std::string(nameOf(state)), kKind,
         handIn.value(), {{"remark", remark}});
  return {};
}

}  // namespace

Result<HandInId> CaseFiles::handIn(const Caller& caller, const std::vector<CaseFileId>& given) {
  auto files = given;
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  if (files.empty()) return base::refuse(RefusalKind::Invalid, "case_file.none_chosen", "files");
  if (files.size() > kMostTogether) {
    return base::refuse(RefusalKind::Invalid, "field.too_many", "files",
                        {{"most", std::to_string(kMostTogether)}});
  }
  const base::db::InList chosen(files);
  return database_.transact([&](Session& session) -> Result<HandInId> {
    if (auto locked = lockChosen(session, caller, chosen, files.size()); !locked) {
      return tl::unexpected(locked.error());
    }
    const HandInId handIn(session.insert(kInsert, {caller.agency, clock_.now(), caller.post}));
    std::vector<base::db::Params> rows;
    for (const auto file : files) rows.push_back({handIn, file, rows.size() + 1});
    session.insertMany(kInsertFiles, rows);
    setStates(session, chosen, FileState::HandedIn);
    record(session, clock_, caller, "case_hand_in.handed_in", kKind, handIn.value(),
           {{"files", std::to_string(files.size())}});
    return handIn;
  });
}

Result<void> CaseFiles::accept(const Caller& caller, HandInId handIn) {
  return database_.transact([&](Session& session) {
    return answer(session, clock_, caller, handIn, HandIn::State::Accepted, FileState::Archived,
                  {});
  });
}

Result<void> CaseFiles::giveBack(const Caller& caller, HandInId handIn, const std::string& reason) {
  const auto text = reasonOf(reason);
  if (!text) return tl::unexpected(text.error());
  return database_.transact([&](Session& session) {
    return answer(session, clock_, caller, handIn, HandIn::State::Returned, FileState::Closed,
                  *text);
  });
}

}  // namespace eoffice::records
