#include "reminder/tasks/task.h"

namespace reminder {
namespace {

constexpr int kNearWorkdays = 3;

}  // namespace

Timing timingOf(const Task& task, base::LocalDate today, const WorkCalendar& calendar) {
  if (task.state == TaskState::Cancelled || !task.due) return Timing::None;
  if (task.reportedAt) {
    // the day of the report decides, not the day on which it was confirmed.
    return base::localDate(*task.reportedAt) > *task.due ? Timing::Late : Timing::InTime;
  }
  if (*task.due < today) return Timing::Late;
  return *task.due < nearEnds(today, calendar) ? Timing::Near : Timing::InTime;
}

base::LocalDate nearEnds(base::LocalDate today, const WorkCalendar& calendar) {
  // everything before the fourth workday from now has at most three workdays left.
  return calendar.addWorkdays(today, kNearWorkdays + 1);
}

std::optional<base::LocalDate> dueOf(const Deadline& deadline, base::LocalDate assigned,
                                     const WorkCalendar& calendar) {
  switch (deadline.kind) {
    case DeadlineKind::None:
      return std::nullopt;
    case DeadlineKind::Date:
      return deadline.date;  // a day that was given stays as given
    case DeadlineKind::Workdays:
      return calendar.addWorkdays(assigned, deadline.workdays);
  }
  return std::nullopt;
}

}  // namespace reminder
