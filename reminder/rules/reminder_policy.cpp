#include "reminder/rules/reminder_policy.h"

#include <algorithm>

namespace reminder {
namespace {

/// The rungs from the first one that is not over, in order of time.
std::vector<RungTime> pending(const TimerFacts& facts, const Ladder& ladder,
                              const WorkCalendar& calendar) {
  if (!facts.due) return {};
  auto times = timesOf(ladder, *facts.due, calendar);
  const auto over = [&](const RungTime& time) { return time.at <= facts.handledUpTo; };
  times.erase(std::remove_if(times.begin(), times.end(), over), times.end());
  return times;
}

/// why the whole ladder is silent, if it is.
std::optional<Silence> silenceOf(const TimerFacts& facts) {
  if (!isOpen(facts.state)) return Silence::TaskClosed;
  if (facts.state == TaskState::Reported) return Silence::AwaitingConfirmation;
  if (!facts.due) return Silence::NoDeadline;
  return std::nullopt;
}

/// when to speak again, if now is not the time.
std::optional<base::Instant> quietUntil(const TimerFacts& facts, base::Instant now,
                                        const WorkCalendar& calendar) {
  if (facts.urgency == Urgency::Express || !calendar.covers(base::localDate(now))) {
    return std::nullopt;
  }
  const auto first = calendar.workingTimeFrom(now);
  return first > now ? std::optional(first) : std::nullopt;
}

}  // namespace

Decision decide(const TimerFacts& facts, const Ladder& ladder, base::Instant now,
                const WorkCalendar& calendar) {
  Decision decision{nullptr, {}, facts.handledUpTo, std::nullopt};
  const auto times = pending(facts, ladder, calendar);
  if (const auto silence = silenceOf(facts)) {
    if (!times.empty()) {
      decision.held.push_back({times.front().rung, times.front().day, *silence});
    }
    return decision;
  }
  const auto isDue = [&](const RungTime& time) { return time.at <= now; };
  const auto firstLater = std::find_if_not(times.begin(), times.end(), isDue);
  if (firstLater != times.end()) decision.next = firstLater->at;
  if (firstLater == times.begin()) return decision;  // also when the clock was set back

  // of the rungs that came due, the latest speaks for all.
  const auto& latest = *std::prev(firstLater);
  for (auto time = times.begin(); time->rung != latest.rung; ++time) {
    decision.held.push_back({time->rung, time->day, Silence::Superseded});
  }
  if (const auto until = quietUntil(facts, now, calendar)) {
    // Held, not over: the decision at the first working minute sees it again, or a later one.
    decision.held = {{latest.rung, latest.day, Silence::QuietHours}};
    decision.next = *until;
    return decision;
  }
  decision.fire = latest.rung;
  decision.handledUpTo = now;
  return decision;
}

}  // namespace reminder
