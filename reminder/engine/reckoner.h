// Puts timers right after what they were reckoned with has changed: the calendar, the ladders, or a
// clock that was set back. Works through tasks in batches of the index; never on a timer.
// For this folder alone.
#pragma once

#include <chrono>
#include <string>

#include "base/db/database.h"
#include "reminder/calendar/calendar_files.h"
#include "reminder/engine/timers.h"
#include "reminder/tasks/task_service.h"

namespace reminder {

class Reckoner {
 public:
  Reckoner(base::db::Database& database, const Calendars& calendars, const LadderBook& ladders,
           const TaskService& tasks, const Timers& timers)
      : database_(database),
        calendars_(calendars),
        tasks_(tasks),
        timers_(timers),
        fingerprint_(calendars.fingerprint() + " " + ladders.fingerprint()) {}

  /// when calendar or ladders are not those of the last time, the due days in workdays and
  /// all timers are reckoned again; what was missed meanwhile stays due. A task whose days lie
  /// outside of the new calendar keeps its due day. Returns the tasks.
  std::size_t afterNewCalendar(base::Instant now);

  /// timers that were decided on in a future that has not come begin again at `now`. What was
  /// sent is not sent again: its key is there. Returns the timers.
  std::size_t afterClockSetBack(base::Instant now);

 private:
  [[nodiscard]] bool isMoved(const Task& task) const;
  TaskId reckonBatch(TaskId after, base::Instant now, std::size_t& count);

  base::db::Database& database_;
  const Calendars& calendars_;
  const TaskService& tasks_;
  const Timers& timers_;
  std::string fingerprint_;
};

}  // namespace reminder
