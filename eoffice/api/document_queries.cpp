#include "eoffice/api/document_queries.h"

#include <algorithm>

#include "eoffice/api/document_json.h"
#include "eoffice/api/schemas.h"
#include "eoffice/api/view_actions.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/web/file_pages.h"

namespace eoffice::api {
namespace {

using base::RefusalKind;
using base::db::Session;
using base::http::Response;
using nlohmann::json;

constexpr int kUsualSize = 20;

std::vector<Field> listQuery() {
  auto fields = schemas::viewQuery();
  std::vector<Field> own{
      optional(choice("box", "What waits for the caller; stands alone.", schemas::boxNames())),
      optional(flag("total", "Count the rows too, up to 1,000; a box whole."))};
  for (auto& field : schemas::keyPaging()) own.push_back(std::move(field));
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

const Schema& boxCountsSchema() {
  static const Schema kSchema = [] {
    Schema schema{.name = "BoxCounts", .fields = {}};
    for (const auto& name : schemas::boxNames()) {
      schema.fields.push_back(number(name, "Waiting for the caller."));
    }
    return schema;
  }();
  return kSchema;
}

base::Result<documents::Page> pageOf(const Values& query) {
  documents::Page page{
      .size = static_cast<int>(query.number("size", kUsualSize)),
      .total = query.flag("total") ? documents::Total::Counted : documents::Total::NotCounted};
  if (query.has("after")) {
    page.key = documents::listKeyFrom(query.text("after"));
    if (!page.key) return base::refuse(RefusalKind::Invalid, "list.bad_key", "after");
  }
  return page;
}

std::optional<documents::Box> boxOf(const Values& query) {
  const auto& names = schemas::boxNames();  // In the order of the enumeration.
  const auto found = std::find(names.begin(), names.end(), query.text("box"));
  if (found == names.end()) return std::nullopt;
  return static_cast<documents::Box>(found - names.begin());
}

std::string listText(const documents::ListResult& result, const documents::Page& page) {
  JsonWriter out;
  out.open('{').key("documents").open('[');
  for (const auto& row : result.rows) writeRow(out, row);
  out.close(']').field("size", std::int64_t{page.size}).field("more", result.more);
  out.key("next");
  result.more ? out.value(documents::textOf(result.rows.back().key)) : out.null();
  out.key("total");
  page.total == documents::Total::Counted ? out.value(result.total) : out.null();
  return out.close('}').take();
}

tl::unexpected<base::Refusal> unknownDocument() {
  return base::refuse(RefusalKind::NotFound, "document.unknown");
}

}  // namespace

Operations DocumentQueries::operations() const {
  using Me = DocumentQueries;
  return {{.path = "/documents",
           .name = "listDocuments",
           .group = "documents",
           .summary = "Documents that the caller may see, newest first; with box, what waits for "
                      "the caller, urgent ones first.",
           .query = listQuery(),
           .answer = &schemas::documentList(),
           .errors = {"list.bad_key", "list.box_alone"},
           .action = bind(this, &Me::list)},
          {.path = "/boxes",
           .name = "countBoxes",
           .group = "documents",
           .summary = "How much waits for the caller in each box.",
           .answer = &boxCountsSchema(),
           .action = bind(this, &Me::boxes)},
          {.path = "/documents/{id}",
           .name = "showDocument",
           .group = "documents",
           .summary = "One document: fields, files, steps, instructions, receivers.",
           .answer = &schemas::document(),
           .errors = {"document.unknown"},
           .action = bind(this, &Me::show)},
          {.path = "/documents/{id}/files/{file}",
           .name = "readFile",
           .group = "documents",
           .summary = "The bytes of one file; Range and If-None-Match are honoured.",
           .mediaType = "application/pdf",
           .errors = {"document.unknown"},
           .action = bind(this, &Me::file)},
          {.path = "/documents/{id}/history",
           .name = "showHistory",
           .group = "documents",
           .summary = "The audit of one document.",
           .answer = &schemas::history(),
           .errors = {"document.unknown"},
           .action = bind(this, &Me::history)}};
}

base::Result<Response> DocumentQueries::list(const Call& call) const {
  const auto page = pageOf(call.query);
  if (!page) return tl::unexpected(page.error());
  const auto box = boxOf(call.query);
  for (const auto& other : schemas::viewQuery()) {
    if (box && call.query.has(other.name)) {
      return base::refuse(RefusalKind::Invalid, "list.box_alone", other.name);
    }
  }
  const auto view = viewOf(call.query);
  const auto today = parts_.renderer.clock().today();
  const auto result = parts_.database.read([&](Session& session) {
    return box ? documents::inBox(session, call.caller(), *box, *page)
               : documents::list(session, call.caller(), view.filterOn(today), *page,
                                 view.shownOrder());
  });
  return Response::json(listText(result, *page));
}

base::Result<json> DocumentQueries::boxes(const Call& call) const {
  const auto counts = parts_.database.read(
      [&](Session& session) { return documents::boxCounts(session, call.caller()); });
  json out = json::object();
  for (std::size_t box = 0; box < counts.size(); ++box) {
    out[schemas::boxNames().at(box)] = counts[box];
  }
  return out;
}

base::Result<json> DocumentQueries::show(const Call& call) const {
  const DocumentId id(call.path("id"));
  return parts_.database.read([&](Session& session) -> base::Result<json> {
    const auto detail = documents::detail(session, call.caller(), id);
    if (!detail) return unknownDocument();
    const bool issued = detail->document.state == documents::State::Issued;
    return documentJson(*detail, issued ? exchange::delivery::deliveriesOf(session, id.value())
                                        : std::vector<exchange::delivery::ReceiverDelivery>());
  });
}

base::Result<Response> DocumentQueries::file(const Call& call) const {
  const auto file = parts_.database.read([&](Session& session) {
    return documents::fileFor(session, call.caller(), DocumentId(call.path("id")),
                              call.path("file"));
  });
  if (!file) return unknownDocument();
  return web::fileAnswer(parts_.blobs, *file);
}

base::Result<json> DocumentQueries::history(const Call& call) const {
  const DocumentId id(call.path("id"));
  return parts_.database.read([&](Session& session) -> base::Result<json> {
    if (!documents::maySee(session, call.caller(), id)) return unknownDocument();
    return historyJson(audit::history(session, "document", id.value()));
  });
}

}  // namespace eoffice::api
