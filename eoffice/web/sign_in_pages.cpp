#include "eoffice/web/sign_in_pages.h"

#include <nlohmann/json.hpp>

#include "eoffice/web/forms.h"
#include "eoffice/web/lists.h"
#include "eoffice/web/resume.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Response;
using nlohmann::json;

}  // namespace

SignInPages::SignInPages(directory::SignIn& signIn, const Renderer& renderer,
                         const WebDispatcher& cookies, DemoAccounts demo)
    : signIn_(signIn), renderer_(renderer), cookies_(cookies), demo_(std::move(demo)) {}

void SignInPages::addRoutes(base::http::Router& router) {
  const auto page = [&](Method method, const char* path, const char* name, auto member, Door door) {
    addPage(
        router, method, path, name, [this, member](Visit& visit) { return (this->*member)(visit); },
        door);
  };
  page(Method::Get, "/sign-in", "sign_in.show", &SignInPages::showSignIn, Door::Open);
  page(Method::Post, "/sign-in", "sign_in.attempt", &SignInPages::signIn, Door::Open);
  page(Method::Post, "/sign-out", "sign_in.out", &SignInPages::signOut, Door::NewPassword);
  page(Method::Post, "/sign-out/everywhere", "sign_in.out_everywhere",
       &SignInPages::signOutEverywhere, Door::NewPassword);
  page(Method::Get, "/password", "password.show", &SignInPages::showPassword, Door::NewPassword);
  page(Method::Post, "/password", "password.change", &SignInPages::changePassword,
       Door::NewPassword);
  page(Method::Post, "/post", "post.switch", &SignInPages::switchPost, Door::SignedIn);
  page(Method::Get, "/session", "session.token", &SignInPages::showToken, Door::SignedIn);
  page(Method::Post, "/language", "language.choose", &SignInPages::chooseLanguage, Door::Open);
}

Response SignInPages::showSignIn(Visit& visit) const {
  if (visit.session) return Response::redirect("/");
  return signInPage(visit, "", nullptr);
}

Response SignInPages::signInPage(const Visit& visit, const std::string& account,
                                 const base::Refusal* why) const {
  const auto next = visit.request.method == Method::Post ? visit.form.value("next")
                                                         : visit.request.query("next").value_or("");
  json demo = json::array();
  for (const auto& known : demo_.accounts) {
    demo.push_back({{"account", known.account}, {"job", known.job}});
  }
  auto data = signInData(renderer_, visit, account, next, why, keptForm(visit.form));
  data["demo"] = std::move(demo);
  data["demo_password"] = demo_.password;
  return renderer_.page(visit, "pages/sign_in", std::move(data), why ? statusOf(why->kind) : 200);
}

Response SignInPages::signIn(Visit& visit) {
  const auto account = visit.form.value("account");
  const auto started =
      signIn_.attempt({.login = account,
                       .password = visit.form.value("password"),
                       .address = visit.request.clientAddress,
                       .userAgent = visit.request.header("User-Agent").value_or(""),
                       .requestId = visit.request.requestId});
  if (!started) return signInPage(visit, account, &started.error());
  auto kept = keptForm(visit.form);
  auto response = kept.is_null() ? Response::redirect(ownPath(visit.form.value("next")))
                                 : resumePage(renderer_, visit, std::move(kept),
                                              directory::SignIn::csrfToken(started->token));
  response.add("Set-Cookie", cookies_.sessionCookie(started->token));
  return response;
}

Response SignInPages::signOut(Visit& visit) {
  signIn_.signOut(visit.token, visit.caller());
  auto response = Response::redirect("/sign-in");
  response.add("Set-Cookie", cookies_.endedCookie());
  return response;
}

Response SignInPages::signOutEverywhere(Visit& visit) {
  signIn_.signOutEverywhere(visit.caller());
  auto response = Response::redirect("/sign-in");
  response.add("Set-Cookie", cookies_.endedCookie());
  return response;
}

Response SignInPages::showPassword(Visit& visit) const { return passwordPage(visit, nullptr); }

Response SignInPages::passwordPage(const Visit& visit, const base::Refusal* why) const {
  json errors = json::object();
  if (why != nullptr && !why->field.empty()) {
    errors[why->field] = renderer_.sentence(visit.language, *why);
  }
  return renderer_.page(
      visit, "pages/password",
      {{"title", renderer_.text(visit, "password.title")},
       {"first", visit.session->mustChangePassword},
       {"errors", std::move(errors)},
       {"problem", why ? problemOf(renderer_, visit.language, *why) : json(nullptr)}},
      why ? statusOf(why->kind) : 200);
}

Response SignInPages::changePassword(Visit& visit) {
  const auto next = visit.form.value("new");
  if (next != visit.form.value("again")) {
    const base::Refusal why{base::RefusalKind::Invalid, "password.not_the_same", "again"};
    return passwordPage(visit, &why);
  }
  const auto changed =
      signIn_.changePassword(visit.token, visit.caller(), visit.form.value("old"), next);
  if (!changed) return passwordPage(visit, &changed.error());
  return Response::redirect("/");
}

// For scripts: whether the session still stands, before a file is sent, and the token that its
// forms carry now. 401 without one (dispatcher).
Response SignInPages::showToken(Visit& visit) const {
  return Response::json(json{{"csrf", directory::SignIn::csrfToken(visit.token)}}.dump());
}

Response SignInPages::switchPost(Visit& visit) {
  const PostId post(typedNumber(visit.form.value("post")));
  const auto switched = signIn_.switchPost(visit.token, visit.caller(), post);
  if (!switched) return renderer_.refusal(visit, switched.error());
  return Response::redirect(std::string(homeOf(switched->role)));
}

Response SignInPages::chooseLanguage(Visit& visit) const {
  const bool english = visit.form.value("lang") == "en";
  auto response = Response::redirect(ownPath(visit.form.value("here")));
  response.add("Set-Cookie", std::string("lang=") + (english ? "en" : "vi") +
                                 "; Path=/; Max-Age=31536000; SameSite=Lax");
  return response;
}

}  // namespace eoffice::web
