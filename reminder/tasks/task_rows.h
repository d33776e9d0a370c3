// How tasks stand in their tables. For this floor: the engine reads tasks beside their timers.
#pragma once

#include <optional>
#include <vector>

#include "base/db/database.h"
#include "reminder/tasks/task.h"
#include "reminder/tasks/task_event.h"

// The columns that `taskOf` reads, in its order, of the table alias `t`.
#define TASK_COLUMNS                                                                           \
  " t.id, t.scope_id, t.parent_id, t.source_kind, t.source_id, t.title, t.product,"            \
  " t.urgency, t.assigner_id, t.assigner_group_id, t.lead_id, t.lead_group_id, t.state,"       \
  " t.confirmation, t.deadline_kind, t.deadline_workdays, t.deadline_from, t.due_on,"          \
  " t.original_due_on, t.assigned_at, t.reported_at, t.closed_at, t.result_kind, t.result_id," \
  " t.version "

namespace reminder::rows {

inline constexpr std::size_t kColumns = 25;  ///< Of TASK_COLUMNS; further ones come after them.

[[nodiscard]] Task taskOf(const base::db::Row& row);
[[nodiscard]] std::vector<Task> tasksOf(const base::db::Rows& rows);

/// The task with its row locked until the transaction ends.
[[nodiscard]] std::optional<Task> lockTask(base::db::Session& session, ScopeId scope, TaskId id);
[[nodiscard]] std::optional<Task> findByKey(base::db::Session& session, ScopeId scope,
                                            const std::string& key);
/// The part in which `holder` may act, Lead before Support before the others; empty for none.
[[nodiscard]] std::optional<Part> partOf(base::db::Session& session, TaskId id, HolderId holder);

[[nodiscard]] TaskId insertTask(base::db::Session& session, const Task& task,
                                const std::string& key);
void insertParts(base::db::Session& session, const Task& task, const std::vector<Seat>& supports,
                 const std::vector<Seat>& followers);
/// Writes what an act may change and raises the version by one.
void updateTask(base::db::Session& session, Task& task);
void closeParts(base::db::Session& session, TaskId id);
/// The lead's part goes to `task.lead`; the former lead follows the task from now on.
void moveLead(base::db::Session& session, const Task& task, const Seat& former);
/// Supports and followers become these; rows that stay are not touched.
void changeParts(base::db::Session& session, TaskId id, const std::vector<Seat>& supports,
                 const std::vector<Seat>& followers);
void markSeen(base::db::Session& session, TaskId id, HolderId holder, base::Instant now);
void insertEvent(base::db::Session& session, TaskEvent& event);

}  // namespace reminder::rows
