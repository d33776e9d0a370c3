#include "eoffice/signing/pdf_xref.h"

#include <cctype>

namespace eoffice::pdf {
namespace {

constexpr std::string_view kStartXref = "startxref";

std::uint64_t skipSpace(std::string_view bytes, std::uint64_t at) {
  while (at < bytes.size() &&
         (std::isspace(static_cast<unsigned char>(bytes[at])) != 0 || bytes[at] == '\0')) {
    ++at;
  }
  return at;
}

std::optional<std::uint64_t> readNumber(std::string_view bytes, std::uint64_t at) {
  std::uint64_t value = 0;
  std::uint64_t const first = at;
  while (at < bytes.size() && at - first < 15 &&
         std::isdigit(static_cast<unsigned char>(bytes[at])) != 0) {
    value = value * 10 + static_cast<std::uint64_t>(bytes[at++] - '0');
  }
  if (at == first) return std::nullopt;
  return value;
}

}  // namespace

std::optional<LastXref> findLastXref(std::string_view bytes) {
  auto const word = bytes.rfind(kStartXref);
  if (word == std::string_view::npos) return std::nullopt;
  auto const offset = readNumber(bytes, skipSpace(bytes, word + kStartXref.size()));
  if (!offset || *offset >= bytes.size()) return std::nullopt;
  auto const at = skipSpace(bytes, *offset);
  if (bytes.substr(at, 4) == "xref") return LastXref{*offset, XrefKind::Table};
  if (readNumber(bytes, at)) return LastXref{*offset, XrefKind::Stream};
  return std::nullopt;
}

}  // namespace eoffice::pdf
