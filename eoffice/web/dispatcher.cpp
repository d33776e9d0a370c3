#include "eoffice/web/dispatcher.h"

#include <nlohmann/json.hpp>

#include "base/crypto/digest.h"
#include "base/text.h"
#include "eoffice/web/resume.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Request;
using base::http::Response;

constexpr std::string_view kPolicy =
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'";

bool changes(Method method) { return method != Method::Get && method != Method::Head; }

// Asked by a script of a page (htmx, an upload), not by the reader's own step.
bool byScript(const Request& request) {
  return request.header("HX-Request") || request.header("X-Requested-With");
}

// What a page asks again and again by itself is no sign that somebody sits before it.
bool asksByItself(const Request& request) {
  const auto element = request.header("HX-Trigger").value_or("");
  return element == "bell" || element == "delivery";
}

std::optional<std::string> bearerOf(const Request& request) {
  const auto header = request.header("Authorization");
  constexpr std::string_view kScheme = "Bearer ";
  if (!header || !header->starts_with(kScheme)) return std::nullopt;
  return header->substr(kScheme.size());
}

int statusOf(base::http::Fault fault) {
  using base::http::Fault;
  switch (fault) {
    case Fault::BadRequest:
      return 400;
    case Fault::NotFound:
      return 404;
    case Fault::MethodNotAllowed:
      return 405;
    case Fault::TooLarge:
      return 413;
    case Fault::HeadersTooLarge:
      return 431;
    case Fault::Timeout:
      return 408;
    case Fault::Internal:
      return 500;
    case Fault::Unavailable:
      return 503;
  }
  return 500;
}

bool forMachines(const Request& request) { return request.path.starts_with("/api/"); }

nlohmann::json toJson(const base::Texts& texts, base::Language language, const base::Refusal& why) {
  nlohmann::json facts = nlohmann::json::object();
  for (const auto& [name, value] : why.facts) facts[name] = value;
  return {{"code", why.code},
          {"message", texts.get(language, "error." + why.code, why.facts)},
          {"field", why.field},
          {"details", std::move(facts)}};
}

}  // namespace

base::Language languageOf(const Request& request) {
  if (const auto chosen = request.cookie("lang")) {
    return *chosen == "en" ? base::Language::En : base::Language::Vi;
  }
  const auto accepted = request.header("Accept-Language");
  return accepted && base::lowerAscii(*accepted).starts_with("en") ? base::Language::En
                                                                   : base::Language::Vi;
}

Response apiRefusal(const base::Texts& texts, base::Language language, const base::Refusal& why,
                    const std::string& requestId) {
  auto error = toJson(texts, language, why);
  error["request_id"] = requestId;
  error["faults"] = nlohmann::json::array();
  if (!why.others.empty()) {
    error["faults"].push_back(toJson(texts, language, why));
    for (const auto& other : why.others) error["faults"].push_back(toJson(texts, language, other));
  }
  return Response::json(nlohmann::json{{"error", std::move(error)}}.dump(), statusOf(why.kind));
}

WebDispatcher::WebDispatcher(directory::SignIn& signIn, const Renderer& renderer,
                             base::BlobStore& blobs, DispatcherOptions options)
    : signIn_(signIn), renderer_(renderer), blobs_(blobs), options_(std::move(options)) {}

std::string WebDispatcher::cookieName(std::string_view base) const {
  const std::string name = options_.cookieSuffix.empty()
                               ? std::string(base)
                               : std::string(base) + "_" + options_.cookieSuffix;
  return options_.secure ? "__Host-" + name : name;
}

std::string WebDispatcher::sessionCookie(const std::string& token) const {
  return cookieName("eoffice") + "=" + token + "; Path=/; HttpOnly; SameSite=Lax" +
         (options_.secure ? "; Secure" : "");
}

std::string WebDispatcher::endedCookie() const {
  return cookieName("eoffice") + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax" +
         (options_.secure ? "; Secure" : "");
}

Response WebDispatcher::dispatch(const base::http::Route& route, Request& request) {
  const auto* info = std::any_cast<RouteInfo>(&route.meta);
  if (info == nullptr) return route.handler(request);  // Static files, health.

  Visit visit{.request = request, .language = languageOf(request)};
  const auto bearer = info->surface == Surface::Api ? bearerOf(request) : std::nullopt;
  const auto cookie = request.cookie(cookieName("eoffice"));
  visit.token = bearer ? *bearer : cookie.value_or("");
  if (!visit.token.empty()) {
    visit.session = signIn_.find(
        visit.token, request.clientAddress, request.requestId,
        asksByItself(request) ? directory::Presence::Absent : directory::Presence::Here);
  }
  // Forms of people who are not signed in are bound to a cookie of their own.
  std::string visitor;
  if (!visit.session && info->surface == Surface::Page) {
    visit.token = request.cookie(cookieName("eoffice_visitor")).value_or("");
    if (visit.token.size() != 43) visit.token = visitor = base::randomToken();
  }
  auto response = answer(*info, visit);
  if (!visitor.empty()) {
    response.add("Set-Cookie", cookieName("eoffice_visitor") + "=" + visitor +
                                   "; Path=/; HttpOnly; SameSite=Lax" +
                                   (options_.secure ? "; Secure" : ""));
  }
  secureHeaders(response, info->surface == Surface::Page);
  return response;
}

