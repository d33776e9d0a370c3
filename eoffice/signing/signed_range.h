// The bytes that a PDF signature covers: all of a revision but one hole, which holds the signature
// itself. Everything else that a /ByteRange can say is a trick. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eoffice::pdf {

struct SignedRange {
  std::uint64_t holeBegin = 0;  ///< Offset of `<`.
  std::uint64_t holeEnd = 0;    ///< Offset after `>`.
  std::uint64_t end = 0;        ///< Offset after the last covered byte.

  [[nodiscard]] std::vector<std::string_view> parts(std::string_view file) const;
};

/// From the four numbers of /ByteRange. Empty when they do not start at 0, overlap, leave the file,
/// or leave out anything but one hexadecimal string.
[[nodiscard]] std::optional<SignedRange> checkRange(std::string_view file,
                                                    const std::vector<std::int64_t>& numbers);
/// The bytes of the hexadecimal string in the hole.
[[nodiscard]] std::string holeBytes(std::string_view file, const SignedRange& range);

}  // namespace eoffice::pdf
