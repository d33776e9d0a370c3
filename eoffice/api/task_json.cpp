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
constexpr std::array<const char*, 12> kActs{
    "",         "assigned",    "received",    "progress",  "reported",     "confirmed",
    "returned", "due_changed", "handed_over", "cancelled", "due_reckoned", "parts_changed"};
constexpr std::array<const char*, 5> kParts{"", "lead", "support", "follower", "assigner"};
constexpr std::array<const char*, 4> kTimings{"none", "in_time", "near", "late"};

template <std::size_t N, class Enum>
const char* nameIn(const std::array<const char*, N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

void writeSeat(JsonWriter& out, std::string_view key, reminder::HolderId holder,
               const Holders& holders) {
  const auto found = holders.find(PostId(holder.value()));
  const auto name = found == holders.end() ? directory::PostName() : found->second;
  out.key(key).open('{').field("post", holder.value()).field("name", name.personName);
  out.field("title", name.title).key("unit");
  if (name.unit.valid()) {
    out.open('{').field("id", name.unit.value()).field("name", name.unitName).close('}');
  } else {
    out.null();
  }
  out.close('}');
}

std::int64_t documentIn(const reminder::SourceRef& source) {
  return source.kind == "document" ? source.id : 0;
}

void writeEvent(JsonWriter& out, const reminder::TaskEvent& event, const Holders& holders) {
  out.open('{').field("act", nameIn(kActs, event.act)).field("at", event.at);
  if (event.actor.holder.valid()) {
    writeSeat(out, "by", event.actor.holder, holders);
  } else {
    out.key("by").null();
  }
  out.field("state", nameIn(kStates, event.after))
      .field("note", event.note)
      .field("due_before", event.dueBefore)
      .field("due_after", event.dueAfter)
      .close('}');
}

// Without its brackets.
void writeFields(JsonWriter& out, const Task& task, const TaskContext& context) {
  const bool inWorkdays = task.deadline.kind == reminder::DeadlineKind::Workdays;
  out.field("id", task.id.value())
      .field("title", task.title)
      .field("product", task.product)
      .field("urgency", schemas::urgencyNames().at(static_cast<std::size_t>(task.urgency)))
      .field("state", nameIn(kStates, task.state))
      .field("timing", nameIn(kTimings, timingOf(task, context.today, context.calendar)))
      .fieldOrNull("document", documentIn(task.source))
      .fieldOrNull("result_document", documentIn(task.result));
  writeSeat(out, "lead", task.lead.holder, context.holders);
  writeSeat(out, "assigner", task.assigner.holder, context.holders);
  out.fieldOrNull("workdays", inWorkdays ? task.deadline.workdays : 0)
      .field("due_date", task.due)
      .field("original_due_date", task.originalDue)
      .field("assigned_at", task.assignedAt)
      .field("reported_at", task.reportedAt)
      .field("closed_at", task.closedAt)
      .field("version", task.version);
}

}  // namespace

void writeTask(JsonWriter& out, const Task& task, const TaskContext& context) {
  out.open('{');
  writeFields(out, task, context);
  out.close('}');
}

void writeTaskDetail(JsonWriter& out, const Task& task,
                     const std::vector<reminder::Participant>& participants,
                     const std::vector<reminder::TaskEvent>& events, const TaskContext& context) {
  out.open('{');
  writeFields(out, task, context);
  out.key("participants").open('[');
  for (const auto& one : participants) {
    out.open('{').field("part", nameIn(kParts, one.part));
    writeSeat(out, "seat", one.seat.holder, context.holders);
    out.field("seen_at", one.seenAt).close('}');
  }
  out.close(']').key("history").open('[');
  for (const auto& event : events) writeEvent(out, event, context.holders);
  out.close(']').close('}');
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
