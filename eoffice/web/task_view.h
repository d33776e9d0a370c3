// Tasks as pages show them: which the reader may see, and how a deadline is said.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/db/database.h"
#include "base/texts.h"
#include "eoffice/directory/caller.h"
#include "reminder/calendar/work_calendar.h"
#include "reminder/tasks/task_lists.h"

namespace eoffice::web {

/// Leaders and heads of office see the agency's tasks, heads of units their unit's, others their
/// own.
[[nodiscard]] reminder::TaskRights taskRightsOf(const Caller& caller);

/// The filter of a task list by its slug (`late`, `near`, `in-time`, `open`, `done`, `mine`); empty
/// for another.
[[nodiscard]] std::optional<reminder::TaskFilter> taskFilterOf(std::string_view slug,
                                                               const Caller& caller);

/// `{kind, text, hint}`: "Trễ 3 ngày", "Còn 2 ngày làm việc", "Hôm nay"; null without a deadline.
[[nodiscard]] nlohmann::json deadlineBadge(const base::Texts& texts, base::Language language,
                                           const reminder::Task& task, base::LocalDate today,
                                           const reminder::WorkCalendar& calendar);

/// `Thứ Ba, 20/01/2026`
[[nodiscard]] std::string dayInWords(const base::Texts& texts, base::Language language,
                                     base::LocalDate day);

}  // namespace eoffice::web
