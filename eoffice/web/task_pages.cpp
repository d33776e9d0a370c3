#include "eoffice/web/task_pages.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "eoffice/directory/agencies.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/assignment.h"
#include "eoffice/documents/reading.h"
#include "eoffice/web/document_view.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/task_view.h"
#include "eoffice/web/waiting.h"
#include "reminder/channels/bell.h"
#include "reminder/tasks/task_lists.h"

namespace eoffice::web {
namespace {

using base::db::Session;
using base::http::Method;
using base::http::Response;
using nlohmann::json;
using reminder::GroupId;
using reminder::ScopeId;
using reminder::Task;

constexpr std::size_t kPageSize = 50;
constexpr std::size_t kLongest = 5;
constexpr std::array<const char*, 7> kSlugs{"late", "near", "in-time",   "open",
                                            "mine", "done", "to-confirm"};

// Names of all units of the agency, by one query; posts at the head belong to the agency itself.
std::map<std::int64_t, std::string> unitNames(Session& session, AgencyId agency,
                                              base::LocalDate day) {
  std::map<std::int64_t, std::string> names;
  for (const auto& unit : directory::unitsOf(session, agency, day)) {
    names[unit.id.value()] = unit.name;
  }
  if (const auto own = directory::findAgency(session, agency)) names[0] = own->name;
  return names;
}

// Names of the leads of a page of tasks, by one query.
directory::PostNames leadsOf(Session& session, const std::vector<Task>& tasks) {
  std::vector<PostId> posts;
  for (const auto& task : tasks) posts.emplace_back(task.lead.holder.value());
  return directory::postNames(session, posts);
}

std::string taskPath(const Task& task) { return "/tasks/" + std::to_string(task.id.value()); }

std::string whoOf(const directory::PostNames& leads, const Task& task) {
  const auto found = leads.find(PostId(task.lead.holder.value()));
  if (found == leads.end()) return {};
  const auto& lead = found->second;
  return lead.unitName.empty() ? lead.personName : lead.personName + " · " + lead.unitName;
}

json rowView(const Speech& say, const Task& task, const std::string& who, base::LocalDate today,
             const reminder::WorkCalendar& calendar) {
  json tags = json::array();
  if (auto badge = deadlineBadge(say.texts(), say.language(), task, today, calendar);
      !badge.is_null()) {
    tags.push_back(std::move(badge));
  }
  if (task.state == reminder::TaskState::Reported) {
    tags.push_back({{"kind", "info"}, {"text", say("task_state.reported")}, {"hint", nullptr}});
  }
  return {{"url", taskPath(task)},
          {"title", task.title},
          {"second",
           say("task.assigned_on", {{"day", base::viDate(base::localDate(task.assignedAt))}})},
          {"who", who},
          {"supports", nullptr},
          {"date", task.due ? json(base::viDate(*task.due)) : json(nullptr)},
          {"tags", std::move(tags)}};
}

// texts: empty.tasks.* tile.*
json cell(std::int64_t count, const std::string& slug, const std::string& unit, const char* kind) {
  return {{"count", count},
          {"url", "/tasks/" + slug + "?unit=" + unit},
          {"kind", count == 0 ? "none" : kind}};
}

// The page that the address asks for; the first one where it asks for nothing that makes sense.
reminder::TaskPlace placeOf(const Visit& visit) {
  const auto before = visit.request.query("before");
  reminder::TaskPlace place{
      .key = reminder::taskKeyFrom(before ? *before : visit.request.query("after").value_or(""))};
  if (before && place.key) place.side = reminder::TaskPlace::Side::Before;
  return place;
}

json pagerOf(const reminder::TaskPage& found, const reminder::TaskPlace& place,
             const std::optional<std::string>& unit) {
  if (found.tasks.empty() || (!place.key && !found.more)) return nullptr;
  const bool backwards = place.side == reminder::TaskPlace::Side::Before;
  const auto turn = [&](const char* side, const reminder::TaskKey& key) {
    return "?" + std::string(side) + "=" + reminder::textOf(key) +
           (unit ? "&unit=" + escapedQuery(*unit) : "");
  };
  const bool previous = place.key && (!backwards || found.more);
  const bool next = backwards || found.more;
  return {{"shown", nullptr},
          {"previous_url", previous ? json(turn("before", found.first)) : json(nullptr)},
          {"next_url", next ? json(turn("after", found.last)) : json(nullptr)}};
}

json barOf(const reminder::OpenCounts& counts) {
  json bar = json::array();
  const double all = static_cast<double>(std::max<std::int64_t>(counts.all(), 1));
  double x = 0;
  const auto add = [&](std::int64_t count, const char* kind) {
    if (count == 0) return;
    const double width = 100.0 * static_cast<double>(count) / all;
    bar.push_back(
        {{"kind", kind}, {"x", fmt::format("{:.1f}", x)}, {"width", fmt::format("{:.1f}", width)}});
    x += width;
  };
  add(counts.late, "late");
  add(counts.near, "near");
  add(counts.inTime, "open");
  return bar;
}

std::string rateText(const reminder::OnTimeRate& rate, base::Language language) {
  const auto permille = rate.permille();
  if (!permille) return "–";
  return fmt::format("{}{}{} %", *permille / 10, language == base::Language::Vi ? ',' : '.',
                     *permille % 10);
}

}  // namespace

void TaskPages::addRoutes(base::http::Router& router) {
  addPage(router, Method::Get, "/today", "task.today",
          [this](Visit& visit) { return today(visit); });
  addPage(router, Method::Get, "/tasks", "task.home", [](Visit& visit) {
    const bool follows = directory::may(visit.caller(), directory::Capability::FollowTasks);
    return Response::redirect(follows ? "/tasks/open" : "/tasks/mine");
  });
  for (const char* slug : kSlugs) {
    addPage(router, Method::Get, std::string("/tasks/") + slug, std::string("task.list.") + slug,
            [this](Visit& visit) { return list(visit); });
  }
  addPage(router, Method::Get, "/tasks/{id}", "task.open",
          [this](Visit& visit) { return open(visit); });
  addPage(router, Method::Post, "/tasks/{id}/confirm", "task.confirm",
          [this](Visit& visit) { return confirm(visit); });
  addPage(router, Method::Post, "/tasks/{id}/return", "task.return",
          [this](Visit& visit) { return giveBack(visit); });
}

Response TaskPages::list(Visit& visit) const {
  const auto slug = visit.request.path.substr(std::string_view("/tasks/").size());
  auto filter = *taskFilterOf(slug, visit.caller());
  const auto unit = visit.request.query("unit");
  if (unit) filter.group = GroupId(typedNumber(*unit));
  const auto& renderer = parts_.renderer;
  const Speech say(renderer.texts(), visit.language);
  const auto rights = taskRightsOf(visit.caller());
  const auto& calendar = renderer.calendars().of(rights.scope);
  const auto day = renderer.clock().today();
  const auto place = placeOf(visit);

  auto data = parts_.database.read([&](Session& session) -> json {
    const auto order =
        slug == "done" ? reminder::TaskOrder::NewestFirst : reminder::TaskOrder::DueFirst;
    const auto found =
        reminder::listTasks(session, rights, filter, order, day, calendar, kPageSize, place);
    const auto leads = leadsOf(session, found.tasks);
    json rows = json::array();
    for (const auto& task : found.tasks) {
      rows.push_back(rowView(say, task, whoOf(leads, task), day, calendar));
    }
    std::string title = say("nav.tasks." + slug);
    if (unit) {
      const auto names = unitNames(session, visit.caller().agency, day);
      const auto name = names.find(filter.group->value());
      if (name != names.end()) title += " · " + name->second;
    }
    return {
        {"title", title},
        {"tabs", json::array()},
        {"filter", nullptr},
        {"list",
         {{"rows", std::move(rows)},
          {"pager", pagerOf(found, place, unit)},
          {"empty", {{"text", say("empty.tasks." + slug)}, {"url", nullptr}, {"link", nullptr}}}}}};
  });
  return renderer.page(visit, "pages/tasks", std::move(data));
}

// A task is read where its document is; opening it tells the assigner that it was seen.
Response TaskPages::open(Visit& visit) const {
  const reminder::TaskId id(visit.number("id"));
  const auto& caller = visit.caller();
  const auto rights = taskRightsOf(caller);
  const auto task = parts_.database.read(
      [&](Session& session) { return reminder::findTask(session, rights, id); });
  if (!task || task->source.kind != "document") {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "task.not_found"});
  }
  if (task->lead.holder.value() == caller.post.value() &&
      task->state == reminder::TaskState::Assigned) {
    const auto now = parts_.renderer.clock().now();
    const auto seen = parts_.database.transact([&](Session& session) {
      reminder::Bell::markSeenAbout(session, reminder::ReaderId(caller.person.value()),
                                    {"task", id.value()}, now);
      return parts_.tasks.see(session, documents::actorOf(caller, caller.post), now, id);
    });
    if (!seen) return parts_.renderer.refusal(visit, seen.error());
  }
  return Response::redirect("/documents/" + std::to_string(task->source.id) +
                            "?task=" + std::to_string(id.value()));
}

