#include "eoffice/api/search_actions.h"

#include "eoffice/api/document_json.h"
#include "eoffice/api/schemas.h"

namespace eoffice::api {
namespace {

using base::http::Response;
using documents::FindRequest;
using documents::FindResult;
using search::FacetCount;

constexpr int kUsualSize = 20;
constexpr int kMostSize = 100;
constexpr int kMostPages = 50;
constexpr int kSuggested = 6;

const std::vector<std::string> kDirections{"incoming", "outgoing"};

const Schema& markedText() {
  static const Schema kSchema{
      .name = "MarkedText",
      .fields = {text("text", "A piece of the text; all pieces together are the whole."),
                 flag("hit", "A word that was looked for.")}};
  return kSchema;
}

const Schema& passageSchema() {
  static const Schema kSchema{.name = "Passage",
                              .fields = {choice("origin", "Where it stands.",
                                                {"subject", "description", "instruction", "note",
                                                 "file_name", "text", "receivers"}),
                                         objects("parts", markedText(), "In order.")}};
  return kSchema;
}

const Schema& hitSchema() {
  static const Schema kSchema{
      .name = "SearchHit",
      .fields = {object("document", schemas::listRow()),
                 objects("subject", markedText(), "The abstract with its hits."),
                 optional(object("passage", passageSchema(),
                                 "The best one outside of the abstract; null: there is none."))}};
  return kSchema;
}

const Schema& facetSchema() {
  static const Schema kSchema{.name = "FacetCount",
                              .fields = {text("value", "For the query parameter of that name."),
                                         number("count", "Documents, of those found.")}};
  return kSchema;
}

const Schema& facetsSchema() {
  static const Schema kSchema{
      .name = "SearchFacets",
      .fields = {objects("agency", facetSchema(), "Whose record it is: ids."),
                 objects("year", facetSchema(), "Newest first."),
                 objects("type", facetSchema(), "Names."),
                 objects("issuer", facetSchema(), "Names."), objects("urgency", facetSchema()),
                 objects("state", facetSchema()), objects("direction", facetSchema())}};
  return kSchema;
}

const Schema& resultSchema() {
  static const Schema kSchema{
      .name = "SearchResult",
      .fields = {objects("documents", hitSchema(), "In the order that was asked for."),
                 number("page", "From 1.", 1), number("size", "Rows asked for.", 1),
                 flag("more", "There is a next page."), number("total", "Documents found."),
                 flag("exact", "False: total and the counts of facets are about right."),
                 flag("indexed",
                      "False: the index is being built; only number, notation, "
                      "abstract, issuing body and signer were searched, without facets."),
                 object("facets", facetsSchema())}};
  return kSchema;
}

const Schema& suggestionsSchema() {
  static const Schema kSchema{.name = "SearchSuggestions",
                              .fields = {objects("documents", hitSchema(), "Best first.")}};
  return kSchema;
}

const char* nameOf(search::Origin origin) {
  switch (origin) {
    case search::Origin::Subject:
      return "subject";
    case search::Origin::Description:
      return "description";
    case search::Origin::Instruction:
      return "instruction";
    case search::Origin::Note:
      return "note";
    case search::Origin::FileName:
      return "file_name";
    case search::Origin::Text:
      return "text";
    case search::Origin::Receivers:
      return "receivers";
  }
  return "text";
}

void writeMarked(JsonWriter& out, const std::vector<search::Marked>& parts) {
  out.open('[');
  for (const auto& part : parts) {
    out.open('{').field("text", part.text).field("hit", part.hit).close('}');
  }
  out.close(']');
}

void writeHits(JsonWriter& out, const FindResult& result) {
  out.key("documents").open('[');
  for (const auto& found : result.found) {
    out.open('{').key("document");
    writeRow(out, found.row);
    out.key("subject");
    writeMarked(out, found.subject);
    out.key("passage");
    if (found.passage.parts.empty()) {
      out.null();
    } else {
      out.open('{').field("origin", nameOf(found.passage.origin)).key("parts");
      writeMarked(out, found.passage.parts);
      out.close('}');
    }
    out.close('}');
  }
  out.close(']');
}

template <class Say>
void writeFacet(JsonWriter& out, const char* name, const std::vector<FacetCount>& counts, Say say) {
  out.key(name).open('[');
  for (const auto& one : counts) {
    out.open('{').field("value", std::string(say(one.value))).field("count", one.count).close('}');
  }
  out.close(']');
}

template <class Enum>
std::string_view codeName(const std::string& code) {
  return documents::nameOf(static_cast<Enum>(std::stoi(code)));
}

void writeFacets(JsonWriter& out, const search::Facets& facets) {
  const auto itself = [](const std::string& value) { return value; };
  out.key("facets").open('{');
  writeFacet(out, "agency", facets.agencies, itself);
  writeFacet(out, "year", facets.years, itself);
  writeFacet(out, "type", facets.types, itself);
  writeFacet(out, "issuer", facets.issuers, itself);
  writeFacet(out, "urgency", facets.urgencies, codeName<documents::Urgency>);
  writeFacet(out, "state", facets.states, codeName<documents::State>);
  writeFacet(out, "direction", facets.directions, codeName<documents::Direction>);
  out.close('}');
}

FindRequest requestOf(const Values& query) {
  FindRequest request{.words = query.text("q"),
                      .filter = {.type = query.text("type"),
                                 .issuer = query.text("issuer"),
                                 .state = documents::stateFrom(query.text("state")),
                                 .urgency = documents::urgencyFrom(query.text("urgency")),
                                 .agency = AgencyId(query.number("agency")),
                                 .from = query.date("from"),
                                 .to = query.date("to")},
                      .page = static_cast<int>(query.number("page", 1)),
                      .size = static_cast<int>(query.number("size", kUsualSize))};
  if (query.has("year")) request.filter.year = static_cast<int>(query.number("year"));
  if (query.has("direction")) {
    request.filter.direction = query.text("direction") == "outgoing"
                                   ? documents::Direction::Outgoing
                                   : documents::Direction::Incoming;
  }
  if (query.text("sort") == "newest") request.order = search::Order::Newest;
  return request;
}

std::vector<Field> searchQuery() {
  return {optional(text("q", "Words, \"phrases\", prefixes*, field:filters, -not this.", 200)),
          optional(text("type", "Name or code of the type.", 100)),
          optional(text("issuer", "The whole name of the issuing body.", 300)),
          optional(choice("state", "In this state.", schemas::stateNames())),
          optional(choice("urgency", "Of this urgency.", schemas::urgencyNames())),
          optional(choice("direction", "Incoming or outgoing ones.", kDirections)),
          optional(number("year", "Of this year.", 1900, 9999)),
          optional(id("agency", "Whose record it is.")),
          optional(date("from", "Arrived, issued or else made on this day or later.")),
          optional(date("to", "The same, or earlier.")),
          optional(choice("sort", "best when absent.", {"best", "newest"})),
          optional(number("page", "From 1.", 1, kMostPages)),
          optional(number("size", "1 to 100; 20 when absent.", 1, kMostSize))};
}

}  // namespace

Operations SearchActions::operations() const {
  using Me = SearchActions;
  const std::vector<std::string> errors{"search.bad_date", "search.bad_year",
                                        "search.unknown_value", "search.too_many_words"};
  return {{.path = "/search",
           .name = "search",
           .group = "search",
           .summary = "Documents that the caller may see, by everything that they say; with counts "
                      "by facet and the passage that was found.",
           .query = searchQuery(),
           .answer = &resultSchema(),
           .errors = errors,
           .action = bind(this, &Me::search)},
          {.path = "/search/suggestions",
           .name = "suggestSearch",
           .group = "search",
           .summary = "A few documents while somebody types: the last word is a beginning.",
           .query = {text("q", "What was typed so far.", 200),
                     optional(number("size", "1 to 20; 6 when absent.", 1, 20))},
           .answer = &suggestionsSchema(),
           .errors = errors,
           .action = bind(this, &Me::suggest)}};
}

base::Result<Response> SearchActions::search(const Call& call) const {
  const auto request = requestOf(call.query);
  const auto result = parts_.finder.find(call.caller(), request);
  if (!result) return tl::unexpected(result.error());
  JsonWriter out;
  out.open('{');
  writeHits(out, *result);
  out.field("page", std::int64_t{request.page})
      .field("size", std::int64_t{request.size})
      .field("more", result->more)
      .field("total", result->total)
      .field("exact", result->exact)
      .field("indexed", result->from == FindResult::From::Index);
  writeFacets(out, result->facets);
  return Response::json(out.close('}').take());
}

base::Result<Response> SearchActions::suggest(const Call& call) const {
  const auto result = parts_.finder.find(
      call.caller(), {.words = call.query.text("q"),
                      .typing = documents::Typing::UnderWay,
                      .counting = search::Counting::Nothing,
                      .size = static_cast<int>(call.query.number("size", kSuggested))});
  if (!result) return tl::unexpected(result.error());
  JsonWriter out;
  out.open('{');
  writeHits(out, *result);
  return Response::json(out.close('}').take());
}

}  // namespace eoffice::api
