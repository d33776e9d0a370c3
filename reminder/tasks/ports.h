// What the life of a task tells its surroundings. Implemented by reminder/engine (timers, bell) and
// by the office (audit).
#pragma once

#include "base/db/database.h"
#include "reminder/tasks/task_event.h"

namespace reminder {

class TaskListener {
 public:
  virtual ~TaskListener() = default;
  /// Inside the transaction of the act, after its rows are written. `task` is as it is now.
  virtual void taskChanged(base::db::Session& session, const Task& task,
                           const TaskEvent& event) = 0;
};

}  // namespace reminder
