#include "eoffice/web/slip_pages.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "eoffice/documents/slip.h"
#include "eoffice/documents/temporary_file.h"
#include "eoffice/web/document_view.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Response;
using nlohmann::json;

json wordsView(const Speech& say, const std::vector<documents::SlipWord>& words) {
  json rows = json::array();
  for (const auto& word : words) {
    json receivers = json::array();
    for (const auto& one : word.receivers) {
      receivers.push_back({{"name", one.name},
                           {"part", say(one.part == documents::Part::Lead ? "chain.part.lead"
                                                                          : "chain.part.support")},
                           {"due", one.due ? json(base::viDate(*one.due)) : json(nullptr)}});
    }
    rows.push_back({{"text", word.text},
                    {"by", word.by},
                    {"day", base::viDate(word.day)},
                    {"receivers", std::move(receivers)}});
  }
  return rows;
}

json part(const Speech& say, const char* title, const std::vector<documents::SlipWord>& words) {
  return {{"heading", say(title)}, {"words", wordsView(say, words)}};
}

}  // namespace

void SlipPages::addRoutes(base::http::Router& router) {
  addPage(router, Method::Get, "/documents/{id}/slip", "slip.show",
          [this](Visit& visit) { return show(visit); });
  addPage(router, Method::Get, "/documents/{id}/slip.pdf", "slip.pdf",
          [this](Visit& visit) { return pdf(visit); });
}

Response SlipPages::show(Visit& visit) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const DocumentId id(visit.number("id"));
  const auto slip = parts_.database.read([&](base::db::Session& session) {
    return documents::slipOf(session, parts_.renderer.texts(), visit.caller(), id);
  });
  if (!slip) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "document.unknown"});
  }
  const auto path = "/documents/" + std::to_string(id.value());
  return parts_.renderer.page(
      visit, "print/processing_slip",
      {{"title", say("slip.title")},
       {"back_url", path},
       {"pdf_url", path + "/slip.pdf"},
       {"parent_agency", slip->parentAgency.empty() ? json(nullptr) : json(slip->parentAgency)},
       {"agency", slip->agency},
       {"arrival", slip->arrival.empty() ? json(nullptr) : json(slip->arrival)},
       {"about", slip->document},
       {"parts",
        json::array({part(say, "slip.leaders", slip->leaders), part(say, "slip.units", slip->units),
                     part(say, "slip.handlers", slip->handlers)})}});
}

Response SlipPages::pdf(Visit& visit) const {
  const auto& texts = parts_.renderer.texts();
  const auto slip = parts_.database.read([&](base::db::Session& session) {
    return documents::slipOf(session, texts, visit.caller(), DocumentId(visit.number("id")));
  });
  if (!slip) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "document.unknown"});
  }
  const auto foot = texts.get(
      base::Language::Vi, "slip.foot",
      {{"name", visit.caller().name}, {"at", base::viDateTime(parts_.renderer.clock().now())}});
  const documents::TemporaryFile file(parts_.temporary);
  documents::printSlip(*slip, texts, foot, file.path());
  std::ifstream in(file.path(), std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  Response response;
  response.body = bytes.str();
  response.set("Content-Type", "application/pdf");
  response.set("Content-Disposition", "inline; filename=\"phieu-giai-quyet.pdf\"");
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace eoffice::web
