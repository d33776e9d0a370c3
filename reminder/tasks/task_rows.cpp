#include "reminder/tasks/task_rows.h"

#include "base/db/in_list.h"

namespace reminder::rows {
namespace {

using base::db::Params;
using base::db::Row;
using base::db::Session;

constexpr std::string_view kLock = "/* task.lock */ SELECT" TASK_COLUMNS
                                   "FROM task t WHERE t.id = ? AND t.scope_id = ? FOR UPDATE";
constexpr std::string_view kByKey =
    "/* task.byKey */ SELECT" TASK_COLUMNS "FROM task t WHERE t.scope_id = ? AND t.assign_key = ?";
constexpr std::string_view kPartOf = R"(/* task.partOf */
  SELECT MIN(part) FROM task_part WHERE task_id = ? AND holder_id = ?)";
constexpr std::string_view kInsert = R"(/* task.insert */
  INSERT INTO task (scope_id, parent_id, source_kind, source_id, assign_key, title, product,
    urgency, assigner_id, assigner_group_id, lead_id, lead_group_id, state, confirmation,
    deadline_kind, deadline_workdays, deadline_from, due_on, original_due_on, assigned_at, version)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))";
constexpr std::string_view kInsertParts = R"(/* task.insertParts */
  INSERT INTO task_part (task_id, part, holder_id, group_id, is_open) VALUES)";
constexpr std::string_view kUpdate = R"(/* task.update */
  UPDATE task SET lead_id = ?, lead_group_id = ?, state = ?, deadline_kind = ?,
    deadline_workdays = ?, deadline_from = ?, due_on = ?, reported_at = ?, reported_on = ?,
    closed_at = ?, result_kind = ?, result_id = ?, version = ? WHERE id = ?)";
constexpr std::string_view kCloseParts = R"(/* task.closeParts */
  UPDATE task_part SET is_open = 0 WHERE task_id = ?)";
constexpr std::string_view kDropParts = R"(/* task.dropParts */
  DELETE FROM task_part WHERE task_id = ? AND (part = 1 OR (holder_id = ? AND part IN (2, 3))))";
constexpr std::string_view kDropOthers = R"(/* task.dropOtherParts */
  DELETE FROM task_part WHERE task_id = ? AND part = ?)";
const std::string kButThese = " AND holder_id NOT IN ";
constexpr std::string_view kAddParts = R"(/* task.addParts */
  INSERT IGNORE INTO task_part (task_id, part, holder_id, group_id, is_open) VALUES)";
constexpr std::string_view kFollow = R"(/* task.follow */
  INSERT IGNORE INTO task_part (task_id, part, holder_id, group_id, is_open)
  VALUES (?, ?, ?, ?, 1))";
constexpr std::string_view kMarkSeen = R"(/* task.markSeen */
  UPDATE task_part SET seen_at = ? WHERE task_id = ? AND holder_id = ? AND seen_at IS NULL)";
constexpr std::string_view kInsertEvent = R"(/* task.insertEvent */
  INSERT INTO task_event (task_id, act, at, holder_id, person_id, delegate_id, state_before,
    state_after, note, due_before, due_after, lead_before, lead_after, result_kind, result_id)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))";

base::db::Param kindOf(const SourceRef& ref) {
  return ref.valid() ? base::db::Param(ref.kind) : base::db::Param(nullptr);
}
base::db::Param numberOf(const SourceRef& ref) {
  return ref.valid() ? base::db::Param(ref.id) : base::db::Param(nullptr);
}
base::db::Param workdaysOf(const Deadline& deadline) {
  return deadline.kind == DeadlineKind::Workdays ? base::db::Param(deadline.workdays)
                                                 : base::db::Param(nullptr);
}

SourceRef refOf(const Row& row, std::size_t kind) {
  return {row.textOr(kind), row.maybeInteger(kind + 1).value_or(0)};
}

}  // namespace

