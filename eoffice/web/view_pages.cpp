#include "eoffice/web/view_pages.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "eoffice/directory/people.h"
#include "eoffice/documents/saved_views.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/lists.h"
#include "eoffice/web/view_filter.h"

namespace eoffice::web {
namespace {

using base::db::Session;
using base::http::Method;
using base::http::Response;
using documents::ListRow;
using documents::View;
using documents::ViewColumn;
using nlohmann::json;

constexpr int kPageSize = 50;

json cell(const std::string& text) { return {{"text", text}, {"tag", nullptr}}; }
json dayCell(const std::optional<base::LocalDate>& day) {
  return cell(day ? base::viDate(*day) : "");
}
json tagCell(json tag) { return {{"text", nullptr}, {"tag", std::move(tag)}}; }

bool isClosed(documents::State state) {
  return state == documents::State::Finished || state == documents::State::Refused ||
         state == documents::State::Issued;
}

json dueCell(const Speech& say, const ListRow& row, base::LocalDate today) {
  if (!row.dueDate) return cell("");
  const bool late = *row.dueDate < today && !isClosed(row.state);
  auto out = cell(base::viDate(*row.dueDate));
  if (late) out["tag"] = {{"kind", "late"}, {"text", say("view.deadline.late")}, {"hint", nullptr}};
  return out;
}

// texts: view.column.* state.*
json cellOf(const Speech& say, const ListRow& row, ViewColumn column,
            const directory::PostNames& names, base::LocalDate today) {
  switch (column) {
    case ViewColumn::Number:
      return cell(row.arrivalNumber ? std::to_string(*row.arrivalNumber) : "");
    case ViewColumn::Day:
      return dayCell(row.day);
    case ViewColumn::Symbol:
      return cell(row.symbol);
    case ViewColumn::Issued:
      return dayCell(row.issuedDate);
    case ViewColumn::Type:
      return cell(row.typeName);
    case ViewColumn::Issuer:
      return cell(row.issuerName);
    case ViewColumn::Subject:
      return cell(row.subject.empty() ? say("desk.untitled") : row.subject);
    case ViewColumn::Handler: {
      const auto found = names.find(row.handler);
      return cell(found == names.end() ? "" : found->second.personName);
    }
    case ViewColumn::Urgency:
      return tagCell(urgencyTag(say, row.urgency));
    case ViewColumn::Due:
      return dueCell(say, row, today);
    case ViewColumn::State:
      return tagCell({{"kind", row.state == documents::State::Finished ? "good" : "plain"},
                      {"text", say("state." + std::string(nameOf(row.state)))},
                      {"hint", nullptr}});
  }
  return cell("");
}

json rowView(const Speech& say, const ListRow& row, const View& view, const OpenList& list,
             const directory::PostNames& names, base::LocalDate today) {
  json cells = json::array();
  for (const auto column : view.shownColumns()) {
    auto one = cellOf(say, row, column, names, today);
    one["kind"] = nameOf(column);
    one["label"] = say("view.column." + std::string(nameOf(column)));
    one["url"] = column == ViewColumn::Subject
                     ? json("/documents/" + std::to_string(row.id.value()) +
                            "?list=" + escapedQuery(list.token))
                     : json(nullptr);
    cells.push_back(std::move(one));
  }
  return {{"cells", std::move(cells)}};
}

json columnsOf(const Speech& say, const View& view) {
  json columns = json::array();
  for (const auto column : view.shownColumns()) {
    columns.push_back(
        {{"kind", nameOf(column)}, {"label", say("view.column." + std::string(nameOf(column)))}});
  }
  return columns;
}

json pagerOf(const Speech& say, const OpenList& list, const documents::Page& page,
             const documents::ListResult& found) {
  if (found.rows.empty()) return nullptr;
  const bool backwards = page.side == documents::Page::Side::Before;
  const auto turn = [&](const char* side, const ListRow& row) {
    return withQuery(list.path, side + ("=" + documents::textOf(row.key)));
  };
  json pager{{"shown", nullptr}, {"previous_url", nullptr}, {"next_url", nullptr}};
  if (page.key && (!backwards || found.more)) {
    pager["previous_url"] = turn("before", found.rows.front());
  }
  if (backwards || found.more) pager["next_url"] = turn("after", found.rows.back());
  const bool capped = found.total >= documents::kMostCounted;
  pager["shown"] =
      say(capped ? "view.shown_more" : "view.shown", {{"count", std::to_string(found.total)}});
  return pager;
}

// What of the address names the view and what only the place in it.
documents::Page pageOf(const Visit& visit) {
  documents::Page page{.size = kPageSize};
  const auto before = visit.request.query("before");
  page.key = documents::listKeyFrom(before ? *before : visit.request.query("after").value_or(""));
  if (before && page.key) page.side = documents::Page::Side::Before;
  return page;
}

// The form that keeps this view, or changes the one that it is.
json saveForm(const PageParts& parts, const Visit& visit, const std::string& query,
              const std::vector<documents::SavedView>& saved, const base::Refusal* refused) {
  const auto found = std::find_if(saved.begin(), saved.end(),
                                  [&](const auto& one) { return one.own && one.query == query; });
  const bool mine = found != saved.end();
  const auto path = mine ? "/views/" + std::to_string(found->id) : std::string("/views");
  return {
      {"action", path},
      {"delete_url", mine ? json(path + "/delete") : json(nullptr)},
      {"version", mine ? json(std::to_string(found->version)) : json(nullptr)},
      {"mine", mine},
      {"query", query},
      {"name", refused ? visit.form.value("name")
               : mine  ? found->name
                       : ""},
      {"shared", refused ? !visit.form.value("shared").empty() : mine && found->shared},
      {"open", refused != nullptr},
      {"fault", refused ? json(parts.renderer.sentence(visit.language, *refused)) : json(nullptr)}};
}

}  // namespace

void ViewPages::addRoutes(base::http::Router& router) {
  addPage(router, Method::Get, "/documents", "documents.list",
          [this](Visit& visit) { return show(visit); });
  for (const auto form : {print::SheetForm::Xlsx, print::SheetForm::Csv}) {
    const std::string ending(endingOf(form));
    addPage(router, Method::Get, "/exports/documents." + ending, "documents.export." + ending,
            [this, form](Visit& visit) { return download(visit, form); });
  }
  addPage(router, Method::Post, "/views", "view.save",
          [this](Visit& visit) { return save(visit); });
  addPage(router, Method::Post, "/views/{id}", "view.change",
          [this](Visit& visit) { return change(visit); });
  addPage(router, Method::Post, "/views/{id}/delete", "view.remove",
          [this](Visit& visit) { return remove(visit); });
}

Response ViewPages::show(Visit& visit) const {
  return page(visit, typedView(visit.request), nullptr);
}

Response ViewPages::page(Visit& visit, const View& view, const base::Refusal* refused) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto today = parts_.renderer.clock().today();
  const auto list = openList(view, today);
  const auto query = documents::queryOf(view);
  const auto place = pageOf(visit);
  auto data = parts_.database.read([&](Session& session) -> json {
    const auto found =
        documents::list(session, visit.caller(), view.filterOn(today), place, view.shownOrder());
    std::vector<PostId> posts;
    for (const auto& row : found.rows) {
      if (row.handler.valid()) posts.push_back(row.handler);
    }
    const auto names = directory::postNames(session, posts);
    json rows = json::array();
    for (const auto& row : found.rows) {
      rows.push_back(rowView(say, row, view, list, names, today));
    }
    const auto saved = documents::savedViews(session, visit.caller());
    const auto current = std::find_if(saved.begin(), saved.end(),
                                      [&](const auto& one) { return one.query == query; });
    const auto exported = [&](const char* ending) {
      return "/exports/documents." + std::string(ending) + (query.empty() ? "" : "?" + query);
    };
    return {{"title", current == saved.end() ? say("documents.title") : current->name},
            {"nav_path", list.path},
            {"xlsx_url", exported("xlsx")},
            {"csv_url", exported("csv")},
            {"filter", viewFilter(parts_, session, visit, say, view)},
            {"save", saveForm(parts_, visit, query, saved, refused)},
            {"list",
             {{"columns", columnsOf(say, view)},
              {"rows", std::move(rows)},
              {"pager", pagerOf(say, list, place, found)},
              {"empty",
               {{"text", say("documents.none")},
                {"url", query.empty() ? json(nullptr) : json("/documents")},
                {"link", say("documents.all")}}}}}};
  });
  return parts_.renderer.page(visit, "pages/documents", std::move(data),
                              refused ? statusOf(refused->kind) : 200);
}

