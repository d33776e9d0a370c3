// Writes a Response to a channel as HTTP: conditions, ranges, compression, framing. Knows nothing
// of routes. Internal to base/http.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/http/channel.h"
#include "base/http/head.h"
#include "base/http/message.h"

namespace base::http {

/// What of the request shapes its answer.
struct AnswerTerms {
  bool headOnly = false;
  bool conditional = false;  ///< GET or HEAD: conditions and ranges apply.
  int minorVersion = 1;
  bool keepAlive = false;
  bool gzip = false;
  std::string ifNoneMatch;
  std::string range;
  std::string ifRange;
  std::string requestId;
};
[[nodiscard]] AnswerTerms termsOf(const RequestHead& head, bool keepAlive);

/// A stream body failed before anything was sent: another answer can take its place. The cause is
/// nested (std::rethrow_if_nested).
class NothingSent : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What was sent: the status may differ from the response's (206, 304, 416).
struct Sent {
  int status;
  bool keepAlive;  ///< The other side can tell where the answer ends.
};
/// Throws ConnectionBroken, and whatever a StreamBody throws (NothingSent when it threw early
/// enough). A header that cannot be sent is a bug: std::logic_error, before anything is sent.
[[nodiscard]] Sent writeAnswer(Channel& channel, Response& response, const AnswerTerms& terms,
                               const Clock& clock);

/// Whether `text/html; charset=utf-8` and its like shrink.
[[nodiscard]] bool isCompressible(std::string_view contentType);
[[nodiscard]] std::string gzipped(std::string_view bytes, int level);
/// Whether an Accept-Encoding takes gzip.
[[nodiscard]] bool acceptsGzip(const Headers& headers);
/// Weak comparison of an If-None-Match list with one entity tag (with its quotes).
[[nodiscard]] bool matchesTag(std::string_view ifNoneMatch, std::string_view tag);

struct ByteRange {
  std::uint64_t first;
  std::uint64_t last;
};
enum class RangeKind : std::uint8_t { Whole, Part, Unsatisfiable };
/// A `Range` header against a size. Several ranges, other units and nonsense mean the whole.
[[nodiscard]] RangeKind parseRange(std::string_view header, std::uint64_t size, ByteRange& range);

}  // namespace base::http
