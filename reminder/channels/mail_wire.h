// How a mail looks on the wire: header words (RFC 2047) and text (RFC 2045, quoted-printable).
// Pure; safe from any thread. For this folder and its tests.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace reminder::wire {

/// ASCII as it is; anything else as encoded words that never cut a character. Line breaks and
/// control characters become spaces: nothing can start a header of its own.
[[nodiscard]] std::string headerText(std::string_view text);
/// `"An" <a@b>`, with an encoded name where it is not ASCII.
[[nodiscard]] std::string mailbox(std::string_view name, std::string_view address);
/// Lines of at most 76 characters, CRLF.
[[nodiscard]] std::string quotedPrintable(std::string_view text);
/// `Mon, 02 Mar 2026 07:30:00 +0700`
[[nodiscard]] std::string mailDate(base::Instant instant);

}  // namespace reminder::wire
