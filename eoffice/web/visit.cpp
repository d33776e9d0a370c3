#include "eoffice/web/visit.h"

#include <charconv>

namespace eoffice::web {
namespace {

std::optional<std::int64_t> parse(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::int64_t Visit::number(const std::string& param) const {
  const auto found = request.pathParams.find(param);
  return found == request.pathParams.end() ? 0 : parse(found->second).value_or(0);
}

int Visit::queryNumber(const std::string& key, int otherwise, int least, int most) const {
  const auto text = request.query(key);
  const auto value = text ? parse(*text) : std::nullopt;
  return value && *value >= least && *value <= most ? static_cast<int>(*value) : otherwise;
}

std::string escapedQuery(std::string_view text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const unsigned char c : text) {
    if (kPlain.find(static_cast<char>(c)) != std::string_view::npos) {
      out += static_cast<char>(c);
    } else {
      out += {'%', kDigits[c >> 4], kDigits[c & 15]};
    }
  }
  return out;
}

std::string ownPath(const std::string& path) {
  const bool own = path.size() > 0 && path[0] == '/' && !path.starts_with("//") &&
                   path.find('\\') == std::string::npos &&
                   path.find_first_of("\r\n") == std::string::npos;
  return own ? path : "/";
}

void addPage(base::http::Router& router, base::http::Method method, std::string pattern,
             std::string name, VisitHandler handler, Door door, std::uint64_t bodyLimit) {
  router.add({.method = method,
              .pattern = std::move(pattern),
              .name = std::move(name),
              .handler = {},
              .bodyLimit = bodyLimit,
              .meta = RouteInfo{Surface::Page, door, std::move(handler)}});
}

}  // namespace eoffice::web
