#include "exchange/axis/protocol.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/crypto/digest.h"
#include "base/text.h"

namespace exchange::axis {

namespace {

constexpr std::string_view kWirePrefix = "XroadVnpt-";
constexpr std::string_view kVersion = "3.0.201608";
constexpr std::string_view kUserAgent = "JAVASDKAgent/1.0.0 XRoad/VPCP";
constexpr std::size_t kMostValue = 4 * 1024;
constexpr std::size_t kMostDocId = 100;

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

bool isDocId(std::string_view text) {
  return !text.empty() && text.size() <= kMostDocId && fitsHeader(text);
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

}  // namespace exchange::axis
