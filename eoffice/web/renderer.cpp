#include "eoffice/web/renderer.h"

#include <nlohmann/json.hpp>

#include "eoffice/directory/people.h"
#include "eoffice/documents/saved_views.h"
#include "eoffice/web/lists.h"
#include "eoffice/web/task_view.h"
#include "eoffice/web/waiting.h"
#include "reminder/channels/bell.h"

namespace eoffice::web {
namespace {

using base::Language;
using nlohmann::json;

std::string assetName(std::string file) {
  for (auto& c : file) {
    if (c == '.' || c == '-' || c == '/') c = '_';
  }
  return file;
}

json allAssets(const base::http::StaticFiles& assets) {
  json out = json::object();
  for (const auto& file : assets.files()) out[assetName(file)] = assets.url(file);
  return out;
}

json countOrNull(std::int64_t count) { return count > 0 ? json(count) : json(nullptr); }

// The reader's saved views, and those that are shared with their unit.
void addViews(json& nav, base::db::Session& session, const Visit& visit, const json& data,
              const std::string& label) {
  json items = json::array();
  for (const auto& view : documents::savedViews(session, visit.caller())) {
    const auto url = "/documents?" + view.query;
    items.push_back({{"label", view.name},
                     {"url", url},
                     {"count", nullptr},
                     {"current", data.value("nav_path", std::string()) == url},
                     {"alert", false}});
  }
  if (!items.empty()) nav.push_back({{"label", label}, {"items", std::move(items)}});
}

json postsOf(base::db::Session& session, const Caller& caller, base::LocalDate today) {
  json out = json::array();
  const auto posts = directory::postsOf(session, caller.person, today);
  if (posts.size() < 2) return out;
  for (const auto& post : posts) {
    out.push_back({{"label", post.title + " · " + post.agencyName},
                   {"value", std::to_string(post.post.value())},
                   {"current", post.post == caller.post}});
  }
  return out;
}

}  // namespace

int statusOf(base::RefusalKind kind) {
  switch (kind) {
    case base::RefusalKind::Invalid:
      return 422;
    case base::RefusalKind::SignInNeeded:
      return 401;
    case base::RefusalKind::Forbidden:
      return 403;
    case base::RefusalKind::NotFound:
      return 404;
    case base::RefusalKind::Conflict:
      return 409;
    case base::RefusalKind::TooLarge:
      return 413;
    case base::RefusalKind::TooOften:
      return 429;
    case base::RefusalKind::Unavailable:
      return 503;
  }
  return 500;
}

Renderer::Renderer(base::db::Database& database, const base::Clock& clock, const base::Texts& texts,
                   const base::Templates& templates, const reminder::Calendars& calendars,
                   const base::http::StaticFiles& assets, RendererOptions options)
    : database_(database),
      clock_(clock),
      texts_(texts),
      templates_(templates),
      calendars_(calendars),
      options_(std::move(options)),
      assets_(std::make_unique<json>(allAssets(assets))) {}

Renderer::~Renderer() = default;

json Renderer::common(Language language, const base::http::Request& request) const {
  return {{"lang", language == Language::Vi ? "vi" : "en"},
          {"is_vi", language == Language::Vi},
          {"csrf", ""},
          {"here", request.target},
          {"request_id", request.requestId},
          {"now", base::viDateTime(clock_.now())},
          {"agency_name", options_.agencyName},
          {"assets", *assets_},
          {"q", nullptr},
          {"toast", nullptr},
          {"problem", nullptr}};
}

// Navigation, bell and person: few queries, whatever the page, and none twice (waiting.h).
void Renderer::addPerson(json& data, const Visit& visit) const {
  const auto& caller = visit.caller();
  const auto today = clock_.today();
  const auto& calendar = calendars_.of(reminder::ScopeId(caller.agency.value()));
  database_.read([&](base::db::Session& session) {
    const auto& boxes = waitingBoxes(session, visit);
    const auto countOf = [&](const NavEntry& entry) -> json {
      if (entry.list != nullptr) {
        const auto* box = std::get_if<documents::Box>(&entry.list->content);
        return box ? countOrNull(boxes.at(static_cast<std::size_t>(*box))) : json(nullptr);
      }
      if (!entry.taskCount || *entry.taskCount == "done") return nullptr;
      if (*entry.taskCount == "mine" || *entry.taskCount == "to-confirm") {
        return countOrNull(reminder::countTasks(session, taskRightsOf(caller),
                                                *taskFilterOf(*entry.taskCount, caller), today,
                                                calendar));
      }
      const auto& tasks = openTasks(session, visit, today, calendars_).all;
      if (*entry.taskCount == "late") return countOrNull(tasks.late);
      if (*entry.taskCount == "near") return countOrNull(tasks.near);
      return countOrNull(tasks.all());
    };
    auto groups = navigationOf(caller.role);
    if (auto delegated = delegatedOf(caller.role, boxes)) groups.push_back(std::move(*delegated));
    json nav = json::array();
    for (const auto& group : groups) {
      json items = json::array();
      for (const auto& entry : group.entries) {
        const auto count = countOf(entry);
        const bool late = entry.taskCount == std::optional<std::string_view>("late");
        items.push_back({{"label", texts_.get(visit.language, entry.textKey)},
                         {"url", entry.path},
                         {"count", count},
                         {"current", data.value("nav_path", visit.request.path) == entry.path},
                         {"alert", late && !count.is_null()}});
      }
      nav.push_back(
          {{"label", group.textKey.empty() ? json(nullptr)
                                           : json(texts_.get(visit.language, group.textKey))},
           {"items", std::move(items)}});
    }
    addViews(nav, session, visit, data, texts_.get(visit.language, "nav.group.views"));
    data["nav"] = std::move(nav);
    data["bell"] = {{"count", countOrNull(reminder::Bell::unread(
                                  session, reminder::ReaderId(caller.person.value())))}};
    data["me"] = {{"account", visit.session->login},
                  {"name", caller.name},
                  {"post_title", caller.postTitle},
                  {"agency_short", options_.agencyName},
                  {"posts", postsOf(session, caller, today)}};
  });
  data["printed_by"] = caller.name;
}

base::http::Response Renderer::page(const Visit& visit, const std::string& name, json data,
                                    int status) const {
  auto all = common(visit.language, visit.request);
  if (!visit.token.empty()) all["csrf"] = directory::SignIn::csrfToken(visit.token);
  all.update(data);
  if (visit.session) addPerson(all, visit);
  auto response = base::http::Response::html(templates_.render(name, all, visit.language), status);
  response.set("Cache-Control", "no-store");
  return response;
}

base::http::Response Renderer::part(const Visit& visit, const std::string& name, json data) const {
  auto all = common(visit.language, visit.request);
  if (!visit.token.empty()) all["csrf"] = directory::SignIn::csrfToken(visit.token);
  all.update(data);
  auto response = base::http::Response::html(templates_.render(name, all, visit.language));
  response.set("Cache-Control", "no-store");
  return response;
}

base::http::Response Renderer::refusal(const Visit& visit, const base::Refusal& why) const {
  const int status = statusOf(why.kind);
  return page(visit, "pages/error",
              {{"title", texts_.get(visit.language, errorTitleKey(status))},
               {"status", status},
               {"is_" + std::to_string(status), true},
               {"reason", sentence(visit.language, why)}},
              status);
}

base::http::Response Renderer::fault(const base::http::Request& request, Language language,
                                     int status) const {
  auto data = common(language, request);
  data["title"] = texts_.get(language, errorTitleKey(status));
  data["status"] = status;
  data["is_" + std::to_string(status)] = true;
  data["is_other"] = errorTitleKey(status) == "error_page.other.title";
  data["reason"] = nullptr;
  auto response =
      base::http::Response::html(templates_.render("pages/error", data, language), status);
  response.set("Cache-Control", "no-store");
  return response;
}

std::string Renderer::errorTitleKey(int status) const {
  const auto key = "error_page." + std::to_string(status) + ".title";
  return texts_.has(key) ? key : "error_page.other.title";
}

std::string Renderer::text(const Visit& visit, std::string_view key,
                           const base::Texts::Facts& facts) const {
  return texts_.get(visit.language, key, facts);
}

std::string Renderer::sentence(Language language, const base::Refusal& why) const {
  return texts_.get(language, "error." + why.code, why.facts);
}

}  // namespace eoffice::web
