#include "eoffice/web/delegation_pages.h"

#include <nlohmann/json.hpp>

#include "eoffice/directory/delegation.h"
#include "eoffice/directory/people.h"
#include "eoffice/web/forms.h"

namespace eoffice::web {
namespace {

using base::db::Session;
using base::http::Method;
using base::http::Response;
using directory::Delegation;
using directory::Scope;
using nlohmann::json;

// texts: delegation.scope.*
std::string scopeText(const Speech& say, Scope scope) {
  return say("delegation.scope." + std::string(nameOf(scope)));
}

std::string scopesText(const Speech& say, directory::Scopes scopes) {
  std::string text;
  for (const auto scope : directory::kScopes) {
    if (!has(scopes, scope)) continue;
    text += (text.empty() ? "" : ", ") + scopeText(say, scope);
  }
  return text;
}

directory::Scopes scopesIn(const base::http::Form& form) {
  return directory::scopesFrom(form.values("scope")).value_or(0);
}

std::string nameOfPost(PostId post, const directory::PostNames& names) {
  const auto found = names.find(post);
  return found == names.end() ? "" : found->second.personName + " · " + found->second.title;
}

json rowsOf(Session& session, const Speech& say, PostId own,
            const std::vector<Delegation>& delegations) {
  std::vector<PostId> posts;
  for (const auto& one : delegations) posts.push_back(one.from == own ? one.to : one.from);
  const auto names = directory::postNames(session, posts);
  json rows = json::array();
  for (const auto& one : delegations) {
    const bool given = one.from == own;
    const base::Texts::Facts facts{{"name", nameOfPost(given ? one.to : one.from, names)}};
    rows.push_back(
        {{"text", say(given ? "delegation.given_to" : "delegation.received_from", facts)},
         {"days", base::viDate(one.first) + " – " + base::viDate(one.last)},
         {"scopes", scopesText(say, one.scopes)},
         {"end_url", given ? json("/delegations/" + std::to_string(one.id.value()) + "/end")
                           : json(nullptr)}});
  }
  return rows;
}

json peopleOptions(Session& session, const Caller& caller, base::LocalDate today,
                   const std::string& selected) {
  json options = json::array();
  for (const auto& card : directory::assignablePosts(session, caller.agency, today)) {
    if (card.person == caller.person) continue;
    const auto value = std::to_string(card.post.value());
    const auto where = card.unitName.empty() ? card.title : card.title + " · " + card.unitName;
    options.push_back({{"value", value},
                       {"label", card.personName + " · " + where},
                       {"selected", value == selected}});
  }
  return options;
}

json scopeChoices(const Speech& say, directory::Scopes chosen) {
  json choices = json::array();
  for (const auto scope : directory::kScopes) {
    choices.push_back({{"value", nameOf(scope)},
                       {"label", scopeText(say, scope)},
                       {"checked", has(chosen, scope)}});
  }
  return choices;
}

}  // namespace

void DelegationPages::addRoutes(base::http::Router& router) {
  addPage(router, Method::Get, "/delegations", "delegation.show",
          [this](Visit& visit) { return show(visit); });
  addPage(router, Method::Post, "/delegations", "delegation.give",
          [this](Visit& visit) { return give(visit); });
  addPage(router, Method::Post, "/delegations/{id}/end", "delegation.end",
          [this](Visit& visit) { return end(visit); });
}

Response DelegationPages::page(Visit& visit, const base::Refusal* why) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto& caller = visit.caller();
  const auto today = parts_.renderer.clock().today();
  const auto& form = visit.form;
  return parts_.renderer.page(
      visit, "pages/delegations", parts_.database.read([&](Session& session) -> json {
        const auto found = directory::delegationsOf(session, caller.post, today);
        return {
            {"title", say("delegation.title")},
            {"rows", rowsOf(session, say, caller.post, found)},
            {"people", peopleOptions(session, caller, today, form.value("to"))},
            {"choices", scopeChoices(say, why ? scopesIn(form) : directory::kAllScopes)},
            {"values", {{"first", form.value("first")}, {"last", form.value("last")}}},
            {"errors", why ? errorsOf(parts_.renderer, visit.language, *why) : json::object()},
            {"problem", why ? problemOf(parts_.renderer, visit.language, *why) : json(nullptr)}};
      }),
      why ? statusOf(why->kind) : 200);
}

Response DelegationPages::give(Visit& visit) const {
  const auto first = typedDate(visit.form.value("first"));
  const auto last = typedDate(visit.form.value("last"));
  const PostId to(typedNumber(visit.form.value("to")));
  std::vector<base::Refusal> faults;
  const auto missing = [&](const char* field) {
    faults.push_back({base::RefusalKind::Invalid, "field.missing", field});
  };
  if (!to.valid()) missing("to");
  if (!first.good || !first.date) missing("first");
  if (!last.good || !last.date) missing("last");
  if (!faults.empty()) {
    const base::Result<void> refused = base::refuseAll(std::move(faults));
    return page(visit, &refused.error());
  }
  const auto made = parts_.database.transact([&](Session& session) {
    return directory::delegate(session, parts_.renderer.clock(), visit.caller(),
                               {.from = visit.caller().post,
                                .to = to,
                                .first = *first.date,
                                .last = *last.date,
                                .scopes = scopesIn(visit.form)});
  });
  if (!made) return page(visit, &made.error());
  return Response::redirect("/delegations");
}

Response DelegationPages::end(Visit& visit) const {
  const auto ended = parts_.database.transact([&](Session& session) {
    return directory::revokeDelegation(session, parts_.renderer.clock(), visit.caller(),
                                       directory::DelegationId(visit.number("id")));
  });
  if (!ended) return parts_.renderer.refusal(visit, ended.error());
  return Response::redirect("/delegations");
}

}  // namespace eoffice::web