Task taskOf(const Row& row) {
  Task task;
  task.id = row.id<TaskId>(0);
  task.scope = row.id<ScopeId>(1);
  task.parent = row.id<TaskId>(2);
  task.source = refOf(row, 3);
  task.title = row.text(5);
  task.product = row.text(6);
  task.urgency = row.code<Urgency>(7);
  task.assigner = {row.id<HolderId>(8), row.id<GroupId>(9)};
  task.lead = {row.id<HolderId>(10), row.id<GroupId>(11)};
  task.state = row.code<TaskState>(12);
  task.confirmation = row.code<Confirmation>(13);
  task.deadline.kind = row.code<DeadlineKind>(14);
  task.deadline.workdays = static_cast<int>(row.maybeInteger(15).value_or(0));
  task.deadlineFrom = row.maybeDate(16);
  task.due = row.maybeDate(17);
  if (task.deadline.kind == DeadlineKind::Date) task.deadline.date = *task.due;
  task.originalDue = row.maybeDate(18);
  task.assignedAt = row.instant(19);
  task.reportedAt = row.maybeInstant(20);
  task.closedAt = row.maybeInstant(21);
  task.result = refOf(row, 22);
  task.version = static_cast<int>(row.integer(24));
  return task;
}

std::vector<Task> tasksOf(const base::db::Rows& rows) {
  std::vector<Task> tasks;
  tasks.reserve(rows.size());
  for (const auto& row : rows) tasks.push_back(taskOf(row));
  return tasks;
}

std::optional<Task> lockTask(Session& session, ScopeId scope, TaskId id) {
  const auto row = session.find(kLock, {id, scope});
  return row ? std::optional(taskOf(*row)) : std::nullopt;
}

std::optional<Task> findByKey(Session& session, ScopeId scope, const std::string& key) {
  const auto row = session.find(kByKey, {scope, key});
  return row ? std::optional(taskOf(*row)) : std::nullopt;
}

std::optional<Part> partOf(Session& session, TaskId id, HolderId holder) {
  const auto row = session.get(kPartOf, {id, holder});
  return row.isNull(0) ? std::nullopt : std::optional(row.code<Part>(0));
}

TaskId insertTask(Session& session, const Task& task, const std::string& key) {
  return TaskId(session.insert(kInsert, {task.scope,
                                         task.parent,
                                         kindOf(task.source),
                                         numberOf(task.source),
                                         key,
                                         task.title,
                                         task.product,
                                         task.urgency,
                                         task.assigner.holder,
                                         task.assigner.group,
                                         task.lead.holder,
                                         task.lead.group,
                                         task.state,
                                         task.confirmation,
                                         task.deadline.kind,
                                         workdaysOf(task.deadline),
                                         task.deadlineFrom,
                                         task.due,
                                         task.originalDue,
                                         task.assignedAt,
                                         task.version}));
}

void insertParts(Session& session, const Task& task, const std::vector<Seat>& supports,
                 const std::vector<Seat>& followers) {
  std::vector<Params> parts;
  const auto add = [&](Part part, const Seat& seat) {
    parts.push_back({task.id, part, seat.holder, seat.group, 1});
  };
  add(Part::Lead, task.lead);
  for (const auto& seat : supports) add(Part::Support, seat);
  for (const auto& seat : followers) add(Part::Follower, seat);
  add(Part::Assigner, task.assigner);
  session.insertMany(kInsertParts, parts);
}

void updateTask(Session& session, Task& task) {
  task.version += 1;
  const auto reportedOn =
      task.reportedAt ? std::optional(base::localDate(*task.reportedAt)) : std::nullopt;
  session.execute(
      kUpdate, {task.lead.holder, task.lead.group, task.state, task.deadline.kind,
                workdaysOf(task.deadline), task.deadlineFrom, task.due, task.reportedAt, reportedOn,
                task.closedAt, kindOf(task.result), numberOf(task.result), task.version, task.id});
}

void closeParts(Session& session, TaskId id) { session.execute(kCloseParts, {id}); }

