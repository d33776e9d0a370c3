#include "reminder/calendar/work_calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace reminder {
namespace {

using std::chrono::microseconds;
using std::chrono::minutes;

bool restsOn(const CalendarParts& parts, base::LocalDate day) {
  const std::chrono::weekday weekday{std::chrono::sys_days{day}};
  return std::find(parts.restDays.begin(), parts.restDays.end(), weekday) != parts.restDays.end();
}

bool works(DayKind kind) { return kind == DayKind::Workday || kind == DayKind::SwappedWork; }

/// FNV-1a: tells calendars apart, protects nothing.
class Fingerprint {
 public:
  void add(std::int64_t number) {
    for (int byte = 0; byte < 8; ++byte) {
      hash_ = (hash_ ^ static_cast<std::uint64_t>((number >> (8 * byte)) & 0xff)) * 1099511628211U;
    }
  }
  [[nodiscard]] std::string text() const { return fmt::format("{:016x}", hash_); }

 private:
  std::uint64_t hash_ = 14695981039346656037U;
};

microseconds spent(const std::vector<WorkSpan>& hours, microseconds upTo) {
  microseconds sum{};
  for (const auto& span : hours) {
    sum += std::clamp(upTo, microseconds{span.from}, microseconds{span.to}) - span.from;
  }
  return sum;
}

}  // namespace

WorkCalendar::WorkCalendar(CalendarParts parts) : parts_(std::move(parts)) {
  if (parts_.hours.empty() || parts_.firstYear > parts_.lastYear || parts_.restDays.size() > 6) {
    throw std::invalid_argument("a calendar needs years, working hours and a day to work");
  }
  std::sort(parts_.days.begin(), parts_.days.end(),
            [](const DayRule& a, const DayRule& b) { return a.date < b.date; });
  const int count = base::daysBetween(firstDay(), lastDay()) + 1;
  kinds_.reserve(static_cast<std::size_t>(count));
  auto rule = parts_.days.begin();
  Fingerprint fingerprint;
  for (int i = 0; i < count; ++i) {
    const auto day = base::addDays(firstDay(), i);
    auto kind = restsOn(parts_, day) ? DayKind::RestDay : DayKind::Workday;
    while (rule != parts_.days.end() && rule->date < day) ++rule;
    if (rule != parts_.days.end() && rule->date == day) kind = rule->kind;
    workdaysUpTo_.push_back(static_cast<int>(workdays_.size()));
    if (works(kind)) workdays_.push_back(i);
    kinds_.push_back(kind);
    fingerprint.add(works(kind) ? 1 : 0);
  }
  for (const auto& span : parts_.hours) {
    fingerprint.add(span.from.count());
    fingerprint.add(span.to.count());
  }
  fingerprint.add(parts_.firstYear);
  fingerprint_ = fingerprint.text();
}

base::LocalDate WorkCalendar::firstDay() const {
  return std::chrono::year{parts_.firstYear} / std::chrono::January / 1;
}

base::LocalDate WorkCalendar::lastDay() const {
  return std::chrono::year{parts_.lastYear} / std::chrono::December / 31;
}

bool WorkCalendar::covers(base::LocalDate day) const {
  return day.ok() && day >= firstDay() && day <= lastDay();
}

std::size_t WorkCalendar::indexOf(base::LocalDate day) const {
  if (!covers(day)) {
    throw std::out_of_range("the calendar ends before " + base::isoDate(day));
  }
  return static_cast<std::size_t>(base::daysBetween(firstDay(), day));
}

DayKind WorkCalendar::kind(base::LocalDate day) const { return kinds_[indexOf(day)]; }

const std::string& WorkCalendar::name(base::LocalDate day) const {
  static const std::string kNone;
  const auto found = std::lower_bound(
      parts_.days.begin(), parts_.days.end(), day,
      [](const DayRule& rule, base::LocalDate wanted) { return rule.date < wanted; });
  return found != parts_.days.end() && found->date == day ? found->name : kNone;
}

