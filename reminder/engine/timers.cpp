#include "reminder/engine/timers.h"

#include "reminder/channels/bell.h"
#include "reminder/engine/engine_rows.h"
#include "reminder/rules/reminder_policy.h"
#include "reminder/tasks/task_lists.h"

namespace reminder {
namespace {

using base::db::Session;

bool isReminded(const Task& task) {
  return isOpen(task.state) && task.state != TaskState::Reported && task.due.has_value();
}

bool setsTimer(TaskAct act) {
  return act == TaskAct::Assigned || act == TaskAct::Returned || act == TaskAct::DueChanged ||
         act == TaskAct::DueReckoned;
}

Silence silenceFor(const Task& task) {
  if (!isOpen(task.state)) return Silence::TaskClosed;
  if (task.state == TaskState::Reported) return Silence::AwaitingConfirmation;
  return task.due ? Silence::DueMoved : Silence::NoDeadline;
}

/// Whom an act concerns, and as what.
struct Concern {
  HolderId holder;
  const char* kind;
};

std::vector<Concern> concernsOf(const Task& task, const TaskEvent& event,
                                const std::vector<Participant>& participants) {
  std::vector<Concern> concerns;
  const auto toWorkers = [&](const char* kind) {
    concerns.push_back({task.lead.holder, kind});
    for (const auto& one : participants) {
      if (one.part == Part::Support) concerns.push_back({one.seat.holder, kind});
    }
  };
  switch (event.act) {
    case TaskAct::Assigned:
      concerns.push_back({task.lead.holder, "task_assigned"});
      for (const auto& one : participants) {
        if (one.part == Part::Support) concerns.push_back({one.seat.holder, "task_support"});
        if (one.part == Part::Follower) concerns.push_back({one.seat.holder, "task_follow"});
      }
      break;
    case TaskAct::Reported:
      concerns.push_back({task.assigner.holder, "task_reported"});
      break;
    case TaskAct::Confirmed:
      toWorkers("task_confirmed");
      break;
    case TaskAct::Returned:
      toWorkers("task_returned");
      break;
    case TaskAct::DueChanged:
    case TaskAct::DueReckoned:
      toWorkers("task_due_changed");
      break;
    case TaskAct::HandedOver:
      concerns.push_back({task.lead.holder, "task_assigned"});
      if (task.lead.holder != task.assigner.holder) {
        concerns.push_back({task.assigner.holder, "task_handed_over"});
      }
      concerns.push_back({event.leadBefore, "task_moved"});
      break;
    case TaskAct::Cancelled:
      toWorkers("task_cancelled");
      break;
    case TaskAct::Received:
    case TaskAct::Progress:
    case TaskAct::PartsChanged:
      break;
  }
  return concerns;
}

bool namesSupports(TaskAct act) {
  return act != TaskAct::Received && act != TaskAct::Progress && act != TaskAct::Reported &&
         act != TaskAct::HandedOver;
}

}  // namespace

void Timers::taskChanged(Session& session, const Task& task, const TaskEvent& event) {
  ringAbout(session, task, event);
  if (isReminded(task) && !setsTimer(event.act)) return;
  noteSilence(session, task, event);
  if (isReminded(task)) {
    set(session, task, event.at);
  } else {
    rows::dropTimer(session, task.id);
  }
}

void Timers::noteSilence(Session& session, const Task& task, const TaskEvent& event) const {
  const auto timer = rows::findTimer(session, task.id);
  if (!timer || !timer->next || !event.dueBefore) return;
  const auto& calendar = calendars_.of(task.scope);
  const auto& ladder = ladders_.of(task.urgency, task.source.kind);
  for (const auto& time : timesOf(ladder, *event.dueBefore, calendar)) {
    if (time.at <= timer->handledUpTo) continue;
    rows::insertSilences(session, {{task.id, time.rung->id, time.day, silenceFor(task), {}}},
                         event.at);
    return;  // the next one that was to go out
  }
}

void Timers::set(Session& session, const Task& task, base::Instant handledUpTo) const {
  rows::putTimers(session, {{task.id, nextFor(task, handledUpTo), handledUpTo}});
  changes_.fetch_add(1);
}

std::optional<base::Instant> Timers::nextFor(const Task& task, base::Instant handledUpTo) const {
  // The first rung after `handledUpTo`, be it past or to come: what was missed is due at once.
  const TimerFacts facts{task.state, task.urgency, task.due, handledUpTo};
  return decide(facts, ladders_.of(task.urgency, task.source.kind), handledUpTo,
                calendars_.of(task.scope))
      .next;
}

void Timers::ringAbout(Session& session, const Task& task, const TaskEvent& event) const {
  if (event.act == TaskAct::Received || event.act == TaskAct::Progress) return;
  const auto participants =
      namesSupports(event.act) ? participantsOf(session, task.id) : std::vector<Participant>{};
  const auto concerns = concernsOf(task, event, participants);
  std::vector<HolderId> holders;
  for (const auto& concern : concerns) holders.push_back(concern.holder);
  const auto readers = people_.readersOf(session, holders, event.at);
  std::vector<Notice> notices;
  for (const auto& [holder, kind] : concerns) {
    const auto reader = readers.find(holder);
    if (reader == readers.end() || reader->second.id == event.actor.person) continue;
    notices.push_back({reader->second.id,
                       holder,
                       kind,
                       {"task", task.id.value()},
                       {{"title", task.title}, {"due", task.due ? base::viDate(*task.due) : "–"}},
                       "task-event-" + std::to_string(event.id)});
  }
  Bell::ring(session, event.at, notices);
}

}  // namespace reminder
