#include "eoffice/web/look_up_pages.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/pickers.h"
#include "eoffice/documents/reading.h"
#include "eoffice/web/document_view.h"
#include "eoffice/web/lists.h"
#include "reminder/channels/bell.h"

namespace eoffice::web {
namespace {

using base::db::Session;
using base::http::Method;
using base::http::Response;
using nlohmann::json;

constexpr std::size_t kNotices = 50;
constexpr std::size_t kDirectorySize = 50;

json emptyView(const std::string& text) {
  return {{"text", text}, {"url", nullptr}, {"link", nullptr}};
}

std::string noticeUrl(const reminder::SourceRef& object) {
  if (object.kind == "task") return "/tasks/" + std::to_string(object.id);
  if (object.kind == "document") return "/documents/" + std::to_string(object.id);
  if (object.kind == "case_file") return "/case-files/" + std::to_string(object.id);
  return "/notifications";
}

json noticeView(const Speech& say, const reminder::StoredNotice& notice) {
  const auto why = "bell_why." + notice.notice.kind;
  return {{"url", noticeUrl(notice.notice.object)},
          {"text", reminder::Bell::text(say.texts(), say.language(), notice)},
          {"unread", !notice.seenAt},
          {"badge", nullptr},
          {"second", base::viDateTime(notice.at)},
          {"why", say.texts().has(why) ? json(say(why)) : json(nullptr)}};
}

// A detail as people read it: what is written down as a day or an instant is shown as one.
std::string shownDetail(const std::string& value) {
  if (const auto day = base::parseIsoDate(value)) return base::viDate(*day);
  if (const auto instant = base::parseIsoInstant(value)) return base::viDateTime(*instant);
  return value;
}

// texts: audit.* audit_detail.* bell_why.*
json recordView(const Speech& say, const audit::Record& record) {
  const auto key = "audit." + record.entry.act;
  std::string note;
  for (const auto& [name, value] : record.entry.detail) {
    const auto label = "audit_detail." + name;
    if (value.empty() || !say.texts().has(label)) continue;
    note += (note.empty() ? "" : " · ") + say(label, {{"value", shownDetail(value)}});
  }
  return {{"act", say.texts().has(key) ? say(key) : record.entry.act},
          {"note", note.empty() ? json(nullptr) : json(note)},
          {"who", record.personName.empty() ? say("history.system") : record.personName},
          {"post", record.postTitle.empty() ? json(nullptr) : json(record.postTitle)},
          {"on_behalf", record.onBehalfOfName.empty()
                            ? json(nullptr)
                            : json(say("audit.on_behalf", {{"name", record.onBehalfOfName}}))},
          {"at", base::viDateTime(record.at)}};
}

json tab(const std::string& label, const std::string& url, bool current) {
  return {
      {"label", label}, {"url", url}, {"current", current}, {"count", nullptr}, {"alert", false}};
}

json textFilter(const std::string& action, const std::string& text, const std::string& label) {
  return {{"action", action},
          {"hidden", json::array()},
          {"text", text},
          {"text_label", label},
          {"selects", json::array()},
          {"dates", nullptr},
          {"clear_url", text.empty() ? json(nullptr) : json(action)}};
}

std::string whereOf(const directory::PostCard& card) {
  return card.title + " · " + (card.unitName.empty() ? card.agencyName : card.unitName);
}

json directoryTabs(const Speech& say, bool people) {
  return json::array({tab(say("directory.people"), "/directory", people),
                      tab(say("directory.agencies"), "/directory/agencies", !people)});
}

}  // namespace

void LookUpPages::addRoutes(base::http::Router& router) {
  const auto get = [&](const char* path, const char* name, auto member) {
    addPage(router, Method::Get, path, name,
            [this, member](Visit& visit) { return (this->*member)(visit); });
  };
  get("/", "home", &LookUpPages::home);
  get("/notifications", "notifications", &LookUpPages::notifications);
  get("/notifications/bell", "notifications.bell", &LookUpPages::bell);
  addPage(router, Method::Post, "/notifications/read", "notifications.read",
          [this](Visit& visit) { return readNotifications(visit); });
  get("/documents/{id}/history", "document.history", &LookUpPages::history);
  get("/directory", "directory.people", &LookUpPages::people);
  get("/directory/agencies", "directory.agencies", &LookUpPages::agencies);
}

Response LookUpPages::home(Visit& visit) const {
  return Response::redirect(std::string(homeOf(visit.caller().role)));
}

Response LookUpPages::notifications(Visit& visit) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const reminder::ReaderId reader(visit.caller().person.value());
  const auto notices = parts_.database.read(
      [&](Session& session) { return reminder::Bell::list(session, reader, false, kNotices); });
  json rows = json::array();
  bool unread = false;
  for (const auto& notice : notices) {
    unread = unread || !notice.seenAt;
    rows.push_back(noticeView(say, notice));
  }
  return parts_.renderer.page(visit, "pages/notifications",
                              {{"title", say("layout.notifications")},
                               {"read_all", unread},
                               {"rows", std::move(rows)},
                               {"pager", nullptr},
                               {"empty", emptyView(say("empty.notifications"))}});
}

