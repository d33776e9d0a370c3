#include "eoffice/web/task_view.h"

#include <nlohmann/json.hpp>

#include "eoffice/directory/permissions.h"

namespace eoffice::web {
namespace {

using base::Language;
using base::Texts;

struct Said {
  std::string kind;
  std::string text;
};

std::string days(int count) { return std::to_string(count); }

Said sayTiming(const Texts& texts, Language language, const reminder::Task& task,
               base::LocalDate today, const reminder::WorkCalendar& calendar) {
  const auto timing = reminder::timingOf(task, today, calendar);
  const bool reported = task.reportedAt.has_value();
  if (timing == reminder::Timing::Late) {
    const auto until = reported ? base::localDate(*task.reportedAt) : today;
    const int late = calendar.workdaysBetween(*task.due, until);
    return {"late", texts.get(language, reported ? "deadline.done_late" : "deadline.late",
                              {{"days", days(std::max(late, 1))}})};
  }
  if (reported) return {"good", texts.get(language, "deadline.done_in_time")};
  const int left = calendar.workdaysBetween(today, *task.due);
  if (*task.due == today) return {"near", texts.get(language, "deadline.today")};
  return {timing == reminder::Timing::Near ? "near" : "plain",
          texts.get(language, "deadline.left", {{"days", days(left)}})};
}

}  // namespace

reminder::TaskRights taskRightsOf(const Caller& caller) {
  reminder::TaskRights rights{
      .scope = reminder::ScopeId(caller.agency.value()),
      .wholeScope = directory::may(caller, directory::Capability::FollowTasks),
      .holders = {reminder::HolderId(caller.post.value())}};
  if (caller.role == Role::HeadOfUnit && caller.unit.valid()) {
    rights.groups.push_back(reminder::GroupId(caller.unit.value()));
  }
  return rights;
}

std::optional<reminder::TaskFilter> taskFilterOf(std::string_view slug, const Caller& caller) {
  if (slug == "late") return reminder::listBehind(reminder::Timing::Late);
  if (slug == "near") return reminder::listBehind(reminder::Timing::Near);
  if (slug == "in-time") return reminder::listBehind(reminder::Timing::InTime);
  if (slug == "open") return reminder::listBehind(std::nullopt);
  if (slug == "done") return reminder::TaskFilter{.states = {reminder::TaskState::Done}};
  if (slug == "mine") {
    return reminder::TaskFilter{.open = true,
                                .holder = reminder::HolderId(caller.post.value()),
                                .part = reminder::Part::Lead};
  }
  if (slug == "to-confirm") {
    return reminder::TaskFilter{.states = {reminder::TaskState::Reported},
                                .holder = reminder::HolderId(caller.post.value()),
                                .part = reminder::Part::Assigner};
  }
  return std::nullopt;
}

nlohmann::json deadlineBadge(const Texts& texts, Language language, const reminder::Task& task,
                             base::LocalDate today, const reminder::WorkCalendar& calendar) {
  if (!task.due) return nullptr;
  const auto said = sayTiming(texts, language, task, today, calendar);
  return {
      {"kind", said.kind}, {"text", said.text}, {"hint", dayInWords(texts, language, *task.due)}};
}

// texts: weekday.*
std::string dayInWords(const Texts& texts, Language language, base::LocalDate day) {
  const std::chrono::weekday weekday{std::chrono::sys_days{day}};
  return texts.get(language, "weekday." + std::to_string(weekday.iso_encoding())) + ", " +
         base::viDate(day);
}

}  // namespace eoffice::web
