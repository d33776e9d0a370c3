// Hồ sơ, the case file: the documents of one piece of work, kept together from the day on which
// somebody opens the file to the archive. The words and the rules of time; values only. A document
// lies in as many files as it belongs to, without a copy.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "eoffice/ids.h"

namespace eoffice::records {

using CaseFileId = base::Id<struct CaseFileTag>;
using HandInId = base::Id<struct HandInTag>;

/// Stored in `case_file.state`: never renumber.
enum class FileState : std::uint8_t {
  Open = 1,      ///< đang lập: takes documents
  Closed = 2,    ///< đã kết thúc: the work is done, nothing is added
  HandedIn = 3,  ///< đã nộp: waits for the archive's answer
  Archived = 4   ///< đã lưu trữ
};
[[nodiscard]] std::string_view nameOf(FileState state);
[[nodiscard]] std::optional<FileState> fileStateFrom(std::string_view name);

/// Stored in `case_file.work`. Decides how long a closed file may stay with its keeper.
enum class Work : std::uint8_t { General = 1, Construction = 2 };
[[nodiscard]] std::string_view nameOf(Work work);
[[nodiscard]] std::optional<Work> workFrom(std::string_view name);

/// Years after the file is closed for which it is kept; empty: permanently.
using Retention = std::optional<int>;
inline constexpr int kLongestRetention = 70;

struct CaseFile {
  CaseFileId id;
  AgencyId agency;
  UnitId unit;
  PostId keeper;
  std::string keeperName;
  int year = 0;
  std::string code;  ///< `01.TCCB`
  std::string title;
  Retention retention;
  Work work = Work::General;
  FileState state = FileState::Open;
  int version = 1;
  base::LocalDate openedOn{};
  std::optional<base::LocalDate> endedOn;    ///< Of the work.
  std::optional<base::LocalDate> handInDue;  ///< The last day; with `keptBackUntil`, that one.
  std::optional<base::LocalDate> keptBackUntil;
  std::string note;
  std::int64_t documents = 0;
};

/// the last day for handing in a file whose work ended on `ended`: a year later, for
/// construction three months.
[[nodiscard]] base::LocalDate handInDue(base::LocalDate ended, Work work);
/// the last day to which it may be kept back with consent: two years after `due`.
[[nodiscard]] base::LocalDate latestKeepingBack(base::LocalDate due);
/// files that are kept for less than five years need not be handed in.
[[nodiscard]] bool mustBeHandedIn(const Retention& retention);
/// the last day of the retention of a file whose work ended on `ended`: its years count from
/// 1 January after that. Empty: permanent.
[[nodiscard]] std::optional<base::LocalDate> keptUntil(base::LocalDate ended,
                                                       const Retention& retention);
/// the first day of the warning before `due`.
[[nodiscard]] base::LocalDate warningDay(base::LocalDate due);

}  // namespace eoffice::records
