#include "eoffice/signing/signed_range.h"

#include <cctype>

namespace eoffice::pdf {
namespace {

bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\0'; }

int hexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::vector<std::string_view> SignedRange::parts(std::string_view file) const {
  return {file.substr(0, holeBegin), file.substr(holeEnd, end - holeEnd)};
}

std::optional<SignedRange> checkRange(std::string_view file,
                                      const std::vector<std::int64_t>& numbers) {
  if (numbers.size() != 4 || numbers[0] != 0) return std::nullopt;
  auto const size = static_cast<std::int64_t>(file.size());
  std::int64_t const first = numbers[1];
  std::int64_t const second = numbers[2];
  std::int64_t const length = numbers[3];
  if (first <= 0 || second <= first + 1 || length <= 0) return std::nullopt;
  if (second >= size || length > size - second) return std::nullopt;
  SignedRange const range{static_cast<std::uint64_t>(first), static_cast<std::uint64_t>(second),
                          static_cast<std::uint64_t>(second + length)};
  if (file[range.holeBegin] != '<' || file[range.holeEnd - 1] != '>') return std::nullopt;
  for (auto at = range.holeBegin + 1; at + 1 < range.holeEnd; ++at) {
    if (hexValue(file[at]) < 0 && !isSpace(file[at])) return std::nullopt;
  }
  return range;
}

std::string holeBytes(std::string_view file, const SignedRange& range) {
  std::string bytes;
  bytes.reserve((range.holeEnd - range.holeBegin) / 2);
  int high = -1;
  for (auto at = range.holeBegin + 1; at + 1 < range.holeEnd; ++at) {
    int const value = hexValue(file[at]);
    if (value < 0) continue;
    if (high < 0) {
      high = value;
    } else {
      bytes += static_cast<char>(high * 16 + value);
      high = -1;
    }
  }
  if (high >= 0) bytes += static_cast<char>(high * 16);
  return bytes;
}

}  // namespace eoffice::pdf
