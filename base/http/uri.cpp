#include "base/http/uri.h"

#include "base/http/message.h"
#include "base/text.h"

namespace base::http::uri {

namespace {

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool isPrintableAscii(char c) { return c > 0x20 && c < 0x7f; }

/// The bytes that a URL may hold as they are. Refuses what browsers would never send raw.
void needPrintable(std::string_view target) {
  for (const char c : target) {
    if (!isPrintableAscii(c) && static_cast<unsigned char>(c) < 0x80) {
      throw BadRequest("a control character in the request target");
    }
  }
}

std::string_view withoutAuthority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (lowerAscii(target.substr(0, scheme.size())) != scheme) continue;
    const std::size_t end = target.find_first_of("/?", scheme.size());
    if (end == std::string_view::npos || target[end] == '?') return "/";
    return target.substr(end);
  }
  return target;
}

/// Control characters would end up in logs and file names; none of our paths has one.
std::string decodeSegment(std::string_view raw) {
  const auto segment = decode(raw, Plus::Itself);
  if (!segment) throw BadRequest("a broken escape in the path");
  if (*segment == "." || *segment == "..") throw BadRequest("a dot segment in the path");
  for (const char c : *segment) {
    if (c == '/' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      throw BadRequest("an escaped separator or control character in the path");
    }
  }
  return *segment;
}

}  // namespace

std::optional<std::string> decode(std::string_view text, Plus plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+' && plus == Plus::Space) c = ' ';
    if (text[i] == '%') {
      const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (c == '\0') return std::nullopt;
    decoded += c;
  }
  if (!isUtf8(decoded)) return std::nullopt;
  return decoded;
}

std::string escapeLocation(std::string_view location) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string escaped;
  for (const char c : location) {
    if (isPrintableAscii(c) && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos) {
      escaped += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      escaped += '%';
      escaped += kHex[byte >> 4];
      escaped += kHex[byte & 15];
    }
  }
  return escaped;
}

Pairs parsePairs(std::string_view text) {
  Pairs pairs;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), item.size() + 1));
    if (item.empty()) continue;
    const std::size_t equals = item.find('=');
    auto key = decode(item.substr(0, equals), Plus::Space);
    auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                  : decode(item.substr(equals + 1), Plus::Space);
    if (!key || !value) throw BadRequest("a broken escape in a query or form");
    pairs.emplace_back(std::move(*key), std::move(*value));
  }
  return pairs;
}

Target parseTarget(std::string_view target) {
  needPrintable(target);
  target = withoutAuthority(target);
  target = target.substr(0, target.find('#'));
  if (target.empty() || target.front() != '/') throw BadRequest("not a path");
  const std::size_t question = target.find('?');
  std::string_view path = target.substr(0, question);
  Target result;
  while (!path.empty()) {  // Each turn takes a slash and the segment behind it.
    path.remove_prefix(1);
    const std::string_view raw = path.substr(0, path.find('/'));
    path.remove_prefix(raw.size());
    result.path += '/' + decodeSegment(raw);
  }
  if (question != std::string_view::npos) result.query = parsePairs(target.substr(question + 1));
  return result;
}

}  // namespace base::http::uri
