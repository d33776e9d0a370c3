#include "eoffice/api/reading_actions.h"

#include <cmath>

#include "eoffice/documents/document_text.h"

namespace eoffice::api {
namespace {

using base::db::Session;
using nlohmann::json;

// Places are whole numbers, so that they look alike in every program: parts of ten thousand.
constexpr double kParts = 10'000;

const Schema& placeSchema() {
  static const Schema kSchema{
      .name = "PlaceOnPage",
      .fields = {number("page", "From 1.", 1),
                 number("left", "Of the page's width, in parts of 10000."),
                 number("top", "Of the page's height, in parts of 10000."),
                 number("width", "In parts of 10000."), number("height", "In parts of 10000.")}};
  return kSchema;
}

const Schema& suggestionSchema() {
  static const Schema kSchema{
      .name = "FieldSuggestion",
      .fields = {text("field", "As registration names it: `code_number`, `issued_date` ..."),
                 text("value", "Days `2026-01-06`, urgencies `hoa_toc`."),
                 flag("sure", "False: badly read, or one of several; look twice."),
                 objects("places", placeSchema(), "Where it stands: one for each line.")}};
  return kSchema;
}

const Schema& readingSchema() {
  static const Schema kSchema{
      .name = "Reading",
      .fields = {
          id("file", "For /documents/{id}/files/{file}."),
          choice("state", "How far it is.", {"waiting", "reading", "done", "none", "failed"}),
          choice("source", "Whence the text comes.", {"none", "text_layer", "ocr", "both"}),
          number("pages", "To be read; 0 while nobody has looked."),
          number("pages_read", "Of these."),
          flag("cut", "Whether pages or text were left out by a limit."),
          text("reason", "A code, where there is no text or a page was given up."),
          optional(object("secrecy", suggestionSchema(),
                          "A mark of a state secret that was read: nothing else is.")),
          objects("suggestions", suggestionSchema(), "For the registration.")}};
  return kSchema;
}

int inParts(double part) {
  return static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * kParts));
}

json suggestionJson(const documents::Suggestion& found) {
  json places = json::array();
  for (const auto& [page, box] : found.places) {
    places.push_back({{"page", page},
                      {"left", inParts(box.x)},
                      {"top", inParts(box.y)},
                      {"width", inParts(box.width)},
                      {"height", inParts(box.height)}});
  }
  return {{"field", found.field},
          {"value", found.value},
          {"sure", found.sure},
          {"places", std::move(places)}};
}

json readingJson(const documents::Reading& reading) {
  json suggestions = json::array();
  for (const auto& one : reading.suggestions) suggestions.push_back(suggestionJson(one));
  return {{"file", reading.file},
          {"state", nameOf(reading.text.state)},
          {"source", nameOf(reading.text.source)},
          {"pages", reading.text.pages},
          {"pages_read", reading.text.pagesRead},
          {"cut", reading.text.cut},
          {"reason", reading.text.errorCode},
          {"secrecy", reading.secrecy ? suggestionJson(*reading.secrecy) : json(nullptr)},
          {"suggestions", std::move(suggestions)}};
}

std::vector<Field> fileQuery() {
  return {optional(number("file", "One of the document's files; its own when absent.", 1))};
}

}  // namespace

Operations ReadingActions::operations() const {
  using Me = ReadingActions;
  return {{.path = "/documents/{id}/reading",
           .name = "showReading",
           .group = "documents",
           .summary = "What was read in a file: how far it is, and values for the registration "
                      "with the places where they stand.",
           .query = fileQuery(),
           .answer = &readingSchema(),
           .errors = {"document.unknown"},
           .action = bind(this, &Me::show)},
          {.path = "/documents/{id}/text",
           .name = "readText",
           .group = "documents",
           .summary = "The text of a file; each page ends in a form feed. Empty while it is not "
                      "read.",
           .query = fileQuery(),
           .mediaType = "text/plain",
           .errors = {"document.unknown"},
           .action = bind(this, &Me::text)},
          {.method = base::http::Method::Post,
           .path = "/documents/{id}/reading/retry",
           .name = "readAgain",
           .group = "documents",
           .summary = "Read a file again whose reading was given up.",
           .query = fileQuery(),
           .answer = &readingSchema(),
           .errors = {"document.unknown", "reading.not_failed"},
           .action = bind(this, &Me::again)}};
}

base::Result<json> ReadingActions::show(const Call& call) const {
  const auto today = parts_.renderer.clock().today();
  const auto reading = parts_.database.read([&](Session& session) {
    return documents::readingFor(session, call.caller(), DocumentId(call.path("id")),
                                 call.query.number("file", 0), today);
  });
  if (!reading) return tl::unexpected(reading.error());
  documents::hasten(parts_.database, *reading);
  return readingJson(*reading);
}

base::Result<base::http::Response> ReadingActions::text(const Call& call) const {
  auto text = parts_.database.read([&](Session& session) {
    return documents::textFor(session, call.caller(), DocumentId(call.path("id")),
                              call.query.number("file", 0));
  });
  if (!text) return tl::unexpected(std::move(text.error()));
  return base::http::Response::text(std::move(*text));
}

base::Result<json> ReadingActions::again(const Call& call) const {
  const auto done =
      documents::readAgain(parts_.database, parts_.renderer.clock(), parts_.wakers, call.caller(),
                           DocumentId(call.path("id")), call.query.number("file", 0));
  if (!done) return tl::unexpected(done.error());
  return show(call);
}

}  // namespace eoffice::api
