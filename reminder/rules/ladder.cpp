#include "reminder/rules/ladder.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace reminder {
namespace {

std::uint64_t mixed(std::uint64_t hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash * 1099511628211U;  // tells "ab","c" from "a","bc"
}

/// The workday of a rung, or nothing where the calendar ends before it.
std::optional<base::LocalDate> dayOf(const Rung& rung, base::LocalDate due,
                                     const WorkCalendar& calendar) {
  try {
    // a due day on a rest day is warned of on the last workday before it.
    const auto last = calendar.workdayOnOrBefore(due);
    if (rung.workdays == 0) return last;
    return calendar.addWorkdays(rung.workdays < 0 ? last : due, rung.workdays);
  } catch (const std::out_of_range&) {
    return std::nullopt;
  }
}

}  // namespace

std::vector<RungTime> timesOf(const Ladder& ladder, base::LocalDate due,
                              const WorkCalendar& calendar) {
  std::vector<RungTime> times;
  for (const auto& rung : ladder.rungs) {
    const auto day = dayOf(rung, due, calendar);
    if (day) times.push_back({&rung, *day, calendar.startOfWork(*day)});
  }
  return times;
}

const Ladder& LadderBook::of(Urgency urgency, const std::string& sourceKind) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.urgency.value_or(urgency) == urgency &&
           entry.sourceKind.value_or(sourceKind) == sourceKind;
  });
  return found == entries_.end() ? entries_.back().ladder : found->ladder;
}

std::string LadderBook::fingerprint() const {
  std::uint64_t hash = 14695981039346656037U;
  for (const auto& entry : entries_) {
    hash = mixed(hash, entry.urgency ? std::to_string(static_cast<int>(*entry.urgency)) : "*");
    hash = mixed(hash, entry.sourceKind.value_or("*"));
    for (const auto& rung : entry.ladder.rungs) {
      hash = mixed(hash, rung.id);
      hash = mixed(hash, std::to_string(rung.workdays));
    }
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace reminder
