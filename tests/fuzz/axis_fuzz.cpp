// What strangers send to the axis and what an axis answers: header sets, JSON answers, timestamps,
// lists of receivers. Never a crash or an exception; what is accepted holds what it promises.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "exchange/axis/edoc_reply.h"
#include "exchange/axis/protocol.h"
#include "exchange/axis/replies.h"

namespace {

using namespace exchange::axis;

void must(bool truth) {
  if (!truth) {
    std::abort();
  }
}

/// One `name: value` a line.
Headers headersOf(std::string_view text) {
  Headers headers;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos) {
      headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
  }
  return headers;
}

void readHeaders(std::string_view text) {
  const Headers headers = headersOf(text);
  const auto claims = readClaims(headers);
  if (!claims) {
    must(!sentence(claims.error()).empty());
    return;
  }
  must(!claims->systemId.empty() && timestampText(claims->timestamp).size() == 20);
  for (const auto& [name, value] : claims->values) {
    bool said = false;
    for (const auto& header : headers) {
      said = said || (base::lowerAscii(header.first) == "xroadvnpt-" + base::lowerAscii(name) &&
                      header.second == value);
    }
    must(said);
  }
  static_cast<void>(macIsRight(*claims, "secret"));
}

void readReplies(std::string_view text) {
  static_cast<void>(readOutcome(200, text));
  static_cast<void>(readDocId(200, text));
  static_cast<void>(readSentList(200, text));
  static_cast<void>(
      readAgencies(200, text, [](const ListedAgency& agency) { must(!agency.code.empty()); }));
  if (const auto rows = readReceivedList(200, text, MessageKind::Document)) {
    for (const ListedMessage& row : *rows) {
      must(!row.docId.empty() && fitsHeader(row.docId));
    }
  }
  std::string whole;
  EdocReplyReader reader([&](std::string_view bytes) { whole += bytes; });
  reader.write(text);
  std::string pieces;
  EdocReplyReader slow([&](std::string_view bytes) { pieces += bytes; });
  for (const char& c : text) {
    slow.write(std::string_view(&c, 1));
  }
  must(reader.complete() == slow.complete());
  must(!reader.complete() || whole == pieces);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  readHeaders(text);
  readReplies(text);
  if (const auto codes = parseReceivers(text)) {
    for (const std::string& code : *codes) {
      must(isCode(code));
    }
  }
  if (const auto timestamp = parseTimestamp(text)) {
    must(timestampText(*timestamp) == text);
  }
  return 0;
}
