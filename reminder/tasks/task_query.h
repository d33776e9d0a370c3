// Puts one query over tasks together: rights first, then what narrows. The text varies with which
// conditions there are, never with their values. For this folder alone.
#pragma once

#include <string>
#include <string_view>

#include "base/db/database.h"
#include "reminder/tasks/task_lists.h"

namespace reminder {

class TaskQuery {
 public:
  /// `openOnly` lets the reader's own tasks be found among the open ones alone.
  TaskQuery(const TaskRights& rights, bool openOnly);
  /// Narrowed to the filter's `open`, holder and part. A reader's own part in a task is right
  /// enough to see it: nothing else is asked then.
  TaskQuery(const TaskRights& rights, const TaskFilter& filter);

  void narrow(const TaskFilter& filter, base::LocalDate today, base::LocalDate nearEnds);
  void where(std::string_view condition, const base::db::Params& params = {});

  /// `FROM task t ... WHERE ...` and its values.
  [[nodiscard]] std::string text() const { return from_ + where_; }
  [[nodiscard]] const base::db::Params& params() const { return params_; }

 private:
  void narrowToHolder(const TaskFilter& filter);

  std::string from_;
  std::string where_;
  base::db::Params params_;
};

}  // namespace reminder
