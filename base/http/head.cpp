#include "base/http/head.h"

#include <algorithm>
#include <charconv>

#include "base/http/message.h"

namespace base::http {

namespace {

constexpr std::size_t kMostHeaders = 100;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool isTokenChar(char c) {
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool isFieldValue(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  });
}

/// Takes one line off the front, without its CRLF.
std::string_view takeLine(std::string_view& bytes) {
  const std::size_t end = bytes.find("\r\n");
  if (end == std::string_view::npos) throw BadRequest("a line without an end");
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end + 2);
  if (line.find_first_of("\r\n") != std::string_view::npos) throw BadRequest("a bare CR or LF");
  return line;
}

Headers parseHeaders(std::string_view bytes) {
  Headers headers;
  for (std::string_view line = takeLine(bytes); !line.empty(); line = takeLine(bytes)) {
    if (headers.size() == kMostHeaders) throw BadRequest("too many headers");
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) throw BadRequest("a header without a colon");
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!isToken(name)) throw BadRequest("a header with a bad name");
    if (!isFieldValue(value)) throw BadRequest("a control character in a header");
    headers.emplace_back(name, value);
  }
  return headers;
}

int parseVersion(std::string_view text) {
  if (text == "HTTP/1.1") return 1;
  if (text == "HTTP/1.0") return 0;
  throw BadRequest("not HTTP/1.0 or HTTP/1.1");
}

std::size_t countOf(const Headers& headers, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(headers.begin(), headers.end(),
                    [&](const auto& header) { return sameName(header.first, name); }));
}

std::uint64_t parseLength(std::string_view text) {
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw BadRequest("a bad Content-Length");
  }
  return length;
}

/// Chunked or a length or neither; throws when the sender said more than one thing.
Framing framingOf(const Headers& headers, int minorVersion) {
  const std::size_t lengths = countOf(headers, "Content-Length");
  const std::size_t codings = countOf(headers, "Transfer-Encoding");
  if (lengths + codings > 1) throw BadRequest("more than one length of the body");
  if (codings == 1) {
    const std::string* coding = findHeader(headers, "Transfer-Encoding");
    if (minorVersion == 0 || !sameName(*coding, "chunked")) {
      throw BadRequest("an unknown transfer coding");
    }
    return {Framing::Kind::Chunked, 0};
  }
  if (lengths == 1) {
    return {Framing::Kind::Length, parseLength(*findHeader(headers, "Content-Length"))};
  }
  return {};
}

}  // namespace

bool sameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

const std::string* findHeader(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (sameName(key, name)) return &value;
  }
  return nullptr;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool hasToken(const Headers& headers, std::string_view name, std::string_view token) {
  for (const auto& [key, value] : headers) {
    if (!sameName(key, name)) continue;
    for (std::string_view rest = value; !rest.empty();) {
      const std::string_view item = rest.substr(0, rest.find(','));
      if (sameName(trimmed(item), token)) return true;
      rest.remove_prefix(std::min(rest.size(), item.size() + 1));
    }
  }
  return false;
}

bool isSendable(std::string_view name, std::string_view value) {
  return isToken(name) && isFieldValue(value);
}

std::size_t headLength(std::string_view bytes, std::size_t from) {
  const std::size_t end = bytes.find("\r\n\r\n", from > 3 ? from - 3 : 0);
  return end == std::string_view::npos ? end : end + 4;
}

RequestHead parseRequestHead(std::string_view bytes) {
  const std::string_view line = takeLine(bytes);
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) throw BadRequest("not a request line");
  RequestHead head;
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  head.minorVersion = parseVersion(line.substr(last + 1));
  if (!isToken(head.method)) throw BadRequest("a bad method");
  if (head.target.empty() || head.target.find(' ') != std::string::npos) {
    throw BadRequest("a bad request target");
  }
  head.headers = parseHeaders(bytes);
  const std::size_t hosts = countOf(head.headers, "Host");
  if (hosts > 1 || (hosts == 0 && head.minorVersion == 1)) throw BadRequest("not one Host header");
  return head;
}

ResponseHead parseResponseHead(std::string_view bytes) {
  const std::string_view line = takeLine(bytes);
  ResponseHead head;
  head.minorVersion = parseVersion(line.substr(0, 8));
  const std::string_view status = line.substr(std::min<std::size_t>(9, line.size()), 3);
  const auto [end, error] =
      std::from_chars(status.data(), status.data() + status.size(), head.status);
  if (line.size() < 12 || line[8] != ' ' || error != std::errc() ||
      end != status.data() + status.size() || head.status < 100) {
    throw BadRequest("not a status line");
  }
  head.headers = parseHeaders(bytes);
  return head;
}

Framing requestFraming(const RequestHead& head) {
  return framingOf(head.headers, head.minorVersion);
}

Framing responseFraming(const ResponseHead& head, std::string_view requestMethod) {
  if (requestMethod == "HEAD" || head.status < 200 || head.status == 204 || head.status == 304) {
    return {};
  }
  const Framing framing = framingOf(head.headers, head.minorVersion);
  return framing.kind == Framing::Kind::None ? Framing{Framing::Kind::UntilClose, 0} : framing;
}

}  // namespace base::http
