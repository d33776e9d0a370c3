#include "eoffice/web/leader_pages.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/phrases.h"
#include "eoffice/documents/proposals.h"
#include "eoffice/web/acts.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/routing_acts.h"

namespace eoffice::web {
namespace {

using base::db::Session;
using base::http::Method;
using base::http::Response;
using nlohmann::json;

std::string text(std::int64_t number) { return std::to_string(number); }

json phraseRows(const std::vector<documents::Phrase>& phrases, bool own) {
  json rows = json::array();
  for (const auto& one : phrases) {
    if (one.own != own) continue;
    const auto path = "/phrases/" + text(one.id);
    rows.push_back({{"text", one.text},
                    {"move_url", path + "/move"},
                    {"remove_url", path + "/remove"},
                    {"first", rows.empty()}});
  }
  return rows;
}

}  // namespace

LeaderPages::LeaderPages(const PageParts& parts, const Desk& desk, OtherActs& others)
    : parts_(parts), desk_(desk) {
  others.add({.slug = "propose",
              .offered =
                  [](const ActScene& scene) {
                    return scene.detail.document.state == documents::State::Submitted &&
                           scene.detail.open.empty() && scene.detail.mayPropose;
                  },
              .form = [parts](const ActScene& scene) { return directionForm(parts, scene); }});
}

void LeaderPages::addRoutes(base::http::Router& router) {
  addPage(router, Method::Get, "/phrases", "phrases.show",
          [this](Visit& visit) { return show(visit, nullptr); });
  const auto post = [&](const char* path, const char* name, Response (LeaderPages::*act)(Visit&)) {
    addPage(router, Method::Post, path, name,
            [this, act](Visit& visit) { return (this->*act)(visit); });
  };
  post("/phrases", "phrases.add", &LeaderPages::add);
  post("/phrases/{id}/remove", "phrases.remove", &LeaderPages::remove);
  post("/phrases/{id}/move", "phrases.move", &LeaderPages::move);
  post("/assistants", "assistants.name", &LeaderPages::nameAssistant);
  post("/assistants/{id}/end", "assistants.end", &LeaderPages::endAssistant);
  post("/documents/{id}/propose", "proposal.make", &LeaderPages::propose);
  post("/documents/{id}/discard-proposal", "proposal.discard", &LeaderPages::discard);
}

Response LeaderPages::show(Visit& visit, const base::Refusal* refused) const {
  const auto& caller = visit.caller();
  if (auto right = directory::require(caller, directory::Capability::Direct); !right) {
    return parts_.renderer.refusal(visit, right.error());
  }
  const Speech say(parts_.renderer.texts(), visit.language);
  const bool leads = caller.role == Role::Leader;
  auto data = parts_.database.read([&](Session& session) -> json {
    const auto phrases = documents::phrasesFor(session, caller);
    json assistants = json::array();
    json people = json::array();
    if (leads) {
      const auto posts = documents::assistantsOf(session, caller.post);
      const auto names = directory::postNames(session, posts);
      for (const auto post : posts) {
        assistants.push_back({{"name", names.at(post).personName},
                              {"second", names.at(post).title},
                              {"end_url", "/assistants/" + text(post.value()) + "/end"}});
      }
      const auto today = parts_.renderer.clock().today();
      for (const auto& card : directory::assignablePosts(session, caller.agency, today)) {
        if (card.post == caller.post ||
            std::find(posts.begin(), posts.end(), card.post) != posts.end()) {
          continue;
        }
        people.push_back(
            {{"value", text(card.post.value())}, {"label", card.personName + ", " + card.title}});
      }
    }
    return {{"title", say("phrases.title")},
            {"own", phraseRows(phrases, true)},
            {"agency", phraseRows(phrases, false)},
            {"keeps_agency", documents::keepsAgencyPhrases(caller)},
            {"leads", leads},
            {"assistants", std::move(assistants)},
            {"people", std::move(people)},
            {"value", refused ? json(visit.form.value("text")) : json("")},
            {"problem",
             refused ? problemOf(parts_.renderer, visit.language, *refused) : json(nullptr)}};
  });
  return parts_.renderer.page(visit, "pages/phrases", std::move(data),
                              refused ? statusOf(refused->kind) : 200);
}

Response LeaderPages::shown(Visit& visit, const base::Result<void>& done) const {
  return done ? Response::redirect("/phrases") : show(visit, &done.error());
}

Response LeaderPages::add(Visit& visit) {
  const auto owner = visit.form.value("owner") == "agency" ? documents::PhraseOwner::Agency
                                                           : documents::PhraseOwner::Own;
  const auto added = documents::addPhrase(parts_.database, parts_.renderer.clock(), visit.caller(),
                                          owner, visit.form.value("text"));
  return added ? Response::redirect("/phrases") : show(visit, &added.error());
}

Response LeaderPages::remove(Visit& visit) {
  return shown(visit, documents::removePhrase(parts_.database, parts_.renderer.clock(),
                                              visit.caller(), visit.number("id")));
}

Response LeaderPages::move(Visit& visit) {
  const auto where =
      visit.form.value("where") == "up" ? documents::PhraseMove::Up : documents::PhraseMove::Down;
  return shown(visit, documents::movePhrase(parts_.database, parts_.renderer.clock(),
                                            visit.caller(), visit.number("id"), where));
}

Response LeaderPages::nameAssistant(Visit& visit) {
  return shown(visit, parts_.proposals.nameAssistant(
                          visit.caller(), PostId(typedNumber(visit.form.value("assistant")))));
}

Response LeaderPages::endAssistant(Visit& visit) {
  return shown(visit, parts_.proposals.endAssistant(visit.caller(), PostId(visit.number("id"))));
}

Response LeaderPages::propose(Visit& visit) {
  const auto target = targetOf(visit);
  const auto done = parts_.proposals.propose(visit.caller(), typedInstruction(visit));
  if (!done)
    return desk_.show(visit, target.document, {.refused = &done.error(), .act = "propose"});
  return doneWith(visit, target.document, "proposed");
}

Response LeaderPages::discard(Visit& visit) {
  const auto target = targetOf(visit);
  const auto done = parts_.proposals.discard(visit.caller(), target);
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return Desk::backTo(visit, target.document);
}

}  // namespace eoffice::web