bool WorkCalendar::isWorkday(base::LocalDate day) const { return works(kind(day)); }

base::LocalDate WorkCalendar::nextWorkday(base::LocalDate day) const { return addWorkdays(day, 1); }

base::LocalDate WorkCalendar::previousWorkday(base::LocalDate day) const {
  return addWorkdays(day, -1);
}

base::LocalDate WorkCalendar::workdayOnOrAfter(base::LocalDate day) const {
  return isWorkday(day) ? day : nextWorkday(day);
}

base::LocalDate WorkCalendar::workdayOnOrBefore(base::LocalDate day) const {
  return isWorkday(day) ? day : previousWorkday(day);
}

base::LocalDate WorkCalendar::addWorkdays(base::LocalDate from, int count) const {
  if (count == 0) return workdayOnOrAfter(from);
  const auto index = indexOf(from);
  const int before = workdaysUpTo_[index];
  const int past = before + (works(kinds_[index]) ? 1 : 0);  // up to and with `from`
  // the day of the event is not counted, in either direction.
  const int wanted = count > 0 ? past + count - 1 : before + count;
  if (wanted < 0 || wanted >= static_cast<int>(workdays_.size())) {
    throw std::out_of_range("the calendar ends before the workday that is asked for");
  }
  return base::addDays(firstDay(), workdays_[static_cast<std::size_t>(wanted)]);
}

int WorkCalendar::workdaysBetween(base::LocalDate from, base::LocalDate to) const {
  if (to < from) return -workdaysBetween(to, from);
  const auto upToAndWith = [this](base::LocalDate day) {
    const auto index = indexOf(day);
    return workdaysUpTo_[index] + (works(kinds_[index]) ? 1 : 0);
  };
  return upToAndWith(to) - upToAndWith(from);
}

base::Instant WorkCalendar::startOfWork(base::LocalDate workday) const {
  return base::toInstant(workday, parts_.hours.front().from);
}

base::Instant WorkCalendar::endOfWork(base::LocalDate day) const {
  return base::toInstant(day, parts_.hours.back().to);
}

bool WorkCalendar::isWorkingTime(base::Instant instant) const {
  const auto local = base::toLocal(instant);
  return isWorkday(local.date) &&
         std::any_of(parts_.hours.begin(), parts_.hours.end(), [&](const WorkSpan& span) {
           return local.sinceMidnight >= span.from && local.sinceMidnight < span.to;
         });
}

base::Instant WorkCalendar::workingTimeFrom(base::Instant instant) const {
  const auto local = base::toLocal(instant);
  if (isWorkday(local.date)) {
    for (const auto& span : parts_.hours) {
      if (local.sinceMidnight < span.from) return base::toInstant(local.date, span.from);
      if (local.sinceMidnight < span.to) return instant;
    }
  }
  return startOfWork(nextWorkday(local.date));
}

microseconds WorkCalendar::workingTimeBetween(base::Instant from, base::Instant to) const {
  if (to < from) return -workingTimeBetween(to, from);
  const auto upTo = [this](const base::LocalTime& local) {
    return isWorkday(local.date) ? spent(parts_.hours, local.sinceMidnight) : microseconds{};
  };
  const auto start = base::toLocal(from);
  const auto end = base::toLocal(to);
  const int wholeDays = workdaysUpTo_[indexOf(end.date)] - workdaysUpTo_[indexOf(start.date)];
  return wholeDays * spent(parts_.hours, std::chrono::hours{24}) + upTo(end) - upTo(start);
}

std::vector<DayRule> WorkCalendar::days(int year) const {
  std::vector<DayRule> found;
  for (const auto& rule : parts_.days) {
    if (static_cast<int>(rule.date.year()) == year) found.push_back(rule);
  }
  return found;
}

}  // namespace reminder
