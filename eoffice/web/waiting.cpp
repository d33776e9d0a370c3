#include "eoffice/web/waiting.h"

#include "eoffice/documents/reading.h"
#include "eoffice/web/task_view.h"

namespace eoffice::web {
namespace {

Waiting& of(const Visit& visit) {
  if (!visit.waiting) visit.waiting = std::make_shared<Waiting>();
  return *visit.waiting;
}

}  // namespace

const std::vector<std::int64_t>& waitingBoxes(base::db::Session& session, const Visit& visit) {
  auto& boxes = of(visit).boxes;
  if (!boxes) boxes = documents::boxCounts(session, visit.caller());
  return *boxes;
}

const reminder::Overview& openTasks(base::db::Session& session, const Visit& visit,
                                    base::LocalDate today, const reminder::Calendars& calendars) {
  auto& tasks = of(visit).tasks;
  if (!tasks) {
    const auto rights = taskRightsOf(visit.caller());
    tasks = reminder::overviewOf(session, rights, today, calendars.of(rights.scope));
  }
  return *tasks;
}

}  // namespace eoffice::web
