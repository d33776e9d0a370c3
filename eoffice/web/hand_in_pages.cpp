#include <nlohmann/json.hpp>

#include "eoffice/directory/permissions.h"
#include "eoffice/documents/temporary_file.h"
#include "eoffice/records/case_file_rows.h"
#include "eoffice/web/case_file_pages.h"
#include "eoffice/web/case_list_pages.h"
#include "eoffice/web/forms.h"

namespace eoffice::web {
namespace {

using base::db::Session;
using base::http::Method;
using base::http::Response;
using nlohmann::json;
using records::HandIn;
using records::HandInId;

std::string pathOf(HandInId id) { return "/case-files/hand-ins/" + std::to_string(id.value()); }

const char* kindOf(HandIn::State state) {
  switch (state) {
    case HandIn::State::Waiting:
      return "info";
    case HandIn::State::Accepted:
      return "good";
    case HandIn::State::Returned:
      return "near";
  }
  return "plain";
}

// texts: hand_in.state.*
std::string stateText(const Speech& say, HandIn::State state) {
  return say("hand_in.state." + std::string(nameOf(state)));
}

std::string titleOf(const Speech& say, const HandIn& handIn) {
  return say("hand_in.of", {{"count", std::to_string(handIn.files)}, {"who", handIn.byName}});
}

json remarkOf(const HandIn& handIn) {
  if (!handIn.answeredAt || handIn.remark.empty()) return nullptr;
  return {{"text", handIn.remark},
          {"by", handIn.answeredByName},
          {"at", base::viDateTime(*handIn.answeredAt)}};
}

}  // namespace

void HandInPages::addRoutes(base::http::Router& router) {
  const auto add = [&](Method method, const char* path, const char* name, auto member) {
    addPage(router, method, path, name,
            [this, member](Visit& visit) { return (this->*member)(visit); });
  };
  add(Method::Get, "/case-files/hand-ins", "hand_in.list", &HandInPages::list);
  add(Method::Post, "/case-files/hand-ins", "hand_in.hand_in", &HandInPages::handIn);
  add(Method::Get, "/case-files/hand-ins/{id}", "hand_in.show", &HandInPages::show);
  add(Method::Get, "/case-files/hand-ins/{id}/lists.pdf", "hand_in.paper", &HandInPages::paper);
  add(Method::Post, "/case-files/hand-ins/{id}/accept", "hand_in.accept", &HandInPages::accept);
  add(Method::Post, "/case-files/hand-ins/{id}/return", "hand_in.return", &HandInPages::giveBack);
}

Response HandInPages::listPage(Visit& visit, const base::Refusal* refused) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  json rows = json::array();
  const auto found = parts_.database.read(
      [&](Session& session) { return records::handIns(session, visit.caller()); });
  for (const auto& one : found) {
    rows.push_back({{"url", pathOf(one.id)},
                    {"title", titleOf(say, one)},
                    {"second", base::viDateTime(one.at)},
                    {"kind", kindOf(one.state)},
                    {"state", stateText(say, one.state)}});
  }
  return parts_.renderer.page(
      visit, "pages/hand_ins",
      {{"title", say("hand_in.title")},
       {"nav_path", "/case-files"},
       {"rows", std::move(rows)},
       {"problem", refused ? problemOf(parts_.renderer, visit.language, *refused) : json(nullptr)}},
      refused ? statusOf(refused->kind) : 200);
}

Response HandInPages::handIn(Visit& visit) const {
  std::vector<records::CaseFileId> chosen;
  for (const auto& file : visit.form.values("file")) chosen.emplace_back(typedNumber(file));
  const auto done = files_.handIn(visit.caller(), chosen);
  if (!done) return listPage(visit, &done.error());
  return Response::redirect(pathOf(*done));
}

Response HandInPages::page(Visit& visit, const base::Refusal* refused) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const HandInId id(visit.number("id"));
  auto data = parts_.database.read([&](Session& session) -> json {
    const auto handIn = records::findHandIn(session, visit.caller(), id);
    if (!handIn) return nullptr;
    json rows = json::array();
    for (const auto& file : records::filesOf(session, visit.caller(), id)) {
      rows.push_back(
          {{"number", rows.size() + 1},
           {"code", file.code},
           {"title", file.title},
           {"url", "/case-files/" + std::to_string(file.id.value())},
           {"retention", records::retentionInWords(say.texts(), say.language(), file.retention)},
           {"documents", file.documents}});
    }
    const bool answers = handIn->state == HandIn::State::Waiting &&
                         directory::may(visit.caller(), directory::Capability::KeepRecords);
    return {
        {"title", titleOf(say, *handIn)},
        {"nav_path", "/case-files"},
        {"path", pathOf(id)},
        {"second", base::viDateTime(handIn->at)},
        {"kind", kindOf(handIn->state)},
        {"state", stateText(say, handIn->state)},
        {"remark", remarkOf(*handIn)},
        {"rows", std::move(rows)},
        {"answers", answers},
        {"errors", refused ? errorsOf(parts_.renderer, visit.language, *refused) : json::object()},
        {"problem",
         refused ? problemOf(parts_.renderer, visit.language, *refused) : json(nullptr)}};
  });
  if (data.is_null()) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "hand_in.unknown"});
  }
  return parts_.renderer.page(visit, "pages/hand_in", std::move(data),
                              refused ? statusOf(refused->kind) : 200);
}

Response HandInPages::accept(Visit& visit) const {
  const HandInId id(visit.number("id"));
  const auto done = files_.accept(visit.caller(), id);
  return done ? Response::redirect(pathOf(id)) : page(visit, &done.error());
}

Response HandInPages::giveBack(Visit& visit) const {
  const HandInId id(visit.number("id"));
  const auto done = files_.giveBack(visit.caller(), id, visit.form.value("reason"));
  return done ? Response::redirect(pathOf(id)) : page(visit, &done.error());
}

Response HandInPages::paper(Visit& visit) const {
  const HandInId id(visit.number("id"));
  const documents::TemporaryFile out(parts_.temporary);
  const bool found = parts_.database.read([&](Session& session) {
    const auto handIn = records::findHandIn(session, visit.caller(), id);
    if (!handIn) return false;
    papers_.handIn(letterheadOf(session, visit, parts_.renderer.clock().now()), *handIn,
                   records::filesOf(session, visit.caller(), id), out.path());
    return true;
  });
  if (!found) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "hand_in.unknown"});
  }
  return paperAnswer(out.path(), "nop-luu-" + std::to_string(id.value()));
}

}  // namespace eoffice::web
