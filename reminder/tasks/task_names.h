// The snake_case name of each code of a task: in the API, in addresses (`?timing=late`), and as the
// end of a text key (`task.state.in_progress`). Never rename. Pure; safe from any thread.
#pragma once

#include <optional>
#include <string_view>

#include "reminder/tasks/task.h"
#include "reminder/tasks/task_event.h"

namespace reminder {

[[nodiscard]] std::string_view nameOf(TaskState state);  // texts: task.state.*
[[nodiscard]] std::string_view nameOf(Timing timing);    // texts: task.timing.*
[[nodiscard]] std::string_view nameOf(Part part);        // texts: task.part.*
[[nodiscard]] std::string_view nameOf(TaskAct act);      // texts: task.act.*
[[nodiscard]] std::string_view nameOf(Urgency urgency);  ///< `express`

/// Empty for a name that there is not.
[[nodiscard]] std::optional<TaskState> taskStateNamed(std::string_view name);
[[nodiscard]] std::optional<Timing> timingNamed(std::string_view name);
[[nodiscard]] std::optional<Part> partNamed(std::string_view name);
[[nodiscard]] std::optional<Urgency> urgencyNamed(std::string_view name);

}  // namespace reminder
