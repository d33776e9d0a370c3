// The checking half of the protocol: what a request claims, and whether its headers bear it out.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/crypto/digest.h"
#include "base/text.h"
#include "exchange/axis/protocol.h"

namespace exchange::axis {

namespace {

constexpr std::string_view kPrefix = "xroadvnpt-";
constexpr std::size_t kMostSignedText = 16 * 1024;

std::string withoutPrefix(std::string_view name) {
  const bool prefixed = base::lowerAscii(name.substr(0, kPrefix.size())) == kPrefix;
  return std::string(prefixed ? name.substr(kPrefix.size()) : name);
}

/// Un-prefixed names of all `XroadVnpt-` headers with their values; names equal in any case of
/// letters stand together.
std::multimap<std::string, std::pair<std::string, std::string>> prefixedHeaders(
    const Headers& headers) {
  std::multimap<std::string, std::pair<std::string, std::string>> found;
  for (const auto& [name, value] : headers) {
    const std::string bare = withoutPrefix(name);
    if (bare.size() < name.size()) {
      found.emplace(base::lowerAscii(bare), std::pair(bare, value));
    }
  }
  return found;
}

using Prefixed = std::multimap<std::string, std::pair<std::string, std::string>>;

std::optional<std::string> only(const Prefixed& headers, const std::string& name) {
  return headers.count(name) == 1 ? std::optional(headers.find(name)->second.second) : std::nullopt;
}

/// The flat object's members; empty when the text is anything else. A member twice counts as
/// anything else, so that no two readers can see different values.
std::optional<std::map<std::string, std::string>> flatObject(std::string_view text) {
  std::map<std::string, std::string> values;
  bool twice = false;
  const auto watchNames = [&](int depth, nlohmann::json::parse_event_t event,
                              nlohmann::json& parsed) {
    if (event == nlohmann::json::parse_event_t::key && depth == 1) {
      twice =
          twice || !values.emplace(withoutPrefix(parsed.get_ref<const std::string&>()), "").second;
    }
    return true;
  };
  const auto json = nlohmann::json::parse(text, watchNames, false);
  if (!json.is_object() || twice) {
    return std::nullopt;
  }
  for (const auto& [name, value] : json.items()) {
    if (!value.is_string()) {
      return std::nullopt;
    }
    values[withoutPrefix(name)] = value.get<std::string>();
  }
  return values;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    const std::string part = base::squeezed(text.substr(0, end));
    if (!part.empty()) {
      parts.push_back(part);
    }
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return parts;
}

bool sameNames(std::string_view keys, const std::map<std::string, std::string>& values) {
  std::vector<std::string> claimed;
  for (const std::string& key : split(keys, ';')) {
    claimed.push_back(base::lowerAscii(withoutPrefix(key)));
  }
  std::vector<std::string> has;
  for (const auto& value : values) {
    has.push_back(base::lowerAscii(value.first));
  }
  std::sort(claimed.begin(), claimed.end());
  std::sort(has.begin(), has.end());
  return claimed == has;
}

/// The header that `name` claims says `value`. One that is spelled the same is meant, where there
/// is one: `docId` of an earlier call may have leaked beside the `docid` of this one.
bool says(const Prefixed& headers, const std::string& name, const std::string& value) {
  const auto [first, last] = headers.equal_range(base::lowerAscii(name));
  bool spelledSame = false;
  bool same = true;
  bool other = false;
  for (auto header = first; header != last; ++header) {
    const auto& [spelling, text] = header->second;
    if (spelling == name) {
      spelledSame = true;
      same = same && text == value;
    } else {
      other = other || text == value;
    }
  }
  return spelledSame ? same : other;
}

bool sameValues(const Prefixed& headers, const std::map<std::string, std::string>& values) {
  return std::all_of(values.begin(), values.end(),
                     [&](const auto& value) { return says(headers, value.first, value.second); });
}

}  // namespace

std::string Claims::value(std::string_view name) const {
  auto found = values.find(std::string(name));
  if (found == values.end()) {
    found = std::find_if(values.begin(), values.end(), [&](const auto& value) {
      return base::lowerAscii(value.first) == base::lowerAscii(name);
    });
  }
  return found == values.end() ? std::string() : found->second;
}

std::string_view sentence(ClaimFault fault) {
  switch (fault) {
    case ClaimFault::NoSignHeader:
      return "XroadVnpt-sign-header, -sign-header-key and -hash-header are needed, each once";
    case ClaimFault::NotJson:
      return "XroadVnpt-sign-header is not a flat JSON object of texts";
    case ClaimFault::KeysDiffer:
      return "XroadVnpt-sign-header-key names other headers than XroadVnpt-sign-header";
    case ClaimFault::ValueDiffers:
      return "a header differs from its value in XroadVnpt-sign-header";
    case ClaimFault::NoSystemId:
      return "systemid is not among the signed headers";
    case ClaimFault::BadTimestamp:
      return "timestamp is not among the signed headers or is not ddMMyyyy'T'HHmmss+SSSS";
  }
  throw std::logic_error("claim fault");
}

tl::expected<Claims, ClaimFault> readClaims(const Headers& headers) {
  const auto prefixed = prefixedHeaders(headers);
  const auto text = only(prefixed, "sign-header");
  const auto keys = only(prefixed, "sign-header-key");
  const auto mac = only(prefixed, "hash-header");
  if (!text || !keys || !mac || text->size() > kMostSignedText) {
    return tl::unexpected(ClaimFault::NoSignHeader);
  }
  auto values = flatObject(*text);
  if (!values) {
    return tl::unexpected(ClaimFault::NotJson);
  }
  if (!sameNames(*keys, *values)) {
    return tl::unexpected(ClaimFault::KeysDiffer);
  }
  if (!sameValues(prefixed, *values)) {
    return tl::unexpected(ClaimFault::ValueDiffers);
  }
  Claims claims{.signedText = *text, .mac = *mac, .values = std::move(*values)};
  claims.systemId = claims.value("systemid");
  claims.timestampText = claims.value("timestamp");
  if (claims.systemId.empty()) {
    return tl::unexpected(ClaimFault::NoSystemId);
  }
  const auto timestamp = parseTimestamp(claims.timestampText);
  if (!timestamp) {
    return tl::unexpected(ClaimFault::BadTimestamp);
  }
  claims.timestamp = *timestamp;
  return claims;
}

bool macIsRight(const Claims& claims, std::string_view secret) {
  return base::sameSecret(base::lowerAscii(claims.mac), macText(secret, claims.signedText));
}

std::optional<std::vector<std::string>> parseReceivers(std::string_view text) {
  std::vector<std::string> codes;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_array()) {
    for (const auto& item : json) {
      if (!item.is_string()) {
        return std::nullopt;
      }
      codes.push_back(base::squeezed(item.get<std::string>()));
    }
  } else {
    codes = split(text, ',');
  }
  const bool allCodes = std::all_of(codes.begin(), codes.end(), isCode);
  return allCodes && !codes.empty() ? std::optional(codes) : std::nullopt;
}

}  // namespace exchange::axis
