#include "reminder/tasks/task_service.h"

#include <algorithm>

#include "base/text.h"
#include "reminder/tasks/task_checks.h"
#include "reminder/tasks/task_rows.h"

namespace reminder {

using base::Refusal;
using base::RefusalKind;
using base::db::Session;
using checks::Need;

namespace {

const std::vector<TaskState> kUnreported = {TaskState::Assigned, TaskState::Received,
                                            TaskState::InProgress, TaskState::Returned};
const std::vector<TaskState> kReported = {TaskState::Reported};
const std::vector<TaskState> kAllOpen = {TaskState::Assigned, TaskState::Received,
                                         TaskState::InProgress, TaskState::Reported,
                                         TaskState::Returned};

Refusal no(RefusalKind kind, const char* code, const char* field = "") {
  return Refusal{kind, code, field, {}, {}};
}

std::optional<Refusal> nothing() { return std::nullopt; }

}  // namespace

/// Who may do an act, on a task in which states, and whether it needs words.
struct TaskService::Rule {
  enum class Right : std::uint8_t { Lead, LeadOrSupport, LeadOrAssigner, Assigner };
  TaskAct act;
  Right right;
  const std::vector<TaskState>& from;
  Need note;
  const char* noteField;

  [[nodiscard]] bool allows(const Task& task, HolderId holder, std::optional<Part> part) const {
    const bool lead = task.lead.holder == holder;
    const bool assigner = task.assigner.holder == holder;
    switch (right) {
      case Right::Lead:
        return lead;
      case Right::LeadOrSupport:
        return lead || part == Part::Support;
      case Right::LeadOrAssigner:
        return lead || assigner;
      case Right::Assigner:
        return assigner;
    }
    return false;
  }
};

struct TaskService::Request {
  const Actor& who;
  base::Instant now;
  TaskId id;
  int version;
  const std::string& note;
};

/// Every act but the first runs through here: lock, right, version, state, change, history.
template <class Change>
base::Result<Task> TaskService::perform(Session& session, const Request& request, const Rule& rule,
                                        Change&& change) const {
  if (auto fault = checks::textFault(request.note, rule.noteField, checks::kLongestNote, rule.note))
    return tl::unexpected(std::move(*fault));
  const auto locked = rows::lockTask(session, request.who.scope, request.id);
  if (!locked) return base::refuse(RefusalKind::NotFound, "task.not_found");
  const auto part = rows::partOf(session, request.id, request.who.holder);
  if (!rule.allows(*locked, request.who.holder, part)) {
    return base::refuse(RefusalKind::Forbidden, "task.not_yours");
  }
  if (locked->version != request.version) {
    return base::refuse(RefusalKind::Conflict, "task.changed_meanwhile");
  }
  if (std::find(rule.from.begin(), rule.from.end(), locked->state) == rule.from.end()) {
    return base::refuse(RefusalKind::Conflict, "task.state_forbids");
  }
  Task task = *locked;
  if (std::optional<Refusal> fault = change(task)) return tl::unexpected(std::move(*fault));
  if (!isOpen(task.state)) task.closedAt = request.now;
  rows::updateTask(session, task);
  if (!isOpen(task.state)) rows::closeParts(session, task.id);
  if (task.lead.holder != locked->lead.holder) rows::moveLead(session, task, locked->lead);
  tell(session, task,
       TaskEvent{0, task.id, rule.act, request.now, request.who, locked->state, task.state,
                 base::toNfc(request.note), locked->due, task.due, locked->lead.holder,
                 task.lead.holder, task.result});
  return task;
}

void TaskService::tell(Session& session, const Task& task, TaskEvent event) const {
  rows::insertEvent(session, event);
  for (auto* listener : listeners_) listener->taskChanged(session, task, event);
}

void TaskService::setDeadline(Task& task, const Deadline& deadline, base::LocalDate today) const {
  task.deadline = deadline;
  task.deadlineFrom = deadline.kind == DeadlineKind::Workdays ? std::optional(today) : std::nullopt;
  task.due = dueOf(deadline, today, calendars_.of(task.scope));
}

std::optional<Refusal> TaskService::deadlineFault(Session& session, ScopeId scope, TaskId parent,
                                                  const Deadline& deadline,
                                                  base::LocalDate today) const {
  const auto& calendar = calendars_.of(scope);
  if (!parent.valid()) return checks::deadlineFault(deadline, today, calendar);
  const auto above = rows::lockTask(session, scope, parent);
  if (!above || !isOpen(above->state)) {
    return no(RefusalKind::NotFound, "task.parent_not_open", "parent");
  }
  // What is late already is passed on with the day that it had.
  if (deadline.kind == DeadlineKind::Date && above->due == deadline.date) return nothing();
  if (auto fault = checks::deadlineFault(deadline, today, calendar)) return fault;
  // an inner deadline is not later than the outer one.
  const auto due = dueOf(deadline, today, calendar);
  const bool later = above->due && (!due || *due > *above->due);
  return later ? std::optional(no(RefusalKind::Invalid, "task.due_after_parent", "deadline"))
               : nothing();
}

base::Result<Task> TaskService::assign(Session& session, const Actor& who, base::Instant now,
                                       const Assignment& assignment) const {
  if (auto known = rows::findByKey(session, who.scope, assignment.key)) return *known;
  const auto today = base::localDate(now);
  auto faults = checks::peopleFaults(assignment);
  const auto add = [&](std::optional<Refusal> fault) {
    if (fault) faults.push_back(std::move(*fault));
  };
  add(checks::textFault(assignment.key, "key", checks::kLongestKey, Need::Required));
  add(checks::textFault(assignment.title, "title", checks::kLongestTitle, Need::Required));
  add(checks::textFault(assignment.product, "product", checks::kLongestProduct, Need::Optional));
  add(checks::textFault(assignment.note, "note", checks::kLongestNote, Need::Optional));
  add(deadlineFault(session, who.scope, assignment.parent, assignment.deadline, today));
  if (assignment.assigner.holder != who.holder) {
    add(no(RefusalKind::Forbidden, "task.not_yours", "assigner"));
  }
  if (!faults.empty()) return base::refuseAll(std::move(faults));

  Task task;
  task.scope = who.scope;
  task.parent = assignment.parent;
  task.source = assignment.source;
  task.title = base::toNfc(base::squeezed(assignment.title));
  task.product = base::toNfc(base::squeezed(assignment.product));
  task.urgency = assignment.urgency;
  task.assigner = assignment.assigner;
  task.lead = assignment.lead;
  task.confirmation = assignment.confirmation;
  setDeadline(task, assignment.deadline, today);
  task.originalDue = task.due;
  task.assignedAt = now;
  try {
    task.id = rows::insertTask(session, task, assignment.key);
  } catch (const base::db::DuplicateKey&) {
    // Another process was faster with the same key; its task is the one.
    if (auto known = rows::findByKey(session, who.scope, assignment.key)) return *known;
    throw;
  }
  rows::insertParts(session, task, assignment.supports, assignment.followers);
  tell(session, task,
       TaskEvent{0,
                 task.id,
                 TaskAct::Assigned,
                 now,
                 who,
                 task.state,
                 task.state,
                 base::toNfc(assignment.note),
                 std::nullopt,
                 task.due,
                 {},
                 task.lead.holder,
                 {}});
  return task;
}

base::Result<Task> TaskService::see(Session& session, const Actor& who, base::Instant now,
                                    TaskId id) const {
  auto task = rows::lockTask(session, who.scope, id);
  if (!task) return base::refuse(RefusalKind::NotFound, "task.not_found");
  if (!rows::partOf(session, id, who.holder)) {
    return base::refuse(RefusalKind::Forbidden, "task.not_yours");
  }
  rows::markSeen(session, id, who.holder, now);
  if (task->state != TaskState::Assigned || task->lead.holder != who.holder) return *task;
  task->state = TaskState::Received;
  rows::updateTask(session, *task);
  tell(session, *task,
       TaskEvent{0,
                 id,
                 TaskAct::Received,
                 now,
                 who,
                 TaskState::Assigned,
                 TaskState::Received,
                 "",
                 task->due,
                 task->due,
                 task->lead.holder,
                 task->lead.holder,
                 {}});
  return *task;
}

base::Result<Task> TaskService::reportProgress(Session& session, const Actor& who,
                                               base::Instant now, TaskId id, int version,
                                               const std::string& text) const {
  const Rule rule{TaskAct::Progress, Rule::Right::LeadOrSupport, kUnreported, Need::Required,
                  "text"};
  return perform(session, {who, now, id, version, text}, rule, [&](Task& task) {
    if (task.lead.holder == who.holder) task.state = TaskState::InProgress;
    return nothing();
  });
}

base::Result<Task> TaskService::reportCompletion(Session& session, const Actor& who,
                                                 base::Instant now, TaskId id, int version,
                                                 const std::string& text,
                                                 const SourceRef& result) const {
  const Rule rule{TaskAct::Reported, Rule::Right::Lead, kUnreported, Need::Required, "text"};
  return perform(session, {who, now, id, version, text}, rule, [&](Task& task) {
    const bool closes = task.confirmation == Confirmation::NotNeeded;
    task.state = closes ? TaskState::Done : TaskState::Reported;
    task.reportedAt = now;
    task.result = result;
    return nothing();
  });
}

base::Result<Task> TaskService::confirm(Session& session, const Actor& who, base::Instant now,
                                        TaskId id, int version, const std::string& note) const {
  const Rule rule{TaskAct::Confirmed, Rule::Right::Assigner, kReported, Need::Optional, "note"};
  return perform(session, {who, now, id, version, note}, rule, [](Task& task) {
    task.state = TaskState::Done;  // reportedAt stays, and with it on time or late
    return nothing();
  });
}

base::Result<Task> TaskService::returnForRework(Session& session, const Actor& who,
                                                base::Instant now, TaskId id, int version,
                                                const std::string& reason) const {
  const Rule rule{TaskAct::Returned, Rule::Right::Assigner, kReported, Need::Required, "reason"};
  return perform(session, {who, now, id, version, reason}, rule, [](Task& task) {
    task.state = TaskState::Returned;
    task.reportedAt.reset();
    task.result = {};
    return nothing();
  });
}

base::Result<Task> TaskService::changeDue(Session& session, const Actor& who, base::Instant now,
                                          TaskId id, int version, const Deadline& deadline,
                                          const std::string& reason) const {
  // nobody but the assigner moves the date; the first one stays in original_due_on.
  const Rule rule{TaskAct::DueChanged, Rule::Right::Assigner, kUnreported, Need::Required,
                  "reason"};
  const auto today = base::localDate(now);
  return perform(session, {who, now, id, version, reason}, rule, [&](Task& task) {
    auto fault = deadlineFault(session, who.scope, task.parent, deadline, today);
    if (!fault) setDeadline(task, deadline, today);
    return fault;
  });
}

base::Result<Task> TaskService::handOver(Session& session, const Actor& who, base::Instant now,
                                         TaskId id, int version, const Seat& lead,
                                         const std::string& reason) const {
  const Rule rule{TaskAct::HandedOver, Rule::Right::LeadOrAssigner, kUnreported, Need::Required,
                  "reason"};
  return perform(session, {who, now, id, version, reason}, rule, [&](Task& task) {
    if (!lead.holder.valid() || lead.holder == task.lead.holder) {
      return std::optional(no(RefusalKind::Invalid, "task.lead_missing", "lead"));
    }
    task.lead = lead;
    task.state = TaskState::Assigned;
    return nothing();
  });
}

base::Result<Task> TaskService::changeParts(Session& session, const Actor& who, base::Instant now,
                                            TaskId id, int version,
                                            const std::vector<Seat>& supports,
                                            const std::vector<Seat>& followers,
                                            const std::string& reason) const {
  const Rule rule{TaskAct::PartsChanged, Rule::Right::Assigner, kAllOpen, Need::Required, "reason"};
  return perform(session, {who, now, id, version, reason}, rule, [&](Task& task) {
    auto faults = checks::peopleFaults(
        {.lead = task.lead, .supports = supports, .followers = followers});
    if (!faults.empty()) return std::optional(base::refuseAll(std::move(faults)).value());
    rows::changeParts(session, task.id, supports, followers);
    return nothing();
  });
}

base::Result<Task> TaskService::cancel(Session& session, const Actor& who, base::Instant now,
                                       TaskId id, int version, const std::string& reason) const {
  const Rule rule{TaskAct::Cancelled, Rule::Right::Assigner, kAllOpen, Need::Required, "reason"};
  return perform(session, {who, now, id, version, reason}, rule, [](Task& task) {
    task.state = TaskState::Cancelled;
    return nothing();
  });
}

base::Result<Task> TaskService::decline(Session& session, const Actor& who, base::Instant now,
                                        TaskId id, int version, const std::string& reason) const {
  const Rule rule{TaskAct::Cancelled, Rule::Right::Lead, kUnreported, Need::Required, "reason"};
  return perform(session, {who, now, id, version, reason}, rule, [](Task& task) {
    task.state = TaskState::Cancelled;
    return nothing();
  });
}

void TaskService::reckonDue(Session& session, base::Instant now, ScopeId scope, TaskId id) const {
  auto task = rows::lockTask(session, scope, id);
  if (!task || !isOpen(task->state) || task->state == TaskState::Reported ||
      task->deadline.kind != DeadlineKind::Workdays) {
    return;
  }
  const auto before = task->due;
  task->due = dueOf(task->deadline, *task->deadlineFrom, calendars_.of(scope));
  if (task->due == before) return;
  rows::updateTask(session, *task);
  tell(session, *task,
       TaskEvent{0,
                 id,
                 TaskAct::DueReckoned,
                 now,
                 Actor{scope, {}, {}, {}},
                 task->state,
                 task->state,
                 "",
                 before,
                 task->due,
                 task->lead.holder,
                 task->lead.holder,
                 {}});
}

}  // namespace reminder