Response WebDispatcher::answer(const RouteInfo& info, Visit& visit) {
  if (auto elsewhere = turnAway(info, visit)) return std::move(*elsewhere);
  if (changes(visit.request.method)) {
    if (info.surface == Surface::Page) visit.form = visit.request.form(&blobs_);
    if (forged(info, visit)) return refuseForged(info, visit);
  }
  return info.handler(visit);
}

// A page of ours that was opened in an earlier session (the person has signed in again since) is
// not thrown away: its writer is shown that it waits. Anything else is refused.
Response WebDispatcher::refuseForged(const RouteInfo& info, Visit& visit) const {
  if (visit.session && info.surface == Surface::Page && !byScript(visit.request) &&
      fromOwnPage(visit.request) && isPlainForm(visit.request)) {
    return resumePage(renderer_, visit, keptForm(visit), directory::SignIn::csrfToken(visit.token));
  }
  const base::Refusal why{base::RefusalKind::Forbidden, "request.forged"};
  return info.surface == Surface::Api
             ? apiRefusal(renderer_.texts(), visit.language, why, visit.request.requestId)
             : renderer_.refusal(visit, why);
}

// A page without a session: to the sign-in, and back; what a form of ours brought is kept.
Response WebDispatcher::toSignIn(Visit& visit) const {
  auto& request = visit.request;
  if (byScript(request)) {
    // A part of a page would put the sign-in into the page that asks: the script says it instead.
    return Response::text("", 401);
  }
  if (!changes(request.method)) {
    return Response::redirect("/sign-in?next=" + escapedQuery(request.target));
  }
  if (!fromOwnPage(request) || !isPlainForm(request)) return Response::redirect("/sign-in");
  visit.form = request.form(nullptr);
  return renderer_.page(visit, "pages/sign_in",
                        signInData(renderer_, visit, "", "/", nullptr, keptForm(visit)), 401);
}

std::optional<Response> WebDispatcher::turnAway(const RouteInfo& info, Visit& visit) const {
  if (info.door == Door::Open) return std::nullopt;
  const bool page = info.surface == Surface::Page;
  if (!visit.session) {
    if (page) return toSignIn(visit);
    return apiRefusal(renderer_.texts(), visit.language,
                      {base::RefusalKind::SignInNeeded, "sign_in.needed"}, visit.request.requestId);
  }
  if (!visit.session->mustChangePassword || info.door == Door::NewPassword) return std::nullopt;
  if (page) return Response::redirect("/password");
  return apiRefusal(renderer_.texts(), visit.language,
                    {base::RefusalKind::Forbidden, "password.change_needed"},
                    visit.request.requestId);
}

bool WebDispatcher::forged(const RouteInfo& info, Visit& visit) const {
  // A bearer token is never sent by a browser on its own.
  if (info.surface == Surface::Api && (bearerOf(visit.request) || !visit.session)) return false;
  const auto header = visit.request.header("X-CSRF-Token");
  const auto given = header ? *header : visit.form.value("_csrf");
  return !directory::SignIn::csrfMatches(visit.token, given);
}

// texts: error.http.*
Response WebDispatcher::fault(base::http::Fault fault, const Request& request) {
  const int status = statusOf(fault);
  const auto language = languageOf(request);
  Response response;
  if (forMachines(request)) {
    const auto code = "http." + std::to_string(status);
    response = Response::json(
        nlohmann::json{{"error",
                        {{"code", code},
                         {"message", renderer_.texts().get(language, "error." + code)},
                         {"field", ""},
                         {"details", nlohmann::json::object()},
                         {"faults", nlohmann::json::array()},
                         {"request_id", request.requestId}}}}
            .dump(),
        status);
  } else {
    response = renderer_.fault(request, language, status);
  }
  secureHeaders(response, true);
  return response;
}

void WebDispatcher::secureHeaders(Response& response, bool page) const {
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Referrer-Policy", "same-origin");
  response.set("X-Frame-Options", "DENY");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  if (page && !response.header("Content-Security-Policy")) {
    response.set("Content-Security-Policy", std::string(kPolicy));
  }
  if (options_.secure) response.set("Strict-Transport-Security", "max-age=31536000");
  if (!response.header("Cache-Control")) response.set("Cache-Control", "no-store");
}

}  // namespace eoffice::web
