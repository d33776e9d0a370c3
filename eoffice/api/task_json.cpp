#include "eoffice/api/task_json.h"

#include <array>

#include "eoffice/api/document_json.h"
#include "eoffice/api/schemas.h"

namespace eoffice::api {
namespace {

using nlohmann::json;
using reminder::Task;

// By their stored codes; index 0 names none.
constexpr std::array<const char*, 8> kStates{"",         "assigned", "received", "in_progress",
                                             "reported", "done",     "returned", "cancelled"};
constexpr std::array<const char*, 11> kActs{
    "",         "assigned",    "received",    "progress",  "reported",    "confirmed",
    "returned", "due_changed", "handed_over", "cancelled", "due_reckoned"};
constexpr std::array<const char*, 5> kParts{"", "lead", "support", "follower", "assigner"};
constexpr std::array<const char*, 4> kTimings{"none", "in_time", "near", "late"};

template <std::size_t N, class Enum>
const char* nameIn(const std::array<const char*, N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

json seatJson(reminder::HolderId holder, const Holders& holders) {
  const auto found = holders.find(holder.value());
  if (found == holders.end()) {
    return {{"post", holder.value()}, {"name", ""}, {"title", ""}, {"unit", nullptr}};
  }
  const auto& card = found->second;
  json unit = nullptr;
  if (card.unit.valid()) unit = {{"id", card.unit.value()}, {"name", card.unitName}};
  return {{"post", holder.value()},
          {"name", card.personName},
          {"title", card.title},
          {"unit", std::move(unit)}};
}

json documentIn(const reminder::SourceRef& source) {
  return source.kind == "document" ? numberOrNull(source.id) : json(nullptr);
}

json eventJson(const reminder::TaskEvent& event, const Holders& holders) {
  return {
      {"act", nameIn(kActs, event.act)},
      {"at", base::isoInstant(event.at)},
      {"by", event.actor.holder.valid() ? seatJson(event.actor.holder, holders) : json(nullptr)},
      {"state", nameIn(kStates, event.after)},
      {"note", event.note},
      {"due_before", orNull(event.dueBefore)},
      {"due_after", orNull(event.dueAfter)}};
}

}  // namespace

Holders holdersOf(base::db::Session& session, const std::vector<std::int64_t>& numbers) {
  std::vector<PostId> posts;
  for (const auto number : numbers) posts.emplace_back(number);
  std::sort(posts.begin(), posts.end());
  posts.erase(std::unique(posts.begin(), posts.end()), posts.end());
  Holders holders;
  if (posts.empty()) return holders;
  for (auto& name : directory::postNames(session, posts)) {
    holders.emplace(name.post.value(), std::move(name));
  }
  return holders;
}

json taskJson(const Task& task, const TaskContext& context) {
  const bool inWorkdays = task.deadline.kind == reminder::DeadlineKind::Workdays;
  return {{"id", task.id.value()},
          {"title", task.title},
          {"product", task.product},
          {"urgency", schemas::urgencyNames().at(static_cast<std::size_t>(task.urgency))},
          {"state", nameIn(kStates, task.state)},
          {"timing", nameIn(kTimings, timingOf(task, context.today, context.calendar))},
          {"document", documentIn(task.source)},
          {"result_document", documentIn(task.result)},
          {"lead", seatJson(task.lead.holder, context.holders)},
          {"assigner", seatJson(task.assigner.holder, context.holders)},
          {"workdays", inWorkdays ? json(task.deadline.workdays) : json(nullptr)},
          {"due_date", orNull(task.due)},
          {"original_due_date", orNull(task.originalDue)},
          {"assigned_at", base::isoInstant(task.assignedAt)},
          {"reported_at", orNull(task.reportedAt)},
          {"closed_at", orNull(task.closedAt)},
          {"version", task.version}};
}

json taskDetailJson(const Task& task, const std::vector<reminder::Participant>& participants,
                    const std::vector<reminder::TaskEvent>& events, const TaskContext& context) {
  json out = taskJson(task, context);
  out["participants"] = json::array();
  for (const auto& one : participants) {
    out["participants"].push_back({{"part", nameIn(kParts, one.part)},
                                   {"seat", seatJson(one.seat.holder, context.holders)},
                                   {"seen_at", orNull(one.seenAt)}});
  }
  out["history"] = json::array();
  for (const auto& event : events) out["history"].push_back(eventJson(event, context.holders));
  return out;
}

json countsJson(const reminder::OpenCounts& counts) {
  return {{"late", counts.late},
          {"near", counts.near},
          {"in_time", counts.inTime},
          {"open", counts.all()}};
}

json rateJson(const reminder::OnTimeRate& rate) {
  const auto permille = rate.permille();
  return {{"permille", permille ? json(*permille) : json(nullptr)},
          {"done_on_time", rate.doneOnTime},
          {"done_late", rate.doneLate},
          {"open_late", rate.openLate}};
}

}  // namespace eoffice::api
