// Tasks as lists and as counts. Rights are part of every query: nothing is read that the reader may
// not see. A count carries the filter that lists exactly the rows it counted. One query each.
// Takes a session; keeps nothing. Safe from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "reminder/tasks/task.h"
#include "reminder/tasks/task_event.h"

namespace reminder {

/// Which tasks of a scope a reader may see: all of them, or those in which one of these posts takes
/// part, or in which one of these units does.
struct TaskRights {
  ScopeId scope;
  bool wholeScope = false;             ///< Leaders, head of office.
  std::vector<HolderId> holders = {};  ///< The reader's posts and those they stand in for.
  std::vector<GroupId> groups = {};    ///< Units whose head the reader is.
};

/// Everything narrows; empty means any.
struct TaskFilter {
  std::optional<bool> open = {};
  std::vector<TaskState> states = {};
  std::vector<Timing> timings = {};  ///< Any of these, judged at `today`.
  HolderId holder = {};              ///< With `part`: who has that part; without: any part.
  std::optional<Part> part = {};
  std::optional<GroupId> group = {};  ///< The lead's unit; a GroupId that is not valid: none.
  SourceRef source = {};
};

enum class TaskOrder : std::uint8_t {
  DueFirst,    ///< By due day; then what was reported in time; last what has no deadline.
  NewestFirst  ///< By assignment.
};

/// Where a task stands in a list. As text in an address: `17.20260106`.
struct TaskKey {
  TaskId task;
  base::LocalDate judged{};  ///< The day that DueFirst goes by.
};
[[nodiscard]] std::string textOf(const TaskKey& key);
[[nodiscard]] std::optional<TaskKey> taskKeyFrom(std::string_view text);

/// Which tasks of a list: the first ones, or those beside a key, nearest ones.
struct TaskPlace {
  enum class Side : std::uint8_t { After, Before };
  std::optional<TaskKey> key = {};
  Side side = Side::After;
};

struct TaskPage {
  std::vector<Task> tasks;
  bool more = false;        ///< There are further ones on that side.
  TaskKey first{}, last{};  ///< Of the tasks here, when there are any.
};

/// The task, if the reader may know of it.
[[nodiscard]] std::optional<Task> findTask(base::db::Session& session, const TaskRights& rights,
                                           TaskId id);
[[nodiscard]] std::vector<Participant> participantsOf(base::db::Session& session, TaskId id);

[[nodiscard]] TaskPage listTasks(base::db::Session& session, const TaskRights& rights,
                                 const TaskFilter& filter, TaskOrder order, base::LocalDate today,
                                 const WorkCalendar& calendar, std::size_t limit,
                                 const TaskPlace& place = {});
[[nodiscard]] std::int64_t countTasks(base::db::Session& session, const TaskRights& rights,
                                      const TaskFilter& filter, base::LocalDate today,
                                      const WorkCalendar& calendar);

/// Open tasks of one unit, or of all.
struct OpenCounts {
  std::int64_t late = 0;
  std::int64_t near = 0;    ///< Due today or within three workdays.
  std::int64_t inTime = 0;  ///< Later, reported in time, or without a deadline.
  [[nodiscard]] std::int64_t all() const { return late + near + inTime; }
};

struct GroupCounts {
  GroupId group;  ///< Not valid: posts at the agency's head.
  OpenCounts open;
};

/// A leader's first page. Groups with most late tasks first.
struct Overview {
  OpenCounts all;
  std::vector<GroupCounts> groups;
};
[[nodiscard]] Overview overviewOf(base::db::Session& session, const TaskRights& rights,
                                  base::LocalDate today, const WorkCalendar& calendar);
/// The list behind a number of the overview, of one unit or of all: Late, Near, InTime (with those
/// that have no deadline), or empty for all open tasks.
[[nodiscard]] TaskFilter listBehind(std::optional<Timing> timing,
                                    std::optional<GroupId> group = std::nullopt);

/// The open tasks that are late for the longest time, worst first.
[[nodiscard]] std::vector<Task> longestLate(base::db::Session& session, const TaskRights& rights,
                                            base::LocalDate today, std::size_t limit);

/// done on time ÷ (done + open and late), of tasks with a deadline; done tasks whose accepted
/// report is of a day in [from, to], open ones judged at `to`. Empty rate: nothing to divide by.
struct OnTimeRate {
  std::int64_t doneOnTime = 0;
  std::int64_t doneLate = 0;
  std::int64_t openLate = 0;
  [[nodiscard]] std::optional<int> permille() const;  ///< Rounded down: 1000 only when all were.
};
[[nodiscard]] OnTimeRate onTimeRate(base::db::Session& session, const TaskRights& rights,
                                    base::LocalDate from, base::LocalDate to,
                                    std::optional<GroupId> group = std::nullopt);
/// The same for every unit that has such tasks, in one query; a GroupId that is not valid: the
/// posts at the agency's head.
[[nodiscard]] std::map<GroupId, OnTimeRate> onTimeRates(base::db::Session& session,
                                                        const TaskRights& rights,
                                                        base::LocalDate from, base::LocalDate to);

}  // namespace reminder
