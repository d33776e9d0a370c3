// Percent-encoding and request targets. Everything is decoded exactly once, here. Internal to
// base/http. Pure; safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base::http::uri {

using Pairs = std::vector<std::pair<std::string, std::string>>;

enum class Plus : std::uint8_t { Itself, Space };

/// Empty for a broken escape, a NUL or text that is not UTF-8.
[[nodiscard]] std::optional<std::string> decode(std::string_view text, Plus plus);
/// Escapes what may not stand in a header's URL (spaces, controls, non-ASCII, quotes); escapes that
/// are there already stay.
[[nodiscard]] std::string escapeLocation(std::string_view location);

/// `a=1&b=2`, in the order sent. Throws BadRequest.
[[nodiscard]] Pairs parsePairs(std::string_view text);

struct Target {
  std::string path;  ///< Decoded; begins with `/`, has no `.` or `..` segment.
  Pairs query;
};
/// Origin form (`/a?b=c`) or absolute form (`http://host/a?b=c`). Throws BadRequest, also for an
/// escaped `/` in the path, which would make two paths out of one.
[[nodiscard]] Target parseTarget(std::string_view target);

}  // namespace base::http::uri
