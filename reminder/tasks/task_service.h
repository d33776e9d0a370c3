// The acts on a task. Each takes the caller's session (the caller owns the transaction), checks
// right, state and version under a row lock, appends the history, and tells the listeners.
// Refuses to know what a person, a unit or a document is. Safe from any thread.
//
// Refusals of every act: `task.not_found` (or of another scope), `task.not_yours`,
// `task.changed_meanwhile` (version), `task.state_forbids`; of its words: `task.text_missing`,
// `task.text_invalid`, `task.text_too_long`. All codes: docs/errors.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "base/result.h"
#include "reminder/calendar/calendar_files.h"
#include "reminder/tasks/ports.h"
#include "reminder/tasks/task.h"
#include "reminder/tasks/task_event.h"

namespace reminder {

struct Assignment {
  /// Names this assignment for ever: a second one with the same key returns the first one's task
  /// and changes nothing. At most 120 characters: `instruction-51-lead`.
  std::string key;
  SourceRef source = {};
  TaskId parent = {};
  std::string title;         ///< 1 to 1,000 characters.
  std::string product = {};  ///< Up to 500 characters.
  std::string note = {};     ///< The instruction's words, up to 4,000; kept in the history.
  Urgency urgency = Urgency::Normal;
  Seat assigner;  ///< `assigner.holder` is the actor's.
  Seat lead;      ///< Exactly one.
  std::vector<Seat> supports = {};
  std::vector<Seat> followers = {};
  Deadline deadline = {};
  Confirmation confirmation = Confirmation::Needed;
};

class TaskService {
 public:
  TaskService(const Calendars& calendars, std::vector<TaskListener*> listeners)
      : calendars_(calendars), listeners_(std::move(listeners)) {}

  /// Refuses, all at once: faults of the words, `task.lead_missing`,
  /// `task.holder_twice`, `task.too_many_people`, `task.due_in_past`, `task.due_outside_calendar`,
  /// `task.workdays_out_of_range`, `task.parent_not_open`, `task.due_after_parent`.
  base::Result<Task> assign(base::db::Session& session, const Actor& who, base::Instant now,
                            const Assignment& assignment) const;

  /// Someone who takes part opens the task. The lead's first look turns Assigned into Received.
  /// Repeating it changes nothing; takes no version.
  base::Result<Task> see(base::db::Session& session, const Actor& who, base::Instant now,
                         TaskId id) const;

  /// By the lead (makes it InProgress) or a support (history only).
  base::Result<Task> reportProgress(base::db::Session& session, const Actor& who, base::Instant now,
                                    TaskId id, int version, const std::string& text) const;

  /// By the lead. `result` is the document that answers, where there is one. Reported, or Done when
  /// no confirmation is needed.
  base::Result<Task> reportCompletion(base::db::Session& session, const Actor& who,
                                      base::Instant now, TaskId id, int version,
                                      const std::string& text, const SourceRef& result) const;

  /// By the assigner. On time or late is the report's day, however long this took.
  base::Result<Task> confirm(base::db::Session& session, const Actor& who, base::Instant now,
                             TaskId id, int version, const std::string& note) const;

  /// By the assigner; the reason is needed. The report no longer stands.
  base::Result<Task> returnForRework(base::db::Session& session, const Actor& who,
                                     base::Instant now, TaskId id, int version,
                                     const std::string& reason) const;

  /// by the assigner only; the reason is needed; the original due date is kept. Workdays
  /// count from the day of this act.
  base::Result<Task> changeDue(base::db::Session& session, const Actor& who, base::Instant now,
                               TaskId id, int version, const Deadline& deadline,
                               const std::string& reason) const;

  /// By the lead or the assigner; the reason is needed. The new lead has not seen it yet.
  base::Result<Task> handOver(base::db::Session& session, const Actor& who, base::Instant now,
                              TaskId id, int version, const Seat& lead,
                              const std::string& reason) const;

  /// By the assigner; the reason is needed. These support and follow the task from now on, and
  /// nobody else; who stays keeps when they saw it. Refuses `task.holder_twice`,
  /// `task.too_many_people`.
  base::Result<Task> changeParts(base::db::Session& session, const Actor& who, base::Instant now,
                                 TaskId id, int version, const std::vector<Seat>& supports,
                                 const std::vector<Seat>& followers,
                                 const std::string& reason) const;

  /// By the assigner; the reason is needed. Counts in no rate.
  base::Result<Task> cancel(base::db::Session& session, const Actor& who, base::Instant now,
                            TaskId id, int version, const std::string& reason) const;

  /// By the lead, of work that is not theirs to do; the reason is needed. Counts in no rate.
  base::Result<Task> decline(base::db::Session& session, const Actor& who, base::Instant now,
                             TaskId id, int version, const std::string& reason) const;

  /// reckons the due day of an open task with a deadline in workdays again; the old day stays
  /// in the history. For the engine, when a calendar has changed.
  void reckonDue(base::db::Session& session, base::Instant now, ScopeId scope, TaskId id) const;

 private:
  struct Rule;
  struct Request;
  template <class Change>
  base::Result<Task> perform(base::db::Session& session, const Request& request, const Rule& rule,
                             Change&& change) const;
  [[nodiscard]] std::optional<base::Refusal> deadlineFault(base::db::Session& session,
                                                           ScopeId scope, TaskId parent,
                                                           const Deadline& deadline,
                                                           base::LocalDate today) const;
  void setDeadline(Task& task, const Deadline& deadline, base::LocalDate today) const;
  void tell(base::db::Session& session, const Task& task, TaskEvent event) const;

  const Calendars& calendars_;
  std::vector<TaskListener*> listeners_;
};

}  // namespace reminder
