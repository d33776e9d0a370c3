#include "reminder/tasks/task_checks.h"

#include <set>

#include "base/text.h"

namespace reminder::checks {
namespace {

using base::Refusal;
using base::RefusalKind;

constexpr int kMostWorkdays = 400;

Refusal invalid(const char* code, const char* field) {
  return Refusal{RefusalKind::Invalid, code, field, {}, {}};
}

}  // namespace

std::optional<Refusal> textFault(const std::string& text, const char* field, std::size_t longest,
                                 Need need) {
  if (!base::isUtf8(text)) return invalid("task.text_invalid", field);
  if (need == Need::Required && base::squeezed(text).empty()) {
    return invalid("task.text_missing", field);
  }
  if (base::lengthInCharacters(text) <= longest) return std::nullopt;
  auto refusal = invalid("task.text_too_long", field);
  refusal.facts = {{"most", std::to_string(longest)}};
  return refusal;
}

std::vector<Refusal> peopleFaults(const Assignment& assignment) {
  std::vector<Refusal> faults;
  if (!assignment.lead.holder.valid()) faults.push_back(invalid("task.lead_missing", "lead"));
  std::set<HolderId> seen{assignment.lead.holder};
  const auto check = [&](const std::vector<Seat>& seats, const char* field) {
    for (const auto& seat : seats) {
      if (!seat.holder.valid() || !seen.insert(seat.holder).second) {
        faults.push_back(invalid("task.holder_twice", field));
        return;
      }
    }
  };
  check(assignment.supports, "supports");
  check(assignment.followers, "followers");
  if (seen.size() > kMostPeople) faults.push_back(invalid("task.too_many_people", "followers"));
  return faults;
}

std::optional<Refusal> deadlineFault(const Deadline& deadline, base::LocalDate today,
                                     const WorkCalendar& calendar) {
  if (deadline.kind == DeadlineKind::Workdays) {
    if (deadline.workdays < 1 || deadline.workdays > kMostWorkdays) {
      return invalid("task.workdays_out_of_range", "deadline");
    }
  }
  if (deadline.kind == DeadlineKind::Date) {
    if (deadline.date < today) return invalid("task.due_in_past", "deadline");
  }
  // The ladder and every count look some workdays beyond the due day.
  const auto last = base::addDays(calendar.lastDay(), -60);
  const auto reach = deadline.kind == DeadlineKind::Date
                         ? deadline.date
                         : base::addDays(today, 2 * deadline.workdays + 30);
  if (deadline.kind == DeadlineKind::None || (reach.ok() && reach <= last)) return std::nullopt;
  return invalid("task.due_outside_calendar", "deadline");
}

}  // namespace reminder::checks
