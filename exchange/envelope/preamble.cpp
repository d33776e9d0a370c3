#include "exchange/envelope/preamble.h"

#include <string>

#include "base/text.h"
#include "exchange/envelope/detail.h"
#include "exchange/envelope/tree.h"

namespace exchange {
namespace {

constexpr std::size_t kMostJunk = 4096;
constexpr std::string_view kOldSchema = "e-doc.vn";
constexpr std::string_view kFlatSchema = "http://www.go.vn/eDoc";
constexpr std::string_view kSoap = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr const char* kDialectB = "edXML 1.x (e-doc.vn)";
constexpr const char* kDialectC = "eDoc (go.vn)";

base::Refusal dialectRefusal(const char* dialect) {
  return invalid("envelope.dialect_refused", {{"dialect", dialect}});
}

// UTF-8 with or without its mark, UTF-16 of either order.
bool beginsLikeXml(std::string_view head) {
  return head.starts_with("<") || head.starts_with("\xEF\xBB\xBF<") ||
         head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF") ||
         head.starts_with(std::string_view("\0<", 2));
}

}  // namespace

base::Result<std::string_view> skipPreamble(std::string_view first,
                                            std::vector<Finding>& findings) {
  const std::string_view head = first.substr(0, kMostJunk);
  const std::string lower = base::lowerAscii(head.substr(0, 20));
  if (lower.starts_with("--") || lower.starts_with("mime-version:") ||
      lower.starts_with("content-type:")) {
    return tl::unexpected(dialectRefusal(kDialectB));
  }
  if (beginsLikeXml(head)) {
    return first;
  }
  std::size_t at = head.find("<?xml");
  if (at == std::string_view::npos) {
    at = head.find('<');
  }
  if (at == std::string_view::npos) {
    return first;  // the parser will say that it is no XML
  }
  findings.push_back({FindingCode::BytesBeforeXml, "", std::to_string(at)});
  return first.substr(at);
}

std::optional<base::Refusal> refuseRoot(std::string_view local, std::string_view uri) {
  if (uri.find(kOldSchema) != std::string_view::npos || (local == "Envelope" && uri == kSoap)) {
    return dialectRefusal(kDialectB);
  }
  if (uri.starts_with(kFlatSchema)) {
    return dialectRefusal(kDialectC);
  }
  if (local != "edXML" || (!uri.empty() && uri != kEnvelopeNamespace)) {
    return invalid("envelope.not_edxml", {{"root", base::firstCharacters(local, 60)},
                                          {"namespace", base::firstCharacters(uri, 120)}});
  }
  return std::nullopt;
}

}  // namespace exchange