// The assigner's word on a report; then the next one that waits for it.
template <class Word>
Response TaskPages::decide(Visit& visit, Word&& word) const {
  const auto who = documents::actorOf(visit.caller(), visit.caller().post);
  const reminder::TaskId id(visit.number("id"));
  const auto version = static_cast<int>(typedNumber(visit.form.value("version")));
  const auto now = parts_.renderer.clock().now();
  const auto done = parts_.database.transact(
      [&](Session& session) { return word(session, who, now, id, version); });
  if (!done) return parts_.renderer.refusal(visit, done.error());
  parts_.wakers.remindersHaveWork();
  return Response::redirect("/tasks/to-confirm");
}

Response TaskPages::confirm(Visit& visit) const {
  return decide(visit, [&](Session& session, const auto& who, auto now, auto id, int version) {
    return parts_.tasks.confirm(session, who, now, id, version, visit.form.value("note"));
  });
}

Response TaskPages::giveBack(Visit& visit) const {
  return decide(visit, [&](Session& session, const auto& who, auto now, auto id, int version) {
    return parts_.tasks.returnForRework(session, who, now, id, version, visit.form.value("reason"));
  });
}

Response TaskPages::today(Visit& visit) const {
  const auto& renderer = parts_.renderer;
  const Speech say(renderer.texts(), visit.language);
  const auto rights = taskRightsOf(visit.caller());
  const auto& calendar = renderer.calendars().of(rights.scope);
  const auto now = renderer.clock().now();
  const auto day = base::localDate(now);
  const base::LocalDate yearBegan{day.year(), std::chrono::January, std::chrono::day(1)};

  auto data = parts_.database.read([&](Session& session) -> json {
    const auto& overview = openTasks(session, visit, day, renderer.calendars());
    const auto& boxes = waitingBoxes(session, visit);
    const auto names = unitNames(session, visit.caller().agency, day);
    const auto longest = reminder::longestLate(session, rights, day, kLongest);
    const auto leads = leadsOf(session, longest);

    auto rates = reminder::onTimeRates(session, rights, yearBegan, day);

    json units = json::array();
    for (const auto& group : overview.groups) {
      const auto unit = std::to_string(group.group.value());
      const auto name = names.find(group.group.value());
      units.push_back({{"name", name == names.end() ? unit : name->second},
                       {"url", "/tasks/open?unit=" + unit},
                       {"late", cell(group.open.late, "late", unit, "late")},
                       {"near", cell(group.open.near, "near", unit, "near")},
                       {"open", cell(group.open.inTime, "in-time", unit, "plain")},
                       {"bar", barOf(group.open)},
                       {"rate", rateText(rates[group.group], visit.language)}});
    }
    json late = json::array();
    for (const auto& task : longest) {
      late.push_back({{"url", taskPath(task)},
                      {"title", task.title},
                      {"badge", deadlineBadge(say.texts(), say.language(), task, day, calendar)},
                      {"second", whoOf(leads, task)}});
    }
    const auto waiting = [&](documents::Box box) {
      return boxes.at(static_cast<std::size_t>(box));
    };
    const auto tile = [&](std::int64_t count, const char* key, const char* url, const char* kind) {
      return json{{"count", count},
                  {"label", say(std::string("tile.") + key)},
                  {"note", nullptr},
                  {"url", url},
                  {"kind", count == 0 ? "plain" : kind}};
    };
    json tiles = json::array(
        {tile(overview.all.late, "late", "/tasks/late", "late"),
         tile(overview.all.near, "near", "/tasks/near", "near"),
         tile(waiting(documents::Box::ToDirect), "to_instruct", "/incoming/to-instruct", "plain"),
         tile(waiting(documents::Box::ToSign), "to_sign", "/outgoing/to-sign", "plain")});
    return {{"title", dayInWords(say.texts(), say.language(), day)},
            {"counted_at", base::viDateTime(now).substr(11)},
            {"tiles", std::move(tiles)},
            {"units", {{"rows", std::move(units)}}},
            {"longest", {{"rows", std::move(late)}, {"all_url", "/tasks/late"}}}};
  });
  return renderer.page(visit, "pages/today", std::move(data));
}

}  // namespace eoffice::web
