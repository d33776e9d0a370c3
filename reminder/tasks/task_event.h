// The history of a task: every act and every change of its dates, appended in the transaction of
// the act. Rows are never changed or deleted: triggers refuse it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "reminder/tasks/task.h"

namespace reminder {

/// Stored in `task_event.kind`: never renumber, never reuse.
enum class TaskAct : std::uint8_t {
  Assigned = 1,
  Received = 2,
  Progress = 3,
  Reported = 4,
  Confirmed = 5,
  Returned = 6,
  DueChanged = 7,
  HandedOver = 8,
  Cancelled = 9,
  DueReckoned = 10,  ///< The calendar changed, not the assigner's mind.
  PartsChanged = 11  ///< Other supports or followers.
};

/// Who acts: a person, in a post, or for another post whose delegate they are.
struct Actor {
  ScopeId scope;
  HolderId holder;         ///< The post whose right is used.
  ReaderId person;         ///< Not valid: the system.
  HolderId delegate = {};  ///< The person's own post when acting for `holder`.
  // Where the act came from: handed to the listeners, not kept with the event.
  std::string requestId = {};
  std::string address = {};
};

struct TaskEvent {
  std::int64_t id = 0;
  TaskId task;
  TaskAct act = TaskAct::Assigned;
  base::Instant at;
  Actor actor;
  TaskState before = TaskState::Assigned;
  TaskState after = TaskState::Assigned;
  std::string note;  ///< Progress, remark, reason.
  std::optional<base::LocalDate> dueBefore;
  std::optional<base::LocalDate> dueAfter;
  HolderId leadBefore;
  HolderId leadAfter;
  SourceRef result;
};

/// Progress and reports of any of these tasks, oldest first. Rights are the caller's business.
[[nodiscard]] std::vector<TaskEvent> wordsOn(base::db::Session& session,
                                             const std::vector<TaskId>& tasks);

/// Oldest first. Rights are the caller's business: read the task with `findTask` first.
[[nodiscard]] std::vector<TaskEvent> historyOf(base::db::Session& session, TaskId task);

}  // namespace reminder