Response ViewPages::save(Visit& visit) const {
  const auto& form = visit.form;
  const auto saved = parts_.database.transact([&](Session& session) {
    return documents::saveView(session, parts_.renderer.clock(), visit.caller(),
                               {.name = form.value("name"),
                                .query = form.value("query"),
                                .shared = !form.value("shared").empty()});
  });
  if (!saved) return page(visit, documents::viewFromQuery(form.value("query")), &saved.error());
  return Response::redirect("/documents?" + saved->query);
}

Response ViewPages::change(Visit& visit) const {
  const auto& form = visit.form;
  const auto saved = parts_.database.transact([&](Session& session) {
    return documents::changeView(session, parts_.renderer.clock(), visit.caller(),
                                 visit.number("id"),
                                 static_cast<int>(typedNumber(form.value("version"))),
                                 {.name = form.value("name"),
                                  .query = form.value("query"),
                                  .shared = !form.value("shared").empty()});
  });
  if (!saved) return page(visit, documents::viewFromQuery(form.value("query")), &saved.error());
  return Response::redirect("/documents?" + saved->query);
}

Response ViewPages::remove(Visit& visit) const {
  const auto removed = parts_.database.transact([&](Session& session) {
    return documents::removeView(session, parts_.renderer.clock(), visit.caller(),
                                 visit.number("id"));
  });
  if (!removed) return parts_.renderer.refusal(visit, removed.error());
  return Response::redirect("/documents");
}

Response ViewPages::download(Visit& visit, print::SheetForm form) const {
  auto answer =
      exportAnswer(parts_, visit.caller(), visit.language, typedView(visit.request), form);
  return answer ? std::move(*answer) : parts_.renderer.refusal(visit, answer.error());
}

}  // namespace eoffice::web
