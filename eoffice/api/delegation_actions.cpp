#include "eoffice/api/delegation_actions.h"

#include "eoffice/directory/delegation.h"
#include "eoffice/directory/people.h"

namespace eoffice::api {
namespace {

using base::db::Session;
using directory::Delegation;
using directory::DelegationId;
using nlohmann::json;

Field scopesField() {
  return texts("scopes", "Of `read`, `direct`, `approve`; signing is never lent.", 3);
}

const Schema& seatSchema() {
  static const Schema kSchema{
      .name = "DelegationSeat",
      .fields = {id("post", "Post."), text("name", "Who holds it."), text("title", "Title.")}};
  return kSchema;
}

const Schema& delegationSchema() {
  static const Schema kSchema{
      .name = "Delegation",
      .fields = {id("id", "Delegation."), object("from", seatSchema(), "Who is away."),
                 object("to", seatSchema(), "Who stands in."), date("first_day", "Inclusive."),
                 date("last_day", "Inclusive."), scopesField()}};
  return kSchema;
}

const Schema& delegationList() {
  static const Schema kSchema{
      .name = "DelegationList",
      .fields = {objects("delegations", delegationSchema(),
                         "Given and received ones that are not over, by first day.")}};
  return kSchema;
}

const Schema& newDelegation() {
  static const Schema kSchema{
      .name = "NewDelegation",
      .side = Schema::Side::Input,
      .fields = {optional(id("from", "Post; the caller's when absent. Another's: administrators.")),
                 id("to", "Post of the same agency."), date("first_day", "Inclusive."),
                 date("last_day", "Inclusive."), scopesField()}};
  return kSchema;
}

json seatJson(PostId post, const directory::PostNames& names) {
  const auto found = names.find(post);
  const auto name = found == names.end() ? directory::PostName() : found->second;
  return {{"post", post.value()}, {"name", name.personName}, {"title", name.title}};
}

json scopesJson(directory::Scopes scopes) {
  json names = json::array();
  for (const auto scope : directory::kScopes) {
    if (has(scopes, scope)) names.push_back(nameOf(scope));
  }
  return names;
}

json delegationsJson(Session& session, const std::vector<Delegation>& delegations) {
  std::vector<PostId> posts;
  for (const auto& one : delegations) posts.insert(posts.end(), {one.from, one.to});
  const auto names = directory::postNames(session, posts);
  json rows = json::array();
  for (const auto& one : delegations) {
    rows.push_back({{"id", one.id.value()},
                    {"from", seatJson(one.from, names)},
                    {"to", seatJson(one.to, names)},
                    {"first_day", base::isoDate(one.first)},
                    {"last_day", base::isoDate(one.last)},
                    {"scopes", scopesJson(one.scopes)}});
  }
  return rows;
}

}  // namespace

Operations DelegationActions::operations() const {
  using Me = DelegationActions;
  return {
      {.path = "/delegations",
       .name = "listDelegations",
       .group = "delegations",
       .summary = "Who stands in for the caller's post, and for whom it stands in.",
       .answer = &delegationList(),
       .action = bind(this, &Me::list)},
      {.method = base::http::Method::Post,
       .path = "/delegations",
       .name = "delegate",
       .group = "delegations",
       .summary = "Let another post of the agency stand in for some days. Steps that are opened "
                  "on these days go there; they are not passed on further.",
       .body = &newDelegation(),
       .answer = &delegationSchema(),
       .status = 201,
       .errors = {"delegation.not_yours", "delegation.to_oneself", "delegation.other_agency",
                  "delegation.dates", "delegation.too_long", "delegation.scope",
                  "delegation.post_ended", "delegation.overlaps", "post.unknown"},
       .action = bind(this, &Me::give)},
      {.method = base::http::Method::Delete,
       .path = "/delegations/{id}",
       .name = "endDelegation",
       .group = "delegations",
       .summary = "End it now; steps that were opened keep their holder.",
       .status = 204,
       .errors = {"delegation.unknown"},
       .action = bind(this, &Me::end)}};
}

base::Result<json> DelegationActions::list(const Call& call) const {
  const auto today = parts_.renderer.clock().today();
  return parts_.database.read([&](Session& session) -> json {
    const auto found = directory::delegationsOf(session, call.caller().post, today);
    return {{"delegations", delegationsJson(session, found)}};
  });
}

base::Result<json> DelegationActions::give(const Call& call) const {
  const auto& caller = call.caller();
  // A name that is none is no scope, which the act refuses as it refuses none at all.
  const auto scopes = directory::scopesFrom(call.body.texts("scopes")).value_or(0);
  const directory::NewDelegation input{
      .from = call.body.has("from") ? PostId(call.body.number("from")) : caller.post,
      .to = PostId(call.body.number("to")),
      .first = call.body.date("first_day").value(),
      .last = call.body.date("last_day").value(),
      .scopes = scopes};
  return parts_.database.transact([&](Session& session) -> base::Result<json> {
    const auto made = directory::delegate(session, parts_.renderer.clock(), caller, input);
    if (!made) return tl::unexpected(made.error());
    return delegationsJson(session, {{.id = *made,
                                      .from = input.from,
                                      .to = input.to,
                                      .first = input.first,
                                      .last = input.last,
                                      .scopes = input.scopes}})
        .front();
  });
}

base::Result<json> DelegationActions::end(const Call& call) const {
  return parts_.database.transact([&](Session& session) -> base::Result<json> {
    const auto ended = directory::revokeDelegation(session, parts_.renderer.clock(), call.caller(),
                                                   DelegationId(call.path("id")));
    if (!ended) return tl::unexpected(ended.error());
    return json();
  });
}

}  // namespace eoffice::api
