// What waits for the reader of a page, asked of the database once for a request: the navigation
// counts it, and so does the page's own list.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/db/database.h"
#include "eoffice/web/visit.h"
#include "reminder/calendar/calendar_files.h"
#include "reminder/tasks/task_lists.h"

namespace eoffice::web {

/// Kept in Visit::waiting.
struct Waiting {
  std::optional<std::vector<std::int64_t>> boxes;
  std::optional<reminder::Overview> tasks;
};

/// By documents::Box.
[[nodiscard]] const std::vector<std::int64_t>& waitingBoxes(base::db::Session& session,
                                                            const Visit& visit);
[[nodiscard]] const reminder::Overview& openTasks(base::db::Session& session, const Visit& visit,
                                                  base::LocalDate today,
                                                  const reminder::Calendars& calendars);

}  // namespace eoffice::web
