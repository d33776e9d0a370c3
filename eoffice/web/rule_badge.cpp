#include "eoffice/web/rule_badge.h"

#include <nlohmann/json.hpp>

#include "eoffice/documents/handling_report.h"

namespace eoffice::web {
namespace {

using documents::Duty;
using nlohmann::json;

std::optional<Duty> dutyOf(std::string_view slug) {
  if (slug == "to-register") return Duty::Register;
  if (slug == "to-submit") return Duty::Submit;
  if (slug == "to-number" || slug == "to-seal" || slug == "to-issue") return Duty::Issue;
  return std::nullopt;
}

}  // namespace

// texts: rule.duty.*
json ruleBadge(const Speech& say, std::string_view slug, documents::Urgency urgency,
               base::Instant since, base::Instant now, const reminder::WorkCalendar& calendar) {
  const auto duty = dutyOf(slug);
  if (!duty) return nullptr;
  const auto due = documents::ruleDue(calendar, since);
  const auto today = base::localDate(now);
  if (!due || !calendar.covers(today)) return nullptr;
  const auto name = say("rule.duty." + std::string(nameOf(*duty)));
  const auto hint = say("rule.hint", {{"day", base::viDate(*due)}});
  if (today > *due) {
    const auto days = std::to_string(std::max(1, calendar.workdaysBetween(*due, today)));
    return {{"kind", "late"},
            {"text", say("rule.late", {{"duty", name}, {"days", days}})},
            {"hint", hint}};
  }
  if (urgency != documents::Urgency::Normal) {
    const auto waited =
        std::chrono::duration_cast<std::chrono::minutes>(calendar.workingTimeBetween(since, now));
    return {{"kind", "near"},
            {"text", say("rule.at_once", {{"minutes", std::to_string(waited.count())}})},
            {"hint", hint}};
  }
  if (today < *due) return nullptr;
  return {{"kind", "near"}, {"text", say("rule.today", {{"duty", name}})}, {"hint", hint}};
}

}  // namespace eoffice::web
