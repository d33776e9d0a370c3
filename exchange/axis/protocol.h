// The words of the axis protocol (VXP client protocol): how a request is signed in its headers, and
// how the axis checks that. One code for both ends, so that client and hub cannot drift apart.
// Knows nothing of connections, envelopes or who may do what. Pure; safe from any thread.
//
// All arguments of a call travel as headers `XroadVnpt-<name>`. The JSON text of
// `XroadVnpt-sign-header` repeats them and is what the MAC covers; neither method, path nor body is
// covered, save a sent file through `hash-file`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace exchange::axis {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// What sort of message is sent, listed and counted. Stored: never renumber.
enum class MessageKind : std::uint8_t { Document = 1, Status = 2 };

[[nodiscard]] std::string_view wireName(MessageKind kind);  ///< `edoc`, `status`
/// In any case of letters.
[[nodiscard]] std::optional<MessageKind> messageKind(std::string_view wire);

/// How `hash-file` is spelled. The axis's own client drops the leading zero of each byte.
enum class HashStyle : std::uint8_t { Unpadded, Padded };

/// Where a fetched message stands at the axis; not the business status of a document.
enum class TransportState : std::uint8_t { Initial = 1, Processing = 2, Done = 3, Fail = 4 };

[[nodiscard]] std::string_view wireName(TransportState state);
[[nodiscard]] std::optional<TransportState> transportState(std::string_view wire);

/// Codes in `ErrorCode`.
namespace error_code {
inline constexpr std::string_view kOk = "0";
inline constexpr std::string_view kInvalidFile = "10";
inline constexpr std::string_view kWrongCredentials = "15";
inline constexpr std::string_view kUnknownReceiver = "18";
inline constexpr std::string_view kUnknownSender = "19";
inline constexpr std::string_view kSystem = "20";
inline constexpr std::string_view kFileProcessing = "21";
inline constexpr std::string_view kWrongFormat = "22";
inline constexpr std::string_view kReceiverLocked = "23";
}  // namespace error_code

struct Credentials {
  std::string systemId;
  std::string secret;  ///< Used as its UTF-8 bytes.
};

/// `ddMMyyyy'T'HHmmss+SSSS`, local time; the part after `+` is milliseconds in four digits.
[[nodiscard]] std::string timestampText(base::Instant now);
[[nodiscard]] std::optional<base::Instant> parseTimestamp(std::string_view text);

/// `digest`: 32 bytes.
[[nodiscard]] std::string hashText(std::string_view digest, HashStyle style);
/// True for either spelling, in any case of letters.
[[nodiscard]] bool sameHash(std::string_view claimed, std::string_view digest);

/// Lower-case hex of HMAC-SHA256(secret, text).
[[nodiscard]] std::string macText(std::string_view secret, std::string_view text);

/// Whether `text` can be the code of an agency or system: 1 to 64 letters, digits, `.`, `_`, `-`.
[[nodiscard]] bool isCode(std::string_view text);
/// Whether `text` can be the docId of a message, as rows keep it: 1 to 100 printable ASCII
/// characters.
[[nodiscard]] bool isDocId(std::string_view text);
/// Whether a header may carry `text`: printable ASCII, not too long.
[[nodiscard]] bool fitsHeader(std::string_view text);

/// The complete, fresh header set of one request. `arguments` are un-prefixed names with values
/// that fit a header; anything else is a bug (throws std::logic_error).
[[nodiscard]] Headers signedHeaders(const Credentials& credentials, base::Instant now,
                                    const Headers& arguments, std::string_view contentType);

/// What a request claims, before anything is believed: the MACed text and its values.
struct Claims {
  std::string systemId;
  std::string timestampText;
  base::Instant timestamp{};
  std::string signedText;                     ///< As it came; the MAC covers these bytes.
  std::string mac;                            ///< As it came.
  std::map<std::string, std::string> values;  ///< Un-prefixed name → signed value.

  /// The signed argument of that name, spelled so if there is one, else in any case of letters;
  /// empty when absent.
  [[nodiscard]] std::string value(std::string_view name) const;
};

/// Why a request's headers are not accepted.
enum class ClaimFault : std::uint8_t {
  NoSignHeader,  ///< sign-header, sign-header-key or hash-header is missing
  NotJson,       ///< sign-header is no flat JSON object of texts
  KeysDiffer,    ///< sign-header-key names other things than the JSON has
  ValueDiffers,  ///< A signed value is not what the header of that name says
  NoSystemId,    ///< systemid is not among the signed values
  BadTimestamp   ///< timestamp is not among them, or not in the pattern
};

[[nodiscard]] std::string_view sentence(ClaimFault fault);  ///< English, for `ErrorDesc`.

/// Reads and cross-checks a request's headers; any order, any case of names, further headers that
/// nothing signs are no fault. The MAC is still to be checked: see macIsRight().
[[nodiscard]] tl::expected<Claims, ClaimFault> readClaims(const Headers& headers);
/// In constant time.
[[nodiscard]] bool macIsRight(const Claims& claims, std::string_view secret);

/// `["H32.21","H32.48"]`, one bare code, or codes with commas: the argument `to`. Empty when it is
/// none of these.
[[nodiscard]] std::optional<std::vector<std::string>> parseReceivers(std::string_view text);

}  // namespace exchange::axis
