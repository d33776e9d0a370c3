// The shapes of tasks.
#include "eoffice/api/schemas.h"

namespace eoffice::api::schemas {
namespace {

const Schema& seatSchema() {
  static const Schema kSchema{
      .name = "Seat",
      .fields = {id("post", "Post."), text("name", "Who holds it."), text("title", "Title."),
                 optional(object("unit", namedRef()))}};
  return kSchema;
}

const std::vector<std::string>& taskStates() {
  static const std::vector<std::string> kNames{"assigned", "received", "in_progress", "reported",
                                               "done",     "returned", "cancelled"};
  return kNames;
}

std::vector<Field> taskFields() {
  return {id("id", "Id."),
          text("title", "What is to be done."),
          text("product", "What is to be handed over; may be empty."),
          choice("urgency", "Urgency.", urgencyNames()),
          choice("state", "State.", taskStates()),
          choice("timing", "Judged today.", {"none", "in_time", "near", "late"}),
          optional(id("document", "The document whose instruction made it.")),
          optional(id("result_document", "The document that answers.")),
          object("lead", seatSchema()),
          object("assigner", seatSchema()),
          optional(number("workdays", "When the deadline was given in workdays.")),
          optional(date("due_date", "The last day on which it is on time.")),
          optional(date("original_due_date", "As first given.")),
          instant("assigned_at", "When."),
          optional(instant("reported_at", "Of the report that stands.")),
          optional(instant("closed_at", "When.")),
          number("version", "For the next act.", 1)};
}

const Schema& participantSchema() {
  static const Schema kSchema{
      .name = "Participant",
      .fields = {choice("part", "Part.", {"lead", "support", "follower", "assigner"}),
                 object("seat", seatSchema()), optional(instant("seen_at", "When."))}};
  return kSchema;
}

const Schema& eventOfTask() {
  static const Schema kSchema{
      .name = "TaskEvent",
      .fields = {text("act",
                      "`assigned`, `received`, `progress`, `reported`, `confirmed`, "
                      "`returned`, `due_changed`, `handed_over`, `cancelled`, "
                      "`due_reckoned`, `parts_changed`"),
                 instant("at", "When."), optional(object("by", seatSchema(), "Null: the system.")),
                 choice("state", "Afterwards.", taskStates()), text("note", "What was said."),
                 optional(date("due_before", "When the deadline changed.")),
                 optional(date("due_after", "When the deadline changed."))}};
  return kSchema;
}

const Schema& countsSchema() {
  static const Schema kSchema{
      .name = "OpenCounts",
      .fields = {number("late", "Past their last day."),
                 number("near", "Due today or within three workdays."),
                 number("in_time", "Later, reported in time, or without a deadline."),
                 number("open", "All three together.")}};
  return kSchema;
}

const Schema& rateSchema() {
  static const Schema kSchema{
      .name = "OnTimeRate",
      .fields = {optional(number("permille", "Rounded down; null: nothing to divide by.")),
                 number("done_on_time", "Of the period."), number("done_late", "Of the period."),
                 number("open_late", "At the end of the period.")}};
  return kSchema;
}

const Schema& unitCounts() {
  static const Schema kSchema{
      .name = "UnitCounts",
      .fields = {optional(object("unit", namedRef(), "Null: posts at the agency's head.")),
                 object("open", countsSchema()), object("on_time", rateSchema())}};
  return kSchema;
}

}  // namespace

const Schema& task() {
  static const Schema kSchema{.name = "Task", .fields = taskFields()};
  return kSchema;
}

const Schema& taskList() {
  static const Schema kSchema{
      .name = "TaskList",
      .fields = {objects("tasks", task()), number("size", "Rows asked for.", 1),
                 flag("more", "There is a next page."),
                 optional(text("next", "The next page's `after`."))}};
  return kSchema;
}

const Schema& taskDetail() {
  static const Schema kSchema = [] {
    Schema schema{.name = "TaskDetail", .fields = taskFields()};
    schema.fields.push_back(objects("participants", participantSchema()));
    schema.fields.push_back(objects("history", eventOfTask(), "Oldest first."));
    return schema;
  }();
  return kSchema;
}

const Schema& overview() {
  static const Schema kSchema{
      .name = "TaskOverview",
      .fields = {instant("counted_at", "When."), object("all", countsSchema()),
                 objects("units", unitCounts(), "Most late ones first."),
                 date("rate_from", "First day of the rate's period."),
                 date("rate_to", "Its last day: today."),
                 text("rate_formula", "How the rate is reckoned.")}};
  return kSchema;
}

}  // namespace eoffice::api::schemas
