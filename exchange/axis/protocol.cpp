#include "exchange/axis/protocol.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/crypto/digest.h"
#include "base/text.h"

namespace exchange::axis {

namespace {

constexpr std::string_view kPrefix = "xroadvnpt-";
constexpr std::string_view kWirePrefix = "XroadVnpt-";
constexpr std::string_view kVersion = "3.0.201608";
constexpr std::string_view kUserAgent = "JAVASDKAgent/1.0.0 XRoad/VPCP";
constexpr std::size_t kMostSignedText = 16 * 1024;
constexpr std::size_t kMostValue = 4 * 1024;

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

std::string jsonText(std::string_view text) { return nlohmann::json(text).dump(); }

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string_view wireName(MessageKind kind) {
  return kind == MessageKind::Document ? "edoc" : "status";
}

std::optional<MessageKind> messageKind(std::string_view wire) {
  const std::string lower = base::lowerAscii(wire);
  if (lower == "edoc") {
    return MessageKind::Document;
  }
  return lower == "status" ? std::optional(MessageKind::Status) : std::nullopt;
}

std::string_view wireName(TransportState state) {
  switch (state) {
    case TransportState::Initial:
      return "initial";
    case TransportState::Processing:
      return "processing";
    case TransportState::Done:
      return "done";
    case TransportState::Fail:
      return "fail";
  }
  throw std::logic_error("transport state");
}

std::optional<TransportState> transportState(std::string_view wire) {
  const std::string lower = base::lowerAscii(wire);
  for (const TransportState state : {TransportState::Initial, TransportState::Processing,
                                     TransportState::Done, TransportState::Fail}) {
    if (lower == wireName(state)) {
      return state;
    }
  }
  return std::nullopt;
}

std::string timestampText(base::Instant now) {
  const base::LocalTime local = base::toLocal(now);
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(local.sinceMidnight).count();
  const auto seconds = static_cast<int>(milliseconds / 1000);
  std::array<char, 32> text{};
  const int length = std::snprintf(
      text.data(), text.size(), "%02u%02u%04dT%02d%02d%02d+%04d",
      static_cast<unsigned>(local.date.day()), static_cast<unsigned>(local.date.month()),
      static_cast<int>(local.date.year()), seconds / 3600, seconds / 60 % 60, seconds % 60,
      static_cast<int>(milliseconds % 1000));
  return std::string(text.data(), static_cast<std::size_t>(length));
}

std::optional<base::Instant> parseTimestamp(std::string_view text) {
  if (text.size() != 20 || text[8] != 'T' || text[15] != '+') {
    return std::nullopt;
  }
  const auto day = number(text.substr(0, 2));
  const auto month = number(text.substr(2, 2));
  const auto year = number(text.substr(4, 4));
  const auto hour = number(text.substr(9, 2));
  const auto minute = number(text.substr(11, 2));
  const auto second = number(text.substr(13, 2));
  const auto milliseconds = number(text.substr(16, 4));
  if (!day || !month || !year || !hour || !minute || !second || !milliseconds) {
    return std::nullopt;
  }
  const base::LocalDate date = std::chrono::year(*year) /
                               std::chrono::month(static_cast<unsigned>(*month)) /
                               std::chrono::day(static_cast<unsigned>(*day));
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59 || *milliseconds > 999) {
    return std::nullopt;
  }
  return base::toInstant(date, std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
                                   std::chrono::seconds(*second) +
                                   std::chrono::milliseconds(*milliseconds));
}

std::string hashText(std::string_view digest, HashStyle style) {
  const std::string hex = base::lowerHex(digest);
  if (style == HashStyle::Padded) {
    return hex;
  }
  std::string unpadded;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    if (hex[i] != '0') {
      unpadded += hex[i];
    }
    unpadded += hex[i + 1];
  }
  return unpadded;
}

bool sameHash(std::string_view claimed, std::string_view digest) {
  const std::string lower = base::lowerAscii(claimed);
  return lower == hashText(digest, HashStyle::Padded) ||
         lower == hashText(digest, HashStyle::Unpadded);
}

std::string macText(std::string_view secret, std::string_view text) {
  return base::lowerHex(base::hmacSha256(secret, text));
}

bool isCode(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
           c == '_' || c == '-';
  });
}

bool fitsHeader(std::string_view text) {
  return text.size() <= kMostValue &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

Headers signedHeaders(const Credentials& credentials, base::Instant now, const Headers& arguments,
                      std::string_view contentType) {
  Headers named = {{"systemid", credentials.systemId}};
  named.insert(named.end(), arguments.begin(), arguments.end());
  named.emplace_back("timestamp", timestampText(now));
  named.emplace_back("Content-Type", contentType);

  Headers headers = {{"Content-Type", std::string(contentType)}};
  std::string keys;
  std::string json;
  for (const auto& [name, value] : named) {
    if (!fitsHeader(name) || !fitsHeader(value)) {
      throw std::logic_error("axis argument does not fit a header");
    }
    const std::string wire = std::string(kWirePrefix) + name;
    keys += (keys.empty() ? "" : ";") + name;
    json += (json.empty() ? "{" : ",") + jsonText(wire) + ":" + jsonText(value);
    headers.emplace_back(wire, value);
  }
  json += "}";
  headers.emplace_back("XroadVnpt-sign-header-key", keys);
  headers.emplace_back("XroadVnpt-sign-header", json);
  headers.emplace_back("XroadVnpt-hash-header", macText(credentials.secret, json));
  headers.emplace_back("XroadVnpt-version", kVersion);
  headers.emplace_back("User-Agent", kUserAgent);
  return headers;
}

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
