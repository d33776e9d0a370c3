#include "eoffice/api/session_actions.h"

#include "eoffice/api/document_json.h"
#include "eoffice/api/schemas.h"
#include "eoffice/directory/people.h"

namespace eoffice::api {
namespace {

using base::http::Method;
using nlohmann::json;

const Schema& credentials() {
  static const Schema kSchema{
      .name = "Credentials",
      .side = Schema::Side::Input,
      .fields = {secret("login", "Login."), secret("password", "Password.")}};
  return kSchema;
}

const Schema& newSession() {
  static const Schema kSchema{
      .name = "NewSession",
      .fields = {text("token", "For `Authorization: Bearer`. Shown once."),
                 instant("expires_at", "The end in any case; without a request it ends sooner."),
                 flag("must_change_password", "Only POST /me/password is allowed before."),
                 object("person", schemas::namedRef()),
                 object("post", schemas::post(), "The post acted in.")}};
  return kSchema;
}

const Schema& meSchema() {
  static const Schema kSchema{
      .name = "Me",
      .fields = {object("person", schemas::namedRef()), text("login", "Login."),
                 object("post", schemas::post(), "The post acted in."),
                 objects("posts", schemas::post(), "All posts held today."),
                 flag("must_change_password", "Only POST /me/password is allowed before."),
                 instant("expires_at", "The session's end in any case.")}};
  return kSchema;
}

const Schema& chosenPost() {
  static const Schema kSchema{.name = "ChosenPost",
                              .side = Schema::Side::Input,
                              .fields = {id("post", "One of the caller's posts.")}};
  return kSchema;
}

const Schema& actingPost() {
  static const Schema kSchema{.name = "ActingPost", .fields = {object("post", schemas::post())}};
  return kSchema;
}

const Schema& newPassword() {
  static const Schema kSchema{
      .name = "NewPassword",
      .side = Schema::Side::Input,
      .fields = {secret("current", "The present one."), secret("password", "The new one.")}};
  return kSchema;
}

const Schema& endedSessions() {
  static const Schema kSchema{.name = "EndedSessions", .fields = {number("ended", "How many.")}};
  return kSchema;
}

json postJson(const Caller& caller) {
  return {{"id", caller.post.value()},
          {"title", caller.postTitle},
          {"role", directory::name(caller.role)},
          {"agency", {{"id", caller.agency.value()}, {"name", caller.agencyName}}},
          {"unit", caller.unit.valid() ? json(caller.unit.value()) : json(nullptr)}};
}

json postJson(const directory::HeldPost& held) {
  return {{"id", held.post.value()},
          {"title", held.title},
          {"role", directory::name(held.role)},
          {"agency", {{"id", held.agency.value()}, {"name", held.agencyName}}},
          {"unit", numberOrNull(held.unit.value())}};
}

json personJson(const Caller& caller) {
  return {{"id", caller.person.value()}, {"name", caller.name}};
}

}  // namespace

Operations SessionActions::operations() const {
  return {
      {.method = Method::Post,
       .path = "/sessions",
       .name = "signIn",
       .group = "sessions",
       .summary = "Sign in; the token is sent as Authorization: Bearer from then on.",
       .door = web::Door::Open,
       .body = &credentials(),
       .answer = &newSession(),
       .status = 201,
       .errors = {"sign_in.wrong", "sign_in.too_often", "sign_in.locked", "sign_in.no_post",
                  "sign_in.busy"},
       .action = bind(this, &SessionActions::begin)},
      {.method = Method::Delete,
       .path = "/sessions/current",
       .name = "signOut",
       .group = "sessions",
       .summary = "Sign out.",
       .door = web::Door::NewPassword,
       .status = 204,
       .action = bind(this, &SessionActions::end)},
      {.method = Method::Delete,
       .path = "/sessions",
       .name = "signOutEverywhere",
       .group = "sessions",
       .summary = "End every session of the caller, this one too.",
       .door = web::Door::NewPassword,
       .answer = &endedSessions(),
       .action = bind(this, &SessionActions::endAll)},
      {.path = "/me",
       .name = "showMe",
       .group = "sessions",
       .summary = "Who the caller is, with all posts and the one acted in.",
       .door = web::Door::NewPassword,
       .answer = &meSchema(),
       .action = bind(this, &SessionActions::me)},
      {.method = Method::Post,
       .path = "/me/post",
       .name = "choosePost",
       .group = "sessions",
       .summary = "Act in another one of the caller's posts from now on.",
       .body = &chosenPost(),
       .answer = &actingPost(),
       .errors = {"post.not_yours", "session.over"},
       .action = bind(this, &SessionActions::choosePost)},
      {.method = Method::Post,
       .path = "/me/password",
       .name = "changePassword",
       .group = "sessions",
       .summary = "Change the password; ends all other sessions.",
       .door = web::Door::NewPassword,
       .body = &newPassword(),
       .status = 204,
       .errors = {"password.wrong", "password.unchanged", "password.too_short", "password.too_long",
                  "password.common", "password.is_login", "password.is_name", "password.one_letter",
                  "password.not_text", "sign_in.too_often", "sign_in.busy", "session.over"},
       .action = bind(this, &SessionActions::changePassword)}};
}

base::Result<json> SessionActions::begin(const Call& call) const {
  const auto& request = call.visit.request;
  auto begun = signIn_.attempt({.login = call.body.text("login"),
                                .password = call.body.text("password"),
                                .address = request.clientAddress,
                                .userAgent = request.header("User-Agent").value_or(""),
                                .requestId = request.requestId});
  if (!begun) return tl::unexpected(std::move(begun.error()));
  return json{{"token", begun->token},
              {"expires_at", base::isoInstant(parts_.renderer.clock().now() + begun->life)},
              {"must_change_password", begun->mustChangePassword},
              {"person", personJson(begun->caller)},
              {"post", postJson(begun->caller)}};
}

base::Result<json> SessionActions::end(const Call& call) const {
  signIn_.signOut(call.visit.token, call.caller());
  return json();
}

base::Result<json> SessionActions::endAll(const Call& call) const {
  return json{{"ended", signIn_.signOutEverywhere(call.caller())}};
}

base::Result<json> SessionActions::me(const Call& call) const {
  const auto& session = *call.visit.session;
  const auto today = parts_.renderer.clock().today();
  const auto held = parts_.database.read(
      [&](base::db::Session& db) { return directory::postsOf(db, session.caller.person, today); });
  json posts = json::array();
  for (const auto& one : held) posts.push_back(postJson(one));
  return json{{"person", personJson(session.caller)},
              {"login", session.login},
              {"post", postJson(session.caller)},
              {"posts", std::move(posts)},
              {"must_change_password", session.mustChangePassword},
              {"expires_at", base::isoInstant(session.expires)}};
}

base::Result<json> SessionActions::choosePost(const Call& call) const {
  auto chosen =
      signIn_.switchPost(call.visit.token, call.caller(), PostId(call.body.number("post")));
  if (!chosen) return tl::unexpected(std::move(chosen.error()));
  return json{{"post", postJson(*chosen)}};
}

base::Result<json> SessionActions::changePassword(const Call& call) const {
  auto changed = signIn_.changePassword(call.visit.token, call.caller(), call.body.text("current"),
                                        call.body.text("password"));
  if (!changed) return tl::unexpected(std::move(changed.error()));
  return json();
}

}  // namespace eoffice::api
