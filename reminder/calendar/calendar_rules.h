// How a calendar comes together: the rules give the holidays of every year, the observed shift
// their compensation, and the dated decisions are laid on top. Pure; knows no files. Safe from any
// thread.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "reminder/calendar/work_calendar.h"

namespace reminder {

/// One holiday that the rules give, before it is laid on a year.
struct HolidayRule {
  std::string id;
  int month = 0;  ///< 0: by the lunar table.
  int day = 0;
  int before = 0;  ///< Further days off before and after the day itself.
  int after = 0;
  std::string name;
  std::string decision;
};

struct CalendarRules {
  CalendarParts parts;
  bool observedShift = false;
  std::vector<HolidayRule> holidays;
  std::map<int, std::map<std::string, base::LocalDate>> lunar;  ///< By year and id.
};

struct CalendarDecisions {
  std::set<std::pair<int, std::string>>
      settled;  ///< Year and holiday that the rules no longer give.
  std::map<base::LocalDate, DayRule> days;
  std::vector<DayRule> unsettled;
};

/// What the calendar is without any decision: Saturday, Sunday ...
[[nodiscard]] bool isRestDay(const CalendarRules& rules, base::LocalDate day);

/// Rules, observed shift and decisions, each laid over what comes before it.
[[nodiscard]] CalendarParts laidOver(CalendarRules rules, CalendarDecisions decisions);

}  // namespace reminder
