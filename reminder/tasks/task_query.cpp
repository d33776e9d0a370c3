#include "reminder/tasks/task_query.h"

#include <algorithm>

#include "base/db/in_list.h"

namespace reminder {
namespace {

using base::db::InList;
using base::db::Params;

// The four timings are four ranges of one column (migration 0050 says how it comes about).
constexpr std::string_view kLate = "t.judged_due < ?";
constexpr std::string_view kNear = "(t.judged_due >= ? AND t.judged_due < ?)";
constexpr std::string_view kInTime = "(t.judged_due >= ? AND t.judged_due < '9999-12-31')";
constexpr std::string_view kNone = "t.judged_due = '9999-12-31'";

// The tasks in which one of the reader's posts or units takes part.
std::string ownTasks(const InList& holders, const InList& groups, bool openOnly) {
  const std::string open = openOnly ? " AND p.is_open = 1" : "";
  return "FROM (SELECT p.task_id FROM task_part p WHERE p.holder_id IN " + holders.text() + open +
         " UNION SELECT p.task_id FROM task_part p WHERE p.group_id IN " + groups.text() + open +
         ") mine STRAIGHT_JOIN task t ON t.id = mine.task_id";
}

struct Condition {
  std::string text;
  Params params;

  void add(std::string_view more, const Params& values) {
    text += (text.empty() ? "" : " OR ") + std::string(more);
    params.insert(params.end(), values.begin(), values.end());
  }
};

Condition judged(const std::vector<Timing>& timings, base::LocalDate today,
                 base::LocalDate nearEnds) {
  Condition any;
  for (const auto timing : timings) {
    switch (timing) {
      case Timing::Late:
        any.add(kLate, {today});
        break;
      case Timing::Near:
        any.add(kNear, {today, nearEnds});
        break;
      case Timing::InTime:
        any.add(kInTime, {nearEnds});
        break;
      case Timing::None:
        any.add(kNone, {});
        break;
    }
  }
  return any;
}

}  // namespace

TaskQuery::TaskQuery(const TaskRights& rights, bool openOnly) : from_("FROM task t") {
  if (!rights.wholeScope) {
    const InList holders(rights.holders);
    const InList groups(rights.groups);
    from_ = ownTasks(holders, groups, openOnly);
    holders.appendTo(params_);
    groups.appendTo(params_);
  }
  where("t.scope_id = ?", {rights.scope});
}

TaskQuery::TaskQuery(const TaskRights& rights, const TaskFilter& filter) {
  const auto& own = rights.holders;
  const bool asHolder = filter.holder.valid() && filter.part &&
                        std::find(own.begin(), own.end(), filter.holder) != own.end();
  if (!asHolder) {
    *this = TaskQuery(rights, filter.open == true);
    narrowToHolder(filter);
  } else {
    from_ = "FROM task_part f STRAIGHT_JOIN task t ON t.id = f.task_id";
    where("f.holder_id = ? AND f.part = ? AND t.scope_id = ?",
          {filter.holder, *filter.part, rights.scope});
    if (filter.open) where("f.is_open = ?", {*filter.open});
  }
  if (filter.open) where("t.is_open = ?", {*filter.open});
}

void TaskQuery::where(std::string_view condition, const Params& params) {
  where_ += (where_.empty() ? " WHERE " : " AND ") + std::string(condition);
  params_.insert(params_.end(), params.begin(), params.end());
}

void TaskQuery::narrowToHolder(const TaskFilter& filter) {
  if (filter.holder.valid() && filter.part) {
    where("t.id IN (SELECT f.task_id FROM task_part f WHERE f.holder_id = ? AND f.part = ?)",
          {filter.holder, *filter.part});
  } else if (filter.holder.valid()) {
    where("t.id IN (SELECT f.task_id FROM task_part f WHERE f.holder_id = ?)", {filter.holder});
  }
}

void TaskQuery::narrow(const TaskFilter& filter, base::LocalDate today, base::LocalDate nearEnds) {
  if (!filter.states.empty()) {
    Condition any;
    for (const auto state : filter.states) any.add("t.state = ?", {state});
    where("(" + any.text + ")", any.params);
  }
  if (!filter.timings.empty()) {
    const auto any = judged(filter.timings, today, nearEnds);
    where("(" + any.text + ")", any.params);
  }
  if (filter.group) where("t.lead_group_id <=> ?", {*filter.group});
  if (filter.source.valid()) {
    where("t.source_kind = ? AND t.source_id = ?", {filter.source.kind, filter.source.id});
  }
}

}  // namespace reminder