Response LookUpPages::readNotifications(Visit& visit) const {
  const reminder::ReaderId reader(visit.caller().person.value());
  const auto now = parts_.renderer.clock().now();
  parts_.database.transact([&](Session& session) {
    const auto newest = reminder::Bell::list(session, reader, true, 1);
    if (!newest.empty()) reminder::Bell::markAllSeen(session, reader, newest.front().id, now);
  });
  return Response::redirect("/notifications");
}

Response LookUpPages::bell(Visit& visit) const {
  const reminder::ReaderId reader(visit.caller().person.value());
  const auto unread = parts_.database.read(
      [&](Session& session) { return reminder::Bell::unread(session, reader); });
  return parts_.renderer.part(visit, "parts/bell",
                              {{"bell", {{"count", unread > 0 ? json(unread) : json(nullptr)}}}});
}

Response LookUpPages::history(Visit& visit) const {
  const DocumentId id(visit.number("id"));
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto page = parts_.database.read([&](Session& session) -> json {
    if (!documents::maySee(session, visit.caller(), id)) return nullptr;
    const auto document = documents::findDocument(session, id);
    if (!document) return nullptr;
    json rows = json::array();
    for (const auto& record : audit::history(session, "document", id.value())) {
      rows.push_back(recordView(say, record));
    }
    const auto& f = document->fields;
    const auto symbol = documents::symbolOf(f.codeNumber, f.codeNotation);
    return {{"title", say("history.title", {{"symbol", symbol.empty() ? f.subject : symbol}})},
            {"back_url", "/documents/" + std::to_string(id.value())},
            {"rows", std::move(rows)},
            {"empty", emptyView(say("empty.history"))}};
  });
  if (page.is_null()) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "document.unknown"});
  }
  return parts_.renderer.page(visit, "pages/history", page);
}

Response LookUpPages::people(Visit& visit) const {
  const auto words = base::squeezed(visit.request.query("q").value_or(""));
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto today = parts_.renderer.clock().today();
  const auto found = parts_.database.read([&](Session& session) {
    return directory::findPeople(session, visit.caller(), words, today, kDirectorySize);
  });
  json rows = json::array();
  for (const auto& card : found) {
    rows.push_back({{"name", card.personName},
                    {"posts", json::array({whereOf(card)})},
                    {"contact", card.mail},
                    {"tags", json::array()}});
  }
  return parts_.renderer.page(
      visit, "pages/directory",
      {{"title", say("nav.directory")},
       {"tabs", directoryTabs(say, true)},
       {"filter", textFilter("/directory", words, say("directory.find_people"))},
       {"agencies", nullptr},
       {"people",
        {{"rows", std::move(rows)},
         {"pager", nullptr},
         {"empty", emptyView(say("search.none"))}}}});
}

Response LookUpPages::agencies(Visit& visit) const {
  const auto words = base::squeezed(visit.request.query("q").value_or(""));
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto today = parts_.renderer.clock().today();
  const auto found = parts_.database.read([&](Session& session) {
    return directory::findAgencies(session, words, today, kDirectorySize);
  });
  json rows = json::array();
  for (const auto& agency : found) {
    rows.push_back({{"name", agency.name},
                    {"second", nullptr},
                    {"codes", json::array({agency.code})},
                    {"parent", agency.parentName},
                    {"tags", json::array()}});
  }
  const auto none = words.empty() ? say("directory.type_to_find") : say("search.none");
  return parts_.renderer.page(
      visit, "pages/directory",
      {{"title", say("nav.directory")},
       {"tabs", directoryTabs(say, false)},
       {"filter", textFilter("/directory/agencies", words, say("directory.find_agencies"))},
       {"people", nullptr},
       {"agencies", {{"rows", std::move(rows)}, {"pager", nullptr}, {"empty", emptyView(none)}}}});
}

}  // namespace eoffice::web
