#include "eoffice/web/resume.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace eoffice::web {
namespace {

using base::http::Response;
using nlohmann::json;

// Fields of a form that waits, in the sign-in form.
constexpr std::string_view kPrefix = "kept.";
constexpr const char* kAction = "kept_action";
// What is never written back into a page: keys, passwords, the token of the session that is over.
constexpr std::array<std::string_view, 6> kSecret{"_csrf", "pin", "password",
                                                  "old",   "new", "again"};

// `http://office.vn:8080` → `office.vn:8080`
std::string hostOf(const std::string& origin) {
  const auto scheme = origin.find("://");
  return scheme == std::string::npos ? std::string() : origin.substr(scheme + 3);
}

json keptFields(const std::multimap<std::string, std::string>& given, std::string_view prefix) {
  json fields = json::array();
  for (const auto& [name, value] : given) {
    if (!name.starts_with(prefix)) continue;
    const auto plain = name.substr(prefix.size());
    if (std::find(kSecret.begin(), kSecret.end(), plain) != kSecret.end()) continue;
    fields.push_back({{"name", plain}, {"value", value}});
  }
  return fields;
}

}  // namespace

bool fromOwnPage(const base::http::Request& request) {
  if (const auto site = request.header("Sec-Fetch-Site")) return *site == "same-origin";
  const auto origin = request.header("Origin");
  const auto host = request.header("Host");
  return origin && host && !host->empty() && hostOf(*origin) == *host;
}

bool isPlainForm(const base::http::Request& request) {
  return base::lowerAscii(request.header("Content-Type").value_or(""))
      .starts_with("application/x-www-form-urlencoded");
}

json keptForm(const Visit& visit) {
  return {{"action", visit.request.target}, {"fields", keptFields(visit.form.fields, "")}};
}

json keptForm(const base::http::Form& signIn) {
  const auto action = signIn.value(kAction);
  if (action.empty()) return nullptr;
  return {{"action", ownPath(action)}, {"fields", keptFields(signIn.fields, kPrefix)}};
}

Response resumePage(const Renderer& renderer, const Visit& visit, json kept,
                    const std::string& csrf) {
  return renderer.page(
      visit, "pages/resume",
      {{"title", renderer.text(visit, "resume.title")}, {"csrf", csrf}, {"kept", std::move(kept)}});
}

json signInData(const Renderer& renderer, const Visit& visit, const std::string& account,
                const std::string& next, const base::Refusal* why, json kept) {
  json problem = nullptr;
  if (why != nullptr) {
    problem = {{"kind", "late"},
               {"text", renderer.sentence(visit.language, *why)},
               {"detail", nullptr},
               {"items", json::array()}};
  }
  return {{"title", renderer.text(visit, "sign_in.title")},
          {"next", ownPath(next)},
          {"kept", std::move(kept)},
          {"values", {{"account", account}}},
          {"errors", json::object()},
          {"problem", std::move(problem)},
          {"demo", json::array()},
          {"demo_password", ""}};
}

}  // namespace eoffice::web
