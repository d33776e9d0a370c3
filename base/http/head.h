// The head of an HTTP/1.x message: first line, headers, and how long the body is. Strict where
// two readers could disagree (request smuggling): bare LF, folded lines, a space before the colon,
// two lengths, unknown transfer codings are refused. Internal to base/http. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// The first value of a header, or null. Names are compared without case.
[[nodiscard]] const std::string* findHeader(const Headers& headers, std::string_view name);
[[nodiscard]] bool sameName(std::string_view a, std::string_view b);
/// Whether a comma-separated header has this token (`Connection: keep-alive, Upgrade`).
[[nodiscard]] bool hasToken(const Headers& headers, std::string_view name, std::string_view token);
/// A name and value that may be sent: no controls that would start another header.
[[nodiscard]] bool isSendable(std::string_view name, std::string_view value);
[[nodiscard]] std::string_view trimmed(std::string_view text);

struct RequestHead {
  std::string method;
  std::string target;
  int minorVersion = 1;  ///< HTTP/1.0 or HTTP/1.1.
  Headers headers;
};
struct ResponseHead {
  int status = 0;
  int minorVersion = 1;
  Headers headers;
};

/// Length of the head with its empty line, or npos while it is incomplete. `from` is where to go
/// on.
[[nodiscard]] std::size_t headLength(std::string_view bytes, std::size_t from = 0);
/// Both throw BadRequest. `bytes` is the whole head with its empty line.
[[nodiscard]] RequestHead parseRequestHead(std::string_view bytes);
[[nodiscard]] ResponseHead parseResponseHead(std::string_view bytes);

/// How a body is delimited.
struct Framing {
  enum class Kind : std::uint8_t { None, Length, Chunked, UntilClose };
  Kind kind = Kind::None;
  std::uint64_t length = 0;
};
/// Throws BadRequest when the headers disagree.
[[nodiscard]] Framing requestFraming(const RequestHead& head);
[[nodiscard]] Framing responseFraming(const ResponseHead& head, std::string_view requestMethod);

}  // namespace base::http
