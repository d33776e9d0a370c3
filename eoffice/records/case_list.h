// Danh mục hồ sơ: the year's list of the files that an agency will open, with their codes,
// retention and keepers. Keepers of records prepare it; the head of the agency or of its office
// puts it in force at the start of the year; then people open their files from it (NĐ 30/2020, Điều
// 29).
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/db/database.h"
#include "base/result.h"
#include "eoffice/directory/caller.h"
#include "eoffice/records/case_file.h"

namespace eoffice::records {

/// One line, with the columns of NĐ 30/2020, Phụ lục V.
struct ListEntry {
  std::string heading;  ///< Đề mục; consecutive lines of one heading stand below it.
  std::string code;     ///< `01.TCCB`: once in the list (R-181).
  std::string title;
  Retention retention;
  PostId keeper;  ///< Not valid: not decided yet.
  std::string keeperName = {};
  std::string note;
  CaseFileId opened = {};  ///< The file of that code, if it was opened and the reader sees it.
};

struct CaseList {
  enum class State : std::uint8_t { Draft = 1, InForce = 2 };  ///< Stored.
  int year = 0;
  State state = State::Draft;
  int version = 0;  ///< 0: nobody has begun it.
  std::optional<base::Instant> issuedAt;
  std::string issuedByName;
  std::vector<ListEntry> entries;
};
[[nodiscard]] std::string_view nameOf(CaseList::State state);

class CaseLists {
 public:
  CaseLists(base::db::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  /// The list of the caller's agency; an empty draft when there is none.
  [[nodiscard]] CaseList of(const Caller& caller, int year) const;

  /// Replaces the lines of a draft, in the order given. Refuses `permission.denied` (keepers of
  /// records), `case_list.in_force`, `case_list.changed_meanwhile`, and all faults of all lines at
  /// once: `field.*`, `case_list.code_twice` (the field is `entries.2.code`).
  [[nodiscard]] base::Result<void> save(const Caller& caller, int year, int version,
                                        const std::vector<ListEntry>& entries);
  /// By who signs for the agency. Refuses `permission.denied`, `case_list.empty`,
  /// `case_list.in_force`, `case_list.changed_meanwhile`.
  [[nodiscard]] base::Result<void> issue(const Caller& caller, int year, int version);
  /// A line more while the list is in force: work comes up that nobody planned. By keepers of
  /// records.
  [[nodiscard]] base::Result<void> addEntry(const Caller& caller, int year, const ListEntry& entry);
  /// Out of a draft. A code that is not in it: nothing to do.
  [[nodiscard]] base::Result<void> removeEntry(const Caller& caller, int year,
                                               const std::string& code);
  /// Last year's lines as the beginning of an empty draft. Refuses `case_list.none_before`,
  /// `case_list.not_empty`.
  [[nodiscard]] base::Result<void> copyLastYear(const Caller& caller, int year);

 private:
  base::db::Database& database_;
  const base::Clock& clock_;
};

}  // namespace eoffice::records
