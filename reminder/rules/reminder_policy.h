// Decides which rung of a task's ladder goes out at an instant, and for each one that does not,
// why. Pure rules: no clock, database or network; safe from any thread. The engine passes facts,
// ladder, instant and calendar in, so each rule of docs/rules.md that is cited here is one test.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "reminder/rules/ladder.h"

namespace reminder {

/// Why a reminder was not sent. Stored in `reminder_silence.reason`: never renumber, never reuse.
enum class Silence : std::uint8_t {
  TaskClosed = 1,            ///< Done or cancelled before its time came.
  AwaitingConfirmation = 2,  ///< Reported: the next step is the assigner's.
  NoDeadline = 3,            ///< The deadline was taken away.
  QuietHours = 4,            ///< Held until the first working minute.
  Superseded = 5,            ///< A later rung came due before this one could be sent.
  NobodyThere = 6,           ///< The post is vacant, and nobody stands in for it.
  SameReader = 7,            ///< The person got this rung today in another role.
  NoMailAddress = 8,         ///< In the bell only.
  DueMoved = 9               ///< The due day changed before its time came.
};

struct TimerFacts {
  TaskState state = TaskState::Assigned;
  Urgency urgency = Urgency::Normal;
  std::optional<base::LocalDate> due;
  base::Instant handledUpTo;  ///< Rungs up to and with this instant are over and done with.
};

struct Held {
  const Rung* rung;
  base::LocalDate day;  ///< On which it was to go out.
  Silence reason;
};

struct Decision {
  const Rung* fire = nullptr;         ///< The one rung that goes out now, if any.
  std::vector<Held> held;             ///< Those that do not, with the rule that keeps each silent.
  base::Instant handledUpTo;          ///< What to keep for the next decision.
  std::optional<base::Instant> next;  ///< When to decide again; empty: never.
};

/// R-72 closed and reported tasks are silent. R-73 of several rungs that came due, the latest goes
/// out and the others are superseded. R-74 only in working time, else at the first working minute;
/// Express tasks at once. R-75 an instant before `handledUpTo` (a clock set back) fires nothing and
/// forgets nothing. Does not throw for days outside the calendar: what lies there is not reminded.
[[nodiscard]] Decision decide(const TimerFacts& facts, const Ladder& ladder, base::Instant now,
                              const WorkCalendar& calendar);

}  // namespace reminder
