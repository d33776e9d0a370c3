#include "eoffice/web/case_list_pages.h"

#include <nlohmann/json.hpp>

#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/temporary_file.h"
#include "eoffice/web/case_file_pages.h"
#include "eoffice/web/forms.h"

namespace eoffice::web {
namespace {

using base::db::Session;
using base::http::Method;
using base::http::Response;
using directory::Capability;
using documents::TemporaryFile;
using nlohmann::json;
using records::CaseList;
using Kind = ActField::Kind;

constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2999;

int yearOf(const Visit& visit) {
  return static_cast<int>(std::clamp<std::int64_t>(visit.number("year"), kFirstYear, kLastYear));
}

std::string pathOf(int year) { return "/case-lists/" + std::to_string(year); }

std::string wordOf(const records::Retention& retention) {
  return retention ? std::to_string(*retention) : "permanent";
}

// The form of a new file of that line, filled in.
std::string openUrl(const records::ListEntry& entry) {
  return "/case-files/new?code=" + escapedQuery(entry.code) +
         "&title=" + escapedQuery(entry.title) + "&years=" + wordOf(entry.retention);
}

json rowsOf(const Speech& say, const Caller& caller, const CaseList& list, bool edits) {
  json rows = json::array();
  std::string heading;
  for (const auto& entry : list.entries) {
    const bool first = entry.heading != heading;
    heading = entry.heading;
    const bool mine = entry.keeper == caller.post || !entry.keeper.valid();
    const bool opens = list.state == CaseList::State::InForce && mine && !entry.opened.valid();
    rows.push_back(
        {{"heading", first && !heading.empty() ? json(heading) : json(nullptr)},
         {"code", entry.code},
         {"title", entry.title},
         {"retention", records::retentionInWords(say.texts(), say.language(), entry.retention)},
         {"keeper", entry.keeperName},
         {"note", entry.note},
         {"file_url", entry.opened.valid()
                          ? json("/case-files/" + std::to_string(entry.opened.value()))
                          : json(nullptr)},
         {"open_url", opens ? json(openUrl(entry)) : json(nullptr)},
         {"removable", edits && list.state == CaseList::State::Draft}});
  }
  return rows;
}

// texts: case_list.entry.*
std::vector<ActField> entryFields(Session& session, const Speech& say, const Caller& caller,
                                  base::LocalDate today, const std::string& heading) {
  auto fields = coverFields(say, {.retention = 10, .openedOn = today});
  // Of a cover: code, title, retention, and what a list has beside them.
  fields.erase(fields.begin() + 3, fields.begin() + 5);
  fields.insert(fields.begin(),
                {.kind = Kind::Line, .name = "heading", .most = 200, .value = heading});
  ActField keeper{
      .kind = Kind::Select, .name = "keeper", .options = {{"", say("case_list.nobody")}}};
  for (const auto& card : directory::assignablePosts(session, caller.agency, today)) {
    keeper.options.push_back(
        {std::to_string(card.post.value()), card.personName + ", " + card.title});
  }
  fields.insert(fields.end() - 1, std::move(keeper));
  return fields;
}

std::string stateText(const Speech& say, const CaseList& list) {
  if (!list.issuedAt) return say("case_list.draft");
  return say("case_list.in_force",
             {{"at", base::viDateTime(*list.issuedAt)}, {"who", list.issuedByName}});
}

}  // namespace

void CaseListPages::addRoutes(base::http::Router& router) {
  const auto add = [&](Method method, const char* path, const char* name, auto member) {
    addPage(router, method, path, name,
            [this, member](Visit& visit) { return (this->*member)(visit); });
  };
  add(Method::Get, "/case-lists/{year}", "case_list.show", &CaseListPages::show);
  add(Method::Get, "/case-lists/{year}/list.pdf", "case_list.paper", &CaseListPages::paper);
  add(Method::Post, "/case-lists/{year}/entries", "case_list.add", &CaseListPages::add);
  add(Method::Post, "/case-lists/{year}/entries/remove", "case_list.remove",
      &CaseListPages::remove);
  add(Method::Post, "/case-lists/{year}/copy", "case_list.copy", &CaseListPages::copy);
  add(Method::Post, "/case-lists/{year}/issue", "case_list.issue", &CaseListPages::issue);
}

Response CaseListPages::page(Visit& visit, const base::Refusal* refused) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto& caller = visit.caller();
  const int year = yearOf(visit);
  const auto list = lists_.of(caller, year);
  const bool edits = directory::may(caller, Capability::KeepRecords);
  const bool draft = list.state == CaseList::State::Draft;
  const auto errors =
      refused ? errorsOf(parts_.renderer, visit.language, *refused) : json::object();
  json fields = json::array();
  if (edits) {
    const auto heading = list.entries.empty() ? std::string() : list.entries.back().heading;
    fields = parts_.database.read([&](Session& session) {
      return fieldsView(entryFields(session, say, caller, parts_.renderer.clock().today(), heading),
                        "case_list.entry", say, visit, errors);
    });
  }
  const auto label = [](int one) { return std::to_string(one); };
  return parts_.renderer.page(
      visit, "pages/case_list",
      {{"title", say("case_list.of_year", {{"year", label(year)}})},
       {"nav_path", "/case-files"},
       {"path", pathOf(year)},
       {"previous_url", pathOf(year - 1)},
       {"previous_label", label(year - 1)},
       {"next_url", pathOf(year + 1)},
       {"next_label", label(year + 1)},
       {"version", label(list.version)},
       {"state", stateText(say, list)},
       {"issue", draft && !list.entries.empty() && directory::may(caller, Capability::Sign)},
       {"copy", edits && draft},
       {"edits", edits},
       {"errors", errors},
       {"fields", std::move(fields)},
       {"rows", rowsOf(say, caller, list, edits)},
       {"problem", refused ? problemOf(parts_.renderer, visit.language, *refused) : json(nullptr)}},
      refused ? statusOf(refused->kind) : 200);
}

