#include <array>
#include <string>

#include "eoffice/search/facets_internal.h"
#include "eoffice/search/words.h"

namespace eoffice::search {
namespace {

constexpr std::size_t kAgencyBytes = 8;
constexpr std::size_t kHead = kAgencyBytes + 2 + 3;  // Agency, year, urgency, state, direction.

void appendNumber(std::string& out, std::uint64_t number, std::size_t bytes) {
  for (std::size_t i = bytes; i-- > 0;) out += static_cast<char>((number >> (8 * i)) & 0xFF);
}

std::uint64_t numberAt(std::string_view packed, std::size_t at, std::size_t bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    number = (number << 8) | static_cast<unsigned char>(packed[at + i]);
  }
  return number;
}

}  // namespace

std::string packFacets(const Content& content) {
  std::string out;
  appendNumber(out, static_cast<std::uint64_t>(content.agency.value()), kAgencyBytes);
  appendNumber(out, static_cast<std::uint64_t>(static_cast<int>(content.day.year())), 2);
  appendNumber(out, static_cast<std::uint64_t>(content.urgency), 1);
  appendNumber(out, static_cast<std::uint64_t>(content.state), 1);
  appendNumber(out, static_cast<std::uint64_t>(content.direction), 1);
  for (const auto& text : {foldedWords(content.typeName), content.typeName,
                           foldedWords(content.issuer), content.issuer}) {
    out += text;
    out += '\0';
  }
  return out;
}

bool unpackFacets(std::string_view packed, FacetValues& values) {
  if (packed.size() < kHead) return false;
  std::array<std::string_view, 4> texts;
  auto rest = packed.substr(kHead);
  for (auto& text : texts) {
    const auto end = rest.find('\0');
    if (end == std::string_view::npos) return false;
    text = rest.substr(0, end);
    rest.remove_prefix(end + 1);
  }
  values = {.agency = static_cast<std::int64_t>(numberAt(packed, 0, kAgencyBytes)),
            .year = static_cast<int>(numberAt(packed, kAgencyBytes, 2)),
            .urgency = static_cast<int>(numberAt(packed, kAgencyBytes + 2, 1)),
            .state = static_cast<int>(numberAt(packed, kAgencyBytes + 3, 1)),
            .direction = static_cast<int>(numberAt(packed, kAgencyBytes + 4, 1)),
            .typeKey = texts[0],
            .type = texts[1],
            .issuerKey = texts[2],
            .issuer = texts[3]};
  return true;
}

}  // namespace eoffice::search
