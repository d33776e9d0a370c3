#include "reminder/calendar/calendar_rules.h"

#include <algorithm>

namespace reminder {
namespace {

std::map<base::LocalDate, DayRule> holidaysOf(int year, const CalendarRules& rules,
                                              const CalendarDecisions& decisions) {
  std::map<base::LocalDate, DayRule> days;
  for (const auto& rule : rules.holidays) {
    if (decisions.settled.contains({year, rule.id})) continue;
    const auto date = rule.month == 0
                          ? rules.lunar.at(year).at(rule.id)
                          : base::LocalDate{std::chrono::year{year} / rule.month / rule.day};
    for (int i = -rule.before; i <= rule.after; ++i) {
      const auto day = base::addDays(date, i);
      days.emplace(day, DayRule{day, DayKind::Holiday, rule.name, rule.decision});
    }
  }
  return days;
}

/// The next day that can make good a holiday on `holiday`: neither rest day, holiday nor taken. A
/// compensation that is decided for that day is the one meant.
base::LocalDate compensationFor(base::LocalDate holiday, const CalendarRules& rules,
                                const CalendarDecisions& decisions,
                                const std::map<base::LocalDate, DayRule>& days) {
  for (auto day = base::addDays(holiday, 1);; day = base::addDays(day, 1)) {
    if (isRestDay(rules, day) || days.contains(day)) continue;
    const auto decided = decisions.days.find(day);
    if (decided == decisions.days.end() || decided->second.kind == DayKind::Compensation)
      return day;
  }
}

/// each holiday on a rest day is made good on the next working day.
void addObservedShift(const CalendarRules& rules, const CalendarDecisions& decisions,
                      std::map<base::LocalDate, DayRule>& days) {
  const auto holidays = days;
  for (const auto& [date, holiday] : holidays) {
    if (!isRestDay(rules, date)) continue;
    const auto day = compensationFor(date, rules, decisions, days);
    // texts: data begin
    days.emplace(day, DayRule{day, DayKind::Compensation, "Nghỉ bù " + holiday.name,
                              "Bộ luật Lao động 2019, Điều 111.3"});
    // texts: data end
  }
}

}  // namespace

bool isRestDay(const CalendarRules& rules, base::LocalDate day) {
  const std::chrono::weekday weekday{std::chrono::sys_days{day}};
  const auto& rest = rules.parts.restDays;
  return std::find(rest.begin(), rest.end(), weekday) != rest.end();
}

CalendarParts laidOver(CalendarRules rules, CalendarDecisions decisions) {
  std::map<base::LocalDate, DayRule> days;
  for (int year = rules.parts.firstYear; year <= rules.parts.lastYear; ++year) {
    days.merge(holidaysOf(year, rules, decisions));
  }
  if (rules.observedShift) addObservedShift(rules, decisions, days);
  for (auto& [date, day] : decisions.days) days.insert_or_assign(date, day);
  for (auto& [date, day] : days) rules.parts.days.push_back(std::move(day));
  rules.parts.unsettled = std::move(decisions.unsettled);
  return std::move(rules.parts);
}

}  // namespace reminder