Response CaseListPages::after(Visit& visit, const base::Result<void>& act) const {
  return act ? Response::redirect(pathOf(yearOf(visit))) : page(visit, &act.error());
}

Response CaseListPages::add(Visit& visit) const {
  const auto& form = visit.form;
  const auto years = typedNumber(form.value("retention"));
  return after(visit, lists_.addEntry(visit.caller(), yearOf(visit),
                                      {.heading = form.value("heading"),
                                       .code = form.value("code"),
                                       .title = form.value("title"),
                                       .retention = form.value("retention") == "permanent"
                                                        ? std::nullopt
                                                        : records::Retention(static_cast<int>(
                                                              std::min<std::int64_t>(years, 1000))),
                                       .keeper = PostId(typedNumber(form.value("keeper"))),
                                       .note = form.value("note")}));
}

Response CaseListPages::remove(Visit& visit) const {
  return after(visit, lists_.removeEntry(visit.caller(), yearOf(visit), visit.form.value("code")));
}

Response CaseListPages::copy(Visit& visit) const {
  return after(visit, lists_.copyLastYear(visit.caller(), yearOf(visit)));
}

Response CaseListPages::issue(Visit& visit) const {
  return after(visit, lists_.issue(visit.caller(), yearOf(visit),
                                   static_cast<int>(typedNumber(visit.form.value("version")))));
}

Response CaseListPages::paper(Visit& visit) const {
  const TemporaryFile out(parts_.temporary);
  const auto list = lists_.of(visit.caller(), yearOf(visit));
  const auto head = parts_.database.read([&](Session& session) {
    return letterheadOf(session, visit, parts_.renderer.clock().now());
  });
  papers_.list(head, list, out.path());
  return paperAnswer(out.path(), "danh-muc-ho-so-" + std::to_string(list.year));
}

}  // namespace eoffice::web
