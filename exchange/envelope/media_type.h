// What a file is, from its first bytes, and a name that a file system and a page can take.
// Pure; safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exchange {

/// From the first bytes (1 KiB is plenty). A zip is `application/zip`: what is in it decides
/// elsewhere. `application/octet-stream` when unknown, `text/plain` for readable text.
[[nodiscard]] std::string sniffMediaType(std::string_view head);
/// What files with this extension are, or empty.
[[nodiscard]] std::string_view mediaTypeOfExtension(std::string_view extension);
/// `.pdf` for `application/pdf`; empty when unknown.
[[nodiscard]] std::string_view extensionOf(std::string_view mediaType);
/// The part after the last dot in lower case, without the dot; empty when there is none.
[[nodiscard]] std::string extensionOfName(std::string_view name);

/// The last part of a path, NFC, without control, format and direction characters or those that
/// file systems refuse, at most 120 characters with its extension kept. Empty when nothing is left.
[[nodiscard]] std::string safeName(std::string_view name);

/// A PDF whose binary bytes were once decoded as text and lost (U+FFFD in the place of bytes).
[[nodiscard]] bool isPdfDamagedByText(std::string_view head);

}  // namespace exchange
