#include "reminder/engine/engine_rows.h"
#include "reminder/tasks/task_rows.h"

namespace reminder::rows {
namespace {

using base::db::Session;

// The column after those of a task.
constexpr std::size_t kHandled = 25;

constexpr std::string_view kEarliest = R"(/* reminder.earliest */
  SELECT MIN(next_fire_at) FROM reminder_timer WHERE next_fire_at IS NOT NULL)";
constexpr std::string_view kFind = R"(/* reminder.findTimer */
  SELECT next_fire_at, handled_up_to FROM reminder_timer WHERE task_id = ? FOR UPDATE)";
constexpr std::string_view kPut = R"(/* reminder.putTimers */
  REPLACE INTO reminder_timer (task_id, next_fire_at, handled_up_to) VALUES)";
constexpr std::string_view kDrop = R"(/* reminder.dropTimer */
  DELETE FROM reminder_timer WHERE task_id = ?)";
// In the order of the index, so that no more rows are locked than are taken.
constexpr std::string_view kClaimDue =
    "/* reminder.claimDue */ SELECT" TASK_COLUMNS
    ", r.handled_up_to FROM reminder_timer r FORCE INDEX (reminder_timer_next)"
    " STRAIGHT_JOIN task t ON t.id = r.task_id WHERE r.next_fire_at <= ?"
    " ORDER BY r.next_fire_at, r.task_id LIMIT ? FOR UPDATE SKIP LOCKED";
constexpr std::string_view kClaimAhead =
    "/* reminder.claimAhead */ SELECT" TASK_COLUMNS
    ", r.handled_up_to FROM reminder_timer r STRAIGHT_JOIN task t ON t.id = r.task_id"
    " WHERE r.handled_up_to > ? LIMIT ? FOR UPDATE";
constexpr std::string_view kLockOpen =
    "/* reminder.lockOpen */ SELECT" TASK_COLUMNS
    ", (SELECT r.handled_up_to FROM reminder_timer r WHERE r.task_id = t.id)"
    " FROM task t FORCE INDEX (PRIMARY) WHERE t.id > ? AND t.is_open = 1 AND t.state <> 4"
    " AND t.due_on IS NOT NULL ORDER BY t.id LIMIT ? FOR UPDATE";
constexpr std::string_view kPostpone = R"(/* reminder.postpone */
  UPDATE reminder_timer SET next_fire_at = ? WHERE task_id = ?)";
constexpr std::string_view kRemembered = R"(/* reminder.remembered */
  SELECT value FROM reminder_engine WHERE name = ?)";
constexpr std::string_view kRemember = R"(/* reminder.remember */
  INSERT INTO reminder_engine (name, value) VALUES (?, ?)
  ON DUPLICATE KEY UPDATE value = VALUES(value))";

}  // namespace

std::optional<base::Instant> earliestTimer(Session& session) {
  return session.get(kEarliest).maybeInstant(0);
}

std::optional<TimerRow> findTimer(Session& session, TaskId task) {
  const auto row = session.find(kFind, {task});
  if (!row) return std::nullopt;
  return TimerRow{task, row->maybeInstant(0), row->instant(1)};
}

void putTimers(Session& session, const std::vector<TimerRow>& timers) {
  std::vector<base::db::Params> rows;
  rows.reserve(timers.size());
  for (const auto& timer : timers) rows.push_back({timer.task, timer.next, timer.handledUpTo});
  if (!rows.empty()) session.insertMany(kPut, rows);
}

void dropTimer(Session& session, TaskId task) { session.execute(kDrop, {task}); }

std::vector<DueTask> claimDue(Session& session, base::Instant now, std::size_t limit) {
  std::vector<DueTask> due;
  for (const auto& row : session.query(kClaimDue, {now, limit})) {
    due.push_back({taskOf(row), row.instant(kHandled)});
  }
  return due;
}

std::vector<Task> claimAhead(Session& session, base::Instant limit, std::size_t most) {
  return tasksOf(session.query(kClaimAhead, {limit, most}));
}

std::vector<OpenTask> lockOpen(Session& session, TaskId after, std::size_t most) {
  std::vector<OpenTask> open;
  for (const auto& row : session.query(kLockOpen, {after.value(), most})) {
    open.push_back({taskOf(row), row.maybeInstant(kHandled)});
  }
  return open;
}

void postpone(Session& session, TaskId task, base::Instant until) {
  session.execute(kPostpone, {until, task});
}

std::string remembered(Session& session, std::string_view name) {
  const auto row = session.find(kRemembered, {name});
  return row ? row->text(0) : std::string();
}

void remember(Session& session, std::string_view name, const std::string& value) {
  session.execute(kRemember, {name, value});
}

}  // namespace reminder::rows
