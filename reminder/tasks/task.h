// What a task is: one lead, supports, followers, a deadline or none, a state that is stored and a
// timing that is computed. Values and pure rules; no clock, no database. Safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "reminder/calendar/work_calendar.h"
#include "reminder/ids.h"

namespace reminder {

/// Stored in `task.state`: never renumber, never reuse.
enum class TaskState : std::uint8_t {
  Assigned = 1,    ///< Mới giao: the lead has not seen it.
  Received = 2,    ///< Đã nhận
  InProgress = 3,  ///< Đang thực hiện
  Reported = 4,    ///< Chờ xác nhận: reported as complete, the assigner decides.
  Done = 5,        ///< Đã hoàn thành
  Returned = 6,    ///< Trả lại làm tiếp
  Cancelled = 7    ///< Đã hủy
};
[[nodiscard]] constexpr bool isOpen(TaskState state) {
  return state != TaskState::Done && state != TaskState::Cancelled;
}

/// Stored in `task.urgency`.
enum class Urgency : std::uint8_t { Normal = 0, Urgent = 1, VeryUrgent = 2, Express = 3 };

/// Stored in `task_part.part`.
enum class Part : std::uint8_t { Lead = 1, Support = 2, Follower = 3, Assigner = 4 };

/// Stored in `task.deadline_kind`.
enum class DeadlineKind : std::uint8_t { None = 0, Date = 1, Workdays = 2 };

/// Whether a report of completion closes the task at once.
enum class Confirmation : std::uint8_t { Needed = 1, NotNeeded = 2 };

/// Never stored: judged at today for what must still be done, at the report for what was reported.
enum class Timing : std::uint8_t { None, InTime, Near, Late };

/// No deadline, a last day, or a number of workdays after the day of assignment.
struct Deadline {
  DeadlineKind kind = DeadlineKind::None;
  base::LocalDate date = {};  ///< Kind Date.
  int workdays = 0;           ///< Kind Workdays, 1 to 400.

  static Deadline none() { return {}; }
  static Deadline on(base::LocalDate day) { return {DeadlineKind::Date, day, 0}; }
  static Deadline inWorkdays(int count) { return {DeadlineKind::Workdays, {}, count}; }
};

/// A post and the unit in which it does this task.
struct Seat {
  HolderId holder;
  GroupId group = {};
};

struct Participant {
  Seat seat;
  Part part = Part::Support;
  std::optional<base::Instant> seenAt = {};
};

struct Task {
  TaskId id;
  ScopeId scope;
  TaskId parent;
  SourceRef source;  ///< The document whose instruction made it.
  std::string title;
  std::string product;  ///< What is to be handed over, in words; may be empty.
  Urgency urgency = Urgency::Normal;
  Seat assigner;
  Seat lead;
  TaskState state = TaskState::Assigned;
  Confirmation confirmation = Confirmation::Needed;
  Deadline deadline;
  std::optional<base::LocalDate> deadlineFrom;  ///< Kind Workdays: the day they are counted from.
  std::optional<base::LocalDate> due;           ///< The last day on which it is on time.
  std::optional<base::LocalDate> originalDue;   ///< As first given; never changed.
  base::Instant assignedAt;
  std::optional<base::Instant> reportedAt;  ///< Of the report that stands; empty after a return.
  std::optional<base::Instant> closedAt;
  SourceRef result;
  int version = 1;
};

/// judged at the report where one stands or was accepted, else at `today`. A reported task is
/// never Near: nothing is left to hurry for.
[[nodiscard]] Timing timingOf(const Task& task, base::LocalDate today,
                              const WorkCalendar& calendar);

/// the first day that is no longer near: a task due before it has at most three workdays
/// left. What `timingOf` and every count compare with.
[[nodiscard]] base::LocalDate nearEnds(base::LocalDate today, const WorkCalendar& calendar);

/// the last day of a deadline given on `assigned`; empty for none.
[[nodiscard]] std::optional<base::LocalDate> dueOf(const Deadline& deadline,
                                                   base::LocalDate assigned,
                                                   const WorkCalendar& calendar);

}  // namespace reminder
