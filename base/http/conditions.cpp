// Conditions, ranges and codings that a request asks for.
#include <charconv>

#include "base/http/answer.h"

namespace base::http {

namespace {

std::string_view takeItem(std::string_view& list) {
  const std::string_view item = list.substr(0, list.find(','));
  list.remove_prefix(std::min(list.size(), item.size() + 1));
  return trimmed(item);
}

std::string_view strongPart(std::string_view tag) {
  return tag.substr(0, 2) == "W/" ? tag.substr(2) : tag;
}

/// `gzip;q=0.5` → whether the weight is above nothing.
bool hasWeight(std::string_view item) {
  const std::size_t q = item.find("q=");
  if (q == std::string_view::npos) return true;
  return item.substr(q + 2).find_first_of("123456789") != std::string_view::npos;
}

bool parseNumber(std::string_view text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

bool acceptsGzip(const Headers& headers) {
  const std::string* accepted = findHeader(headers, "Accept-Encoding");
  if (!accepted) return false;
  bool any = false;
  for (std::string_view list = *accepted; !list.empty();) {
    const std::string_view item = takeItem(list);
    const std::string_view coding = trimmed(item.substr(0, item.find(';')));
    if (sameName(coding, "gzip") || sameName(coding, "x-gzip")) return hasWeight(item);
    if (coding == "*") any = hasWeight(item);
  }
  return any;
}

bool matchesTag(std::string_view ifNoneMatch, std::string_view tag) {
  if (trimmed(ifNoneMatch) == "*") return true;
  while (!ifNoneMatch.empty()) {
    if (strongPart(takeItem(ifNoneMatch)) == strongPart(tag)) return true;
  }
  return false;
}

RangeKind parseRange(std::string_view header, std::uint64_t size, ByteRange& range) {
  static constexpr std::string_view kUnit = "bytes=";
  if (!sameName(header.substr(0, kUnit.size()), kUnit)) return RangeKind::Whole;
  const std::string_view text = trimmed(header.substr(kUnit.size()));
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || text.find(',') != std::string_view::npos) {
    return RangeKind::Whole;
  }
  std::uint64_t first = 0;
  std::uint64_t last = size == 0 ? 0 : size - 1;
  std::uint64_t number = 0;
  if (dash == 0) {  // The last so many bytes.
    if (!parseNumber(text.substr(1), number)) return RangeKind::Whole;
    if (number == 0 || size == 0) return RangeKind::Unsatisfiable;
    first = number < size ? size - number : 0;
  } else {
    if (!parseNumber(text.substr(0, dash), first)) return RangeKind::Whole;
    if (dash + 1 < text.size()) {
      if (!parseNumber(text.substr(dash + 1), number) || number < first) return RangeKind::Whole;
      last = std::min(last, number);
    }
    if (first >= size) return RangeKind::Unsatisfiable;
  }
  range = {first, last};
  return RangeKind::Part;
}

bool isCompressible(std::string_view contentType) {
  const std::string_view type = trimmed(contentType.substr(0, contentType.find(';')));
  if (type.substr(0, 5) == "text/") return true;
  for (const std::string_view known :
       {"application/json", "application/javascript", "application/xml", "image/svg+xml",
        "application/problem+json", "application/manifest+json", "application/xhtml+xml"}) {
    if (sameName(type, known)) return true;
  }
  return false;
}

AnswerTerms termsOf(const RequestHead& head, bool keepAlive) {
  const auto value = [&](std::string_view name) {
    const std::string* found = findHeader(head.headers, name);
    return found ? *found : std::string();
  };
  AnswerTerms terms;
  terms.headOnly = head.method == "HEAD";
  terms.conditional = terms.headOnly || head.method == "GET";
  terms.minorVersion = head.minorVersion;
  terms.keepAlive = keepAlive;
  terms.gzip = acceptsGzip(head.headers);
  terms.ifNoneMatch = value("If-None-Match");
  terms.range = head.method == "GET" ? value("Range") : "";
  terms.ifRange = value("If-Range");
  return terms;
}

}  // namespace base::http
