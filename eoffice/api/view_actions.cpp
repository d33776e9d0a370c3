#include "eoffice/api/view_actions.h"

#include "eoffice/api/schemas.h"
#include "eoffice/documents/saved_views.h"
#include "eoffice/web/view_pages.h"

namespace eoffice::api {
namespace {

using base::db::Session;
using base::http::Method;
using documents::SavedView;
using nlohmann::json;

Field queryField() {
  return text("query", "Filter, order and columns, as `GET /documents` takes them.", 1500, 0);
}

const Schema& savedView() {
  static const Schema kSchema{
      .name = "SavedView",
      .fields = {id("id", "View."), text("name", "Its name."), queryField(),
                 flag("shared", "With everybody of the unit that it was saved in."),
                 flag("own", "The caller's: only the owner changes it."),
                 text("owner_name", "Whose it is."), number("version", "For the next change.", 1)}};
  return kSchema;
}

const Schema& savedViewList() {
  static const Schema kSchema{.name = "SavedViewList",
                              .fields = {objects("views", savedView(), "Own ones first.")}};
  return kSchema;
}

const Schema& viewInput() {
  static const Schema kSchema{
      .name = "ViewInput",
      .side = Schema::Side::Input,
      .fields = {text("name", "1 to 100 characters; each of the caller's views has its own.", 100),
                 queryField(), optional(flag("shared", "With the caller's unit.")),
                 schemas::version()}};
  return kSchema;
}

json viewJson(const SavedView& view) {
  return {{"id", view.id},          {"name", view.name}, {"query", view.query},
          {"shared", view.shared},  {"own", view.own},   {"owner_name", view.ownerName},
          {"version", view.version}};
}

documents::ViewInput inputOf(const Values& body) {
  return {.name = body.text("name"), .query = body.text("query"), .shared = body.flag("shared")};
}

base::Result<json> shown(const base::Result<SavedView>& view) {
  if (!view) return tl::unexpected(view.error());
  return viewJson(*view);
}

const std::vector<std::string> kInputErrors{"field.missing", "field.too_long", "view.bad_query",
                                            "view.name_taken", "view.too_many"};

}  // namespace

documents::View viewOf(const Values& query) {
  return documents::viewFrom([&](const std::string& name) -> std::string {
    for (const auto& field : schemas::viewQuery()) {
      if (field.name != name || !query.has(name)) continue;
      if (field.kind == Kind::Number) return std::to_string(query.number(name));
      if (field.kind == Kind::Date) return base::isoDate(query.date(name).value());
      return query.text(name);
    }
    return {};
  });
}

Operations ViewActions::operations() const {
  using Me = ViewActions;
  auto changeErrors = kInputErrors;
  changeErrors.insert(changeErrors.end(), {"view.unknown", "view.changed_meanwhile"});
  return {{.path = "/views",
           .name = "listViews",
           .group = "views",
           .summary = "The caller's saved views, and those that are shared with their unit.",
           .answer = &savedViewList(),
           .action = bind(this, &Me::list)},
          {.method = Method::Post,
           .path = "/views",
           .name = "saveView",
           .group = "views",
           .summary = "Give a view a name.",
           .body = &viewInput(),
           .answer = &savedView(),
           .status = 201,
           .errors = kInputErrors,
           .action = bind(this, &Me::save)},
          {.method = Method::Put,
           .path = "/views/{id}",
           .name = "changeView",
           .group = "views",
           .summary = "Another name, query or sharing for a view of one's own.",
           .body = &viewInput(),
           .answer = &savedView(),
           .errors = changeErrors,
           .action = bind(this, &Me::change)},
          {.method = Method::Delete,
           .path = "/views/{id}",
           .name = "removeView",
           .group = "views",
           .summary = "Delete a view of one's own; its documents are not touched.",
           .status = 204,
           .errors = {"view.unknown"},
           .action = bind(this, &Me::remove)},
          exportAs(print::SheetForm::Xlsx),
          exportAs(print::SheetForm::Csv)};
}

Operation ViewActions::exportAs(print::SheetForm form) const {
  const std::string ending(endingOf(form));
  const auto action = [this, form](const Call& call) -> base::Result<Output> {
    auto answer =
        web::exportAnswer(parts_, call.caller(), call.visit.language, viewOf(call.query), form);
    if (!answer) return tl::unexpected(answer.error());
    return Output(std::move(*answer));
  };
  return {.path = "/exports/documents." + ending,
          .name = form == print::SheetForm::Xlsx ? "exportXlsx" : "exportCsv",
          .group = "views",
          .summary = "The documents of a view as ." + ending + ", at most " +
                     std::to_string(documents::kMostExported) + " rows. It is audited.",
          .query = schemas::viewQuery(),
          .mediaType = std::string(mediaTypeOf(form)),
          .errors = {"export.too_many"},
          .action = action};
}

base::Result<json> ViewActions::list(const Call& call) const {
  return parts_.database.read([&](Session& session) -> json {
    json views = json::array();
    for (const auto& view : documents::savedViews(session, call.caller())) {
      views.push_back(viewJson(view));
    }
    return {{"views", std::move(views)}};
  });
}

base::Result<json> ViewActions::save(const Call& call) const {
  return parts_.database.transact([&](Session& session) {
    return shown(
        documents::saveView(session, parts_.renderer.clock(), call.caller(), inputOf(call.body)));
  });
}

base::Result<json> ViewActions::change(const Call& call) const {
  return parts_.database.transact([&](Session& session) {
    return shown(
        documents::changeView(session, parts_.renderer.clock(), call.caller(), call.path("id"),
                              static_cast<int>(call.body.number("version")), inputOf(call.body)));
  });
}

base::Result<json> ViewActions::remove(const Call& call) const {
  return parts_.database.transact([&](Session& session) -> base::Result<json> {
    const auto removed =
        documents::removeView(session, parts_.renderer.clock(), call.caller(), call.path("id"));
    if (!removed) return tl::unexpected(removed.error());
    return json();
  });
}

}  // namespace eoffice::api
