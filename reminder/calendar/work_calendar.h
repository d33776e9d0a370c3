// Which days and minutes are working time. A calendar is rules (rest days of the week, fixed and
// lunar holidays, the shifted day for a holiday on a rest day) with the dated decisions of each
// year on top; a later layer wins. Knows no tasks and no files (see calendar_files.h).
// Immutable once built; safe from any thread. Days are local dates in Asia/Ho_Chi_Minh.
//
// Every function that takes a day asks for one inside `firstDay()`..`lastDay()` and throws
// std::out_of_range for another: a guess about a year whose holidays nobody knows is worse.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"

namespace reminder {

/// What a day is. Stored nowhere, named in calendar files: `holiday`, `compensation` ...
enum class DayKind : std::uint8_t {
  Workday,
  RestDay,       ///< Saturday, Sunday, or what the rules say.
  Holiday,       ///< Labour Code, article 112.
  Compensation,  ///< For a holiday on a rest day (article 111.3).
  SwappedOff,    ///< A workday made free ...
  SwappedWork,   ///< ... and the rest day that is worked for it.
  LocalOff       ///< Storm, funeral: a decision for this place.
};

struct DayRule {
  base::LocalDate date;
  DayKind kind = DayKind::Holiday;
  std::string name;      ///< Vietnamese, for pages: `Tết Nguyên đán`.
  std::string decision;  ///< Where it is decided: `Thông báo 9441/TB-BNV`.
};

/// One uninterrupted stretch of work, minutes after local midnight, `to` excluded.
struct WorkSpan {
  std::chrono::minutes from;
  std::chrono::minutes to;
};

/// What the calendar is built from. `days` holds rules and decisions already laid over each other,
/// one entry a date.
struct CalendarParts {
  int firstYear = 0;
  int lastYear = 0;
  std::vector<std::chrono::weekday> restDays;
  std::vector<WorkSpan> hours;  ///< In order, not overlapping, at least one.
  std::vector<DayRule> days;
  std::vector<DayRule> unsettled;  ///< Announced but not decided: shown, never counted.
};

class WorkCalendar {
 public:
  explicit WorkCalendar(CalendarParts parts);

  [[nodiscard]] base::LocalDate firstDay() const;
  [[nodiscard]] base::LocalDate lastDay() const;
  [[nodiscard]] bool covers(base::LocalDate day) const;

  [[nodiscard]] DayKind kind(base::LocalDate day) const;
  /// The holiday's name; empty for an ordinary workday or rest day.
  [[nodiscard]] const std::string& name(base::LocalDate day) const;
  [[nodiscard]] bool isWorkday(base::LocalDate day) const;
  [[nodiscard]] base::LocalDate nextWorkday(base::LocalDate day) const;      ///< After `day`.
  [[nodiscard]] base::LocalDate previousWorkday(base::LocalDate day) const;  ///< Before `day`.
  [[nodiscard]] base::LocalDate workdayOnOrAfter(base::LocalDate day) const;
  [[nodiscard]] base::LocalDate workdayOnOrBefore(base::LocalDate day) const;

  /// the day of the event is not counted. `count` > 0: the count-th workday after `from`;
  /// < 0: before it; 0: `from` itself, or the next workday when `from` is none.
  [[nodiscard]] base::LocalDate addWorkdays(base::LocalDate from, int count) const;
  /// Workdays after `from` up to and with `to`; negative when `to` is earlier: minus the workdays
  /// after `to` up to and with `from`. `workdaysBetween(d, addWorkdays(d, n)) == n` for n > 0.
  [[nodiscard]] int workdaysBetween(base::LocalDate from, base::LocalDate to) const;

  [[nodiscard]] base::Instant startOfWork(base::LocalDate workday) const;
  /// The end of the last span, for any day: `Hôm nay 17:00`.
  [[nodiscard]] base::Instant endOfWork(base::LocalDate day) const;
  [[nodiscard]] bool isWorkingTime(base::Instant instant) const;
  /// `instant` itself when it is working time, else the first working minute after it.
  [[nodiscard]] base::Instant workingTimeFrom(base::Instant instant) const;
  /// Working time from `from` to `to`; negative when `to` is earlier.
  [[nodiscard]] std::chrono::microseconds workingTimeBetween(base::Instant from,
                                                             base::Instant to) const;

  /// Changes whenever any day or hour of the calendar does: what was reckoned with another
  /// fingerprint must be reckoned again. 16 hexadecimal digits.
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }
  /// The days off and the swapped days of one year, in order, for the calendar page.
  [[nodiscard]] std::vector<DayRule> days(int year) const;
  [[nodiscard]] const std::vector<DayRule>& unsettled() const { return parts_.unsettled; }

 private:
  [[nodiscard]] std::size_t indexOf(base::LocalDate day) const;

  CalendarParts parts_;
  std::vector<DayKind> kinds_;          ///< One a day from `firstDay()`.
  std::vector<int> workdaysUpTo_;       ///< Workdays among the days before index i.
  std::vector<std::int32_t> workdays_;  ///< The index of each workday, in order.
  std::string fingerprint_;
};

}  // namespace reminder
