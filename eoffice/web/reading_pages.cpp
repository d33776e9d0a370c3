#include "eoffice/web/reading_pages.h"

#include <nlohmann/json.hpp>

#include "eoffice/documents/document_text.h"
#include "eoffice/documents/reading.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/reading_view.h"

namespace eoffice::web {

using base::http::Method;
using base::http::Response;

void addTextTab(nlohmann::json& document, base::db::Session& session, const Speech& say,
                const Visit& visit, const documents::Detail& detail, base::LocalDate today) {
  const auto* shown =
      fileToShow(detail.files, typedNumber(visit.request.query("file").value_or("")));
  if (shown == nullptr || shown->mediaType != "application/pdf") return;
  const auto id = detail.document.id;
  const auto path =
      "/documents/" + std::to_string(id.value()) + "?file=" + std::to_string(shown->id);
  const auto list = visit.request.query("list");
  const auto tail = list ? "&list=" + escapedQuery(*list) : std::string();
  const bool asText = visit.request.query("view") == "text";
  auto& files = document["files"];
  if (files.empty()) {
    files.push_back({{"label", say("reading.pages_tab")}, {"url", path + tail}, {"current", true}});
  }
  if (asText) {
    for (auto& file : files) file["current"] = false;
  }
  files.push_back({{"label", say("reading.text_tab")},
                   {"url", path + "&view=text" + tail},
                   {"current", asText}});
  if (!asText) return;
  const auto reading = documents::readingFor(session, visit.caller(), id, shown->id, today);
  const auto text = documents::textFor(session, visit.caller(), id, shown->id);
  if (!reading || !text) return;
  document["plain_text"] = plainTextView(say, *reading, *text);
  document["plain_text"]["url"] =
      "/documents/" + std::to_string(id.value()) + "/text?file=" + std::to_string(shown->id);
  document["pages"] = nlohmann::json::array();
}

void ReadingPages::addRoutes(base::http::Router& router) {
  addPage(router, Method::Get, "/documents/{id}/reading", "reading.state",
          [this](Visit& visit) { return state(visit); });
  addPage(router, Method::Post, "/documents/{id}/reading/retry", "reading.again",
          [this](Visit& visit) { return again(visit); });
  addPage(router, Method::Get, "/documents/{id}/text", "reading.text",
          [this](Visit& visit) { return text(visit); });
}

Response ReadingPages::state(Visit& visit) const {
  const DocumentId id(visit.number("id"));
  const Speech say(parts_.renderer.texts(), visit.language);
  base::Result<documents::Reading> reading =
      base::refuse(base::RefusalKind::NotFound, "document.unknown");
  std::optional<documents::Document> document;
  parts_.database.read([&](base::db::Session& session) {
    reading =
        documents::readingFor(session, visit.caller(), id, 0, parts_.renderer.clock().today());
    document = documents::findDocument(session, id);
  });
  if (!reading) return parts_.renderer.refusal(visit, reading.error());
  documents::hasten(parts_.database, *reading);
  return parts_.renderer.part(
      visit, "parts/reading_state",
      {{"reading", readingView(say, id, *reading, document->fields, false)}});
}

Response ReadingPages::again(Visit& visit) const {
  const DocumentId id(visit.number("id"));
  const auto done = documents::readAgain(parts_.database, parts_.renderer.clock(), parts_.wakers,
                                         visit.caller(), id, 0);
  // Somebody else was faster: what they began is what is wanted.
  if (!done && done.error().code != "reading.not_failed") {
    return parts_.renderer.refusal(visit, done.error());
  }
  return Response::redirect("/documents/" + std::to_string(id.value()) + "?list=to-register");
}

Response ReadingPages::text(Visit& visit) const {
  auto text = parts_.database.read([&](base::db::Session& session) {
    return documents::textFor(session, visit.caller(), DocumentId(visit.number("id")),
                              typedNumber(visit.request.query("file").value_or("")));
  });
  if (!text) return parts_.renderer.refusal(visit, text.error());
  return Response::text(std::move(*text));
}

}  // namespace eoffice::web