void moveLead(Session& session, const Task& task, const Seat& former) {
  session.execute(kDropParts, {task.id, task.lead.holder});
  session.execute(kFollow, {task.id, Part::Lead, task.lead.holder, task.lead.group});
  session.execute(kFollow, {task.id, Part::Follower, former.holder, former.group});
}

void changeParts(Session& session, TaskId id, const std::vector<Seat>& supports,
                 const std::vector<Seat>& followers) {
  std::vector<Params> added;
  const auto become = [&](Part part, const std::vector<Seat>& seats) {
    std::vector<HolderId> holders;
    for (const auto& seat : seats) {
      holders.push_back(seat.holder);
      added.push_back({id, part, seat.holder, seat.group, 1});
    }
    const base::db::InList list(holders);
    Params params{id, part};
    list.appendTo(params);
    session.execute(std::string(kDropOthers) + (holders.empty() ? "" : kButThese + list.text()),
                    holders.empty() ? Params{id, part} : params);
  };
  become(Part::Support, supports);
  become(Part::Follower, followers);
  if (!added.empty()) session.insertMany(kAddParts, added);
}

void markSeen(Session& session, TaskId id, HolderId holder, base::Instant now) {
  session.execute(kMarkSeen, {now, id, holder});
}

void insertEvent(Session& session, TaskEvent& event) {
  event.id = session.insert(
      kInsertEvent,
      {event.task, event.act, event.at, event.actor.holder, event.actor.person,
       event.actor.delegate, event.before, event.after, event.note, event.dueBefore, event.dueAfter,
       event.leadBefore, event.leadAfter, kindOf(event.result), numberOf(event.result)});
}

}  // namespace reminder::rows

namespace reminder {
namespace {

#define EVENT_COLUMNS                                                                          \
  "SELECT e.id, e.act, e.at, e.holder_id, e.person_id, e.delegate_id, e.state_before, "        \
  "e.state_after, e.note, e.due_before, e.due_after, e.lead_before, e.lead_after, "            \
  "e.result_kind, e.result_id, t.scope_id, e.task_id FROM task_event e JOIN task t ON t.id = " \
  "e.task_id "

constexpr std::string_view kHistory =
    "/* task.history */ " EVENT_COLUMNS "WHERE e.task_id = ? ORDER BY e.id";
const std::string kWordsOn =
    "/* task.wordsOn */ " EVENT_COLUMNS "WHERE e.act IN (3, 4) AND e.task_id IN ";

TaskEvent eventOf(const base::db::Row& row) {
  TaskEvent event;
  event.id = row.integer(0);
  event.task = row.id<TaskId>(16);
  event.act = row.code<TaskAct>(1);
  event.at = row.instant(2);
  event.actor = {row.id<ScopeId>(15), row.id<HolderId>(3), row.id<ReaderId>(4),
                 row.id<HolderId>(5)};
  event.before = row.code<TaskState>(6);
  event.after = row.code<TaskState>(7);
  event.note = row.text(8);
  event.dueBefore = row.maybeDate(9);
  event.dueAfter = row.maybeDate(10);
  event.leadBefore = row.id<HolderId>(11);
  event.leadAfter = row.id<HolderId>(12);
  event.result = {row.textOr(13), row.maybeInteger(14).value_or(0)};
  return event;
}

}  // namespace

std::vector<TaskEvent> historyOf(base::db::Session& session, TaskId task) {
  std::vector<TaskEvent> events;
  for (const auto& row : session.query(kHistory, {task})) events.push_back(eventOf(row));
  return events;
}

std::vector<TaskEvent> wordsOn(base::db::Session& session, const std::vector<TaskId>& tasks) {
  std::vector<TaskEvent> events;
  if (tasks.empty()) return events;
  const base::db::InList list(tasks);
  for (const auto& row : session.query(kWordsOn + list.text() + " ORDER BY e.id", list.params())) {
    events.push_back(eventOf(row));
  }
  return events;
}

}  // namespace reminder
