// A ladder: which reminders of a deadline go out, when, and to whom. Data, not law: an office
// changes config/ladders/*.json. Pure values; safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "reminder/calendar/work_calendar.h"
#include "reminder/tasks/task.h"

namespace reminder {

/// Whom a rung speaks to, seen from the task. Stored in `reminder_fire.role`: never renumber.
enum class RecipientRole : std::uint8_t {
  Holder = 1,        ///< The lead.
  HeadOfUnit = 2,    ///< Of the lead's unit.
  HeadOfOffice = 3,  ///< Of the scope.
  Assigner = 4,      ///< The leader who assigned it.
  Supports = 5
};

struct Rung {
  std::string id;    ///< `before_3`, `due_day`, `late_1`: stored with each reminder.
  int workdays = 0;  ///< Before the due day (negative), on it (0), after it (positive).
  std::vector<RecipientRole> to;
};

/// Rungs in order of `workdays`, each once.
struct Ladder {
  std::string name;
  std::vector<Rung> rungs;
};

/// When a rung of a deadline goes out.
struct RungTime {
  const Rung* rung;  ///< Of the ladder that was asked.
  base::LocalDate day;
  base::Instant at;  ///< The first working minute of `day`.
};

/// the workdays of the ladder's rungs around `due`, in order of time. Rungs before the
/// due day are counted back from the last workday on or before it; rungs after it from the due day
/// itself. Rungs outside the calendar are left out.
[[nodiscard]] std::vector<RungTime> timesOf(const Ladder& ladder, base::LocalDate due,
                                            const WorkCalendar& calendar);

/// The ladders of a deployment: the first one whose condition a task meets.
class LadderBook {
 public:
  struct Entry {
    std::optional<Urgency> urgency;         ///< Empty: any.
    std::optional<std::string> sourceKind;  ///< Empty: any.
    Ladder ladder;
  };
  /// The last entry has no condition.
  explicit LadderBook(std::vector<Entry> entries) : entries_(std::move(entries)) {}
  [[nodiscard]] const Ladder& of(Urgency urgency, const std::string& sourceKind) const;
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  /// Changes with any rung: timers set by another ladder are set again. 16 hexadecimal digits.
  [[nodiscard]] std::string fingerprint() const;

 private:
  std::vector<Entry> entries_;
};

}  // namespace reminder
