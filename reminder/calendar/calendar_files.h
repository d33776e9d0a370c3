// Reads a calendar from its files: `<name>.json` holds the rules (rest days, hours, fixed holidays,
// the lunar table, the observed shift), every `<name>-*.json` beside it the decisions of a year or
// of a place, laid over the rules in the order of their names. Format: docs/tasks.md.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "reminder/calendar/work_calendar.h"
#include "reminder/ids.h"

namespace reminder {

/// All faults at once: `calendar.unreadable`, `calendar.bad_json`, `calendar.missing`,
/// `calendar.unknown_key`, `calendar.bad_value` (field = `file: place`), `calendar.date_twice`,
/// `calendar.swap_of_wrong_day`.
[[nodiscard]] base::Result<CalendarParts> readCalendar(const std::filesystem::path& folder,
                                                       const std::string& name);

/// Which calendar counts for an agency.
class Calendars {
 public:
  virtual ~Calendars() = default;
  /// Safe from any thread. The reference lives as long as this.
  [[nodiscard]] virtual const WorkCalendar& of(ScopeId scope) const = 0;
  /// One fingerprint over all of them.
  [[nodiscard]] virtual std::string fingerprint() const = 0;
};

/// One calendar for every agency of this deployment.
class OneCalendar : public Calendars {
 public:
  explicit OneCalendar(CalendarParts parts) : calendar_(std::move(parts)) {}
  [[nodiscard]] const WorkCalendar& of(ScopeId) const override { return calendar_; }
  [[nodiscard]] std::string fingerprint() const override { return calendar_.fingerprint(); }

 private:
  WorkCalendar calendar_;
};

}  // namespace reminder
