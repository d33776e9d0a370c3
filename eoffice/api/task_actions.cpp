#include "eoffice/api/task_actions.h"

#include "eoffice/api/schemas.h"
#include "eoffice/api/task_json.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/documents/assignment.h"
#include "eoffice/web/task_view.h"
#include "reminder/channels/bell.h"

namespace eoffice::api {
namespace {

using base::db::Session;
using base::http::Method;
using base::http::Response;
using nlohmann::json;
using reminder::Task;
using reminder::TaskId;

constexpr int kUsualTasks = 20;

Field taskVersion() {
  return number("version", "The version that the decision was made on.", 1, 2'000'000'000);
}

const Schema& progressInput() {
  static const Schema kSchema{
      .name = "Progress",
      .side = Schema::Side::Input,
      .fields = {text("text", "What was done so far.", 4000), taskVersion()}};
  return kSchema;
}

const Schema& confirmationInput() {
  static const Schema kSchema{
      .name = "Confirmation",
      .side = Schema::Side::Input,
      .fields = {optional(text("note", "For the lead.", 4000)), taskVersion()}};
  return kSchema;
}

const Schema& reworkInput() {
  static const Schema kSchema{.name = "Rework",
                              .side = Schema::Side::Input,
                              .fields = {text("reason", "What is missing.", 4000), taskVersion()}};
  return kSchema;
}

const Schema& dueInput() {
  static const Schema kSchema{.name = "DueChange",
                              .side = Schema::Side::Input,
                              .fields = {optional(number("workdays", "After today.", 1, 400)),
                                         optional(date("due_date", "Or the last day.")),
                                         text("reason", "Why.", 4000), taskVersion()}};
  return kSchema;
}

Operation taskAct(const char* act, const char* name, const char* summary, const Schema* body,
                  std::vector<std::string> errors, Action action) {
  errors.insert(errors.end(), {"task.not_found", "task.not_yours", "task.changed_meanwhile",
                               "task.state_forbids"});
  return {.method = Method::Post,
          .path = std::string("/tasks/{id}/") + act,
          .name = name,
          .group = "tasks",
          .summary = summary,
          .body = body,
          .answer = &schemas::task(),
          .errors = std::move(errors),
          .action = std::move(action)};
}

std::vector<Field> taskQuery() {
  std::vector<Field> fields{
      optional(choice("list", "`open` when absent.", {"late", "near", "open", "mine", "done"})),
      optional(number("unit", "Of this unit; 0: posts at the agency's head."))};
  for (auto& field : schemas::keyPaging()) fields.push_back(std::move(field));
  return fields;
}

tl::unexpected<base::Refusal> unknownTask() {
  return base::refuse(base::RefusalKind::NotFound, "task.not_found");
}

PostId postOf(const reminder::Seat& seat) { return PostId(seat.holder.value()); }

int versionIn(const Call& call) { return static_cast<int>(call.body.number("version")); }

}  // namespace

Operations TaskActions::operations() const {
  using Me = TaskActions;
  return {
      {.path = "/tasks",
       .name = "listTasks",
       .group = "tasks",
       .summary = "Tasks that the caller may see: late, near, open, mine or done.",
       .query = taskQuery(),
       .answer = &schemas::taskList(),
       .errors = {"list.bad_key"},
       .action = bind(this, &Me::list)},
      {.path = "/tasks/overview",
       .name = "showOverview",
       .group = "tasks",
       .summary = "Open tasks by unit, and each unit's rate of this year.",
       .answer = &schemas::overview(),
       .action = bind(this, &Me::overview)},
      {.path = "/tasks/{id}",
       .name = "showTask",
       .group = "tasks",
       .summary = "One task with participants and history. Reading marks nothing as seen.",
       .answer = &schemas::taskDetail(),
       .errors = {"task.not_found"},
       .action = bind(this, &Me::show)},
      taskAct("receipt", "receiveTask", "Say that it was seen; the lead's makes it received.",
              nullptr, {}, bind(this, &Me::receive)),
      taskAct("progress", "reportProgress", "Report progress, as lead or support.",
              &progressInput(), {}, bind(this, &Me::progress)),
      taskAct("confirmation", "confirmTask", "Accept the report of completion, as assigner.",
              &confirmationInput(), {}, bind(this, &Me::confirm)),
      taskAct("return", "returnTask", "Not done yet: back to the lead with a reason.",
              &reworkInput(), {}, bind(this, &Me::giveBack)),
      taskAct("due-date", "changeDueDate",
              "Another deadline, with a reason; neither workdays nor due_date: none.", &dueInput(),
              {"instruction.two_deadlines", "task.due_in_past", "task.due_outside_calendar",
               "task.workdays_out_of_range", "task.due_after_parent"},
              bind(this, &Me::changeDue))};
}

const reminder::WorkCalendar& TaskActions::calendarOf(const Caller& caller) const {
  return parts_.renderer.calendars().of(reminder::ScopeId(caller.agency.value()));
}

base::Result<Response> TaskActions::list(const Call& call) const {
  const auto slug = call.query.has("list") ? call.query.text("list") : std::string("open");
  auto filter = web::taskFilterOf(slug, call.caller()).value();
  if (call.query.has("unit")) filter.group = reminder::GroupId(call.query.number("unit"));
  reminder::TaskPlace place;
  if (call.query.has("after")) {
    place.key = reminder::taskKeyFrom(call.query.text("after"));
    if (!place.key) return base::refuse(base::RefusalKind::Invalid, "list.bad_key", "after");
  }
  const auto size = static_cast<std::size_t>(call.query.number("size", kUsualTasks));
  const auto order =
      slug == "done" ? reminder::TaskOrder::NewestFirst : reminder::TaskOrder::DueFirst;
  const auto now = parts_.renderer.clock().now();
  const auto today = base::localDate(now);
  const auto& calendar = calendarOf(call.caller());
  return parts_.database.read([&](Session& session) {
    const auto found = reminder::listTasks(session, web::taskRightsOf(call.caller()), filter, order,
                                           today, calendar, size, place);
    std::vector<PostId> posts;
    for (const auto& task : found.tasks) {
      posts.insert(posts.end(), {postOf(task.lead), postOf(task.assigner)});
    }
    const auto holders = names_.of(session, posts, now);
    JsonWriter out;
    out.open('{').key("tasks").open('[');
    for (const auto& task : found.tasks) writeTask(out, task, {holders, today, calendar});
    out.close(']')
        .field("size", static_cast<std::int64_t>(size))
        .field("more", found.more)
        .key("next");
    found.more ? out.value(reminder::textOf(found.last)) : out.null();
    out.close('}');
    return Response::json(out.take());
  });
}

base::Result<Response> TaskActions::show(const Call& call) const {
  const auto now = parts_.renderer.clock().now();
  const auto today = base::localDate(now);
  return parts_.database.read([&](Session& session) -> base::Result<Response> {
    const auto task =
        reminder::findTask(session, web::taskRightsOf(call.caller()), TaskId(call.path("id")));
    if (!task) return unknownTask();
    const auto participants = reminder::participantsOf(session, task->id);
    const auto events = reminder::historyOf(session, task->id);
    std::vector<PostId> posts{postOf(task->lead), postOf(task->assigner)};
    for (const auto& one : participants) posts.push_back(postOf(one.seat));
    for (const auto& event : events) {
      if (event.actor.holder.valid()) posts.emplace_back(event.actor.holder.value());
    }
    const auto holders = names_.of(session, posts, now);
    JsonWriter out;
    writeTaskDetail(out, *task, participants, events, {holders, today, calendarOf(call.caller())});
    return Response::json(out.take());
  });
}

base::Result<json> TaskActions::overview(const Call& call) const {
  const auto& caller = call.caller();
  const auto rights = web::taskRightsOf(caller);
  const auto now = parts_.renderer.clock().now();
  const auto today = base::localDate(now);
  const base::LocalDate yearBegan{today.year(), std::chrono::January, std::chrono::day(1)};
  return parts_.database.read([&](Session& session) -> json {
    const auto counted = reminder::overviewOf(session, rights, today, calendarOf(caller));
    std::map<std::int64_t, std::string> names;
    for (const auto& unit : directory::unitsOf(session, caller.agency, today)) {
      names[unit.id.value()] = unit.name;
    }
    auto rates = reminder::onTimeRates(session, rights, yearBegan, today);
    json units = json::array();
    for (const auto& group : counted.groups) {
      json unit = nullptr;
      if (group.group.valid()) {
        unit = {{"id", group.group.value()}, {"name", names[group.group.value()]}};
      }
      units.push_back({{"unit", std::move(unit)},
                       {"open", countsJson(group.open)},
                       {"on_time", rateJson(rates[group.group])}});
    }
    return {{"counted_at", base::isoInstant(now)},
            {"all", countsJson(counted.all)},
            {"units", std::move(units)},
            {"rate_from", base::isoDate(yearBegan)},
            {"rate_to", base::isoDate(today)},
            {"rate_formula", "done_on_time / (done_on_time + done_late + open_late)"}};
  });
}

Response TaskActions::render(Session& session, const Caller& caller, const Task& task) const {
  const auto now = parts_.renderer.clock().now();
  const auto today = base::localDate(now);
  const auto holders = names_.of(session, {postOf(task.lead), postOf(task.assigner)}, now);
  JsonWriter out;
  writeTask(out, task, {holders, today, calendarOf(caller)});
  return Response::json(out.take());
}

template <class Act>
base::Result<Response> TaskActions::perform(const Call& call, Act&& act) const {
  const auto& caller = call.caller();
  const auto now = parts_.renderer.clock().now();
  const TaskId id(call.path("id"));
  auto done = parts_.database.transact([&](Session& session) -> base::Result<Response> {
    if (!reminder::findTask(session, web::taskRightsOf(caller), id)) return unknownTask();
    auto task = act(session, documents::actorOf(caller, caller.post), now, id);
    if (!task) return tl::unexpected(std::move(task.error()));
    return render(session, caller, *task);
  });
  if (done) parts_.wakers.remindersHaveWork();
  return done;
}

base::Result<Response> TaskActions::receive(const Call& call) const {
  return perform(
      call, [&](Session& session, const reminder::Actor& who, base::Instant now, TaskId id) {
        reminder::Bell::markSeenAbout(session, reminder::ReaderId(call.caller().person.value()),
                                      {"task", id.value()}, now);
        return parts_.tasks.see(session, who, now, id);
      });
}

base::Result<Response> TaskActions::progress(const Call& call) const {
  return perform(call,
                 [&](Session& session, const reminder::Actor& who, base::Instant now, TaskId id) {
                   return parts_.tasks.reportProgress(session, who, now, id, versionIn(call),
                                                      call.body.text("text"));
                 });
}

base::Result<Response> TaskActions::confirm(const Call& call) const {
  return perform(
      call, [&](Session& session, const reminder::Actor& who, base::Instant now, TaskId id) {
        return parts_.tasks.confirm(session, who, now, id, versionIn(call), call.body.text("note"));
      });
}

base::Result<Response> TaskActions::giveBack(const Call& call) const {
  return perform(call,
                 [&](Session& session, const reminder::Actor& who, base::Instant now, TaskId id) {
                   return parts_.tasks.returnForRework(session, who, now, id, versionIn(call),
                                                       call.body.text("reason"));
                 });
}

base::Result<Response> TaskActions::changeDue(const Call& call) const {
  const auto due = call.body.date("due_date");
  if (due && call.body.has("workdays")) {
    return base::refuse(base::RefusalKind::Invalid, "instruction.two_deadlines", "workdays");
  }
  auto deadline = reminder::Deadline::none();
  if (due) deadline = reminder::Deadline::on(*due);
  if (call.body.has("workdays")) {
    deadline = reminder::Deadline::inWorkdays(static_cast<int>(call.body.number("workdays")));
  }
  return perform(call,
                 [&](Session& session, const reminder::Actor& who, base::Instant now, TaskId id) {
                   return parts_.tasks.changeDue(session, who, now, id, versionIn(call), deadline,
                                                 call.body.text("reason"));
                 });
}

}  // namespace eoffice::api
