// Tasks as JSON, in the shapes of schemas.h. Pure: who holds which post was read before.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "eoffice/api/json_writer.h"
#include "eoffice/directory/people.h"
#include "reminder/tasks/task_lists.h"

namespace eoffice::api {

/// The posts that the tasks, participants and events name.
using Holders = directory::PostNames;

struct TaskContext {
  const Holders& holders;
  base::LocalDate today;
  const reminder::WorkCalendar& calendar;
};

/// `Task`
void writeTask(JsonWriter& out, const reminder::Task& task, const TaskContext& context);
/// `TaskDetail`
void writeTaskDetail(JsonWriter& out, const reminder::Task& task,
                     const std::vector<reminder::Participant>& participants,
                     const std::vector<reminder::TaskEvent>& events, const TaskContext& context);
/// `OpenCounts`, `OnTimeRate`
[[nodiscard]] nlohmann::json countsJson(const reminder::OpenCounts& counts);
[[nodiscard]] nlohmann::json rateJson(const reminder::OnTimeRate& rate);

}  // namespace eoffice::api
