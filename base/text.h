// Vietnamese text: validity, length, and the one folding that every search uses.
// UTF-8 in, UTF-8 out. Pure; safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace base {

[[nodiscard]] bool isUtf8(std::string_view text);
/// Canonical composition (NFC). Text that is not UTF-8 comes back unchanged.
[[nodiscard]] std::string toNfc(std::string_view text);
/// Code points of valid UTF-8 text.
[[nodiscard]] std::size_t lengthInCharacters(std::string_view text);
/// The first `most` code points.
[[nodiscard]] std::string firstCharacters(std::string_view text, std::size_t most);
/// Without white space (Unicode) at both ends, runs of it inside made one space. What nobody sees
/// goes too: zero-width characters, byte order marks, controls of writing direction.
[[nodiscard]] std::string squeezed(std::string_view text);
/// What search compares: NFC and NFD alike, case folded, tone and vowel marks gone, đ → d, runs of
/// white space one space. `fold("Đắk Lắk") == "dak lak"`. Text that is not UTF-8 is folded as
/// ASCII.
[[nodiscard]] std::string fold(std::string_view text);
/// NFC and lower case; marks stay: `lower("TỐI MẬT") == "tối mật"`.
[[nodiscard]] std::string lower(std::string_view text);
/// ASCII only: lower case.
[[nodiscard]] std::string lowerAscii(std::string_view text);
[[nodiscard]] std::string lowerHex(std::string_view bytes);
/// The bytes that hex digits stand for, in either case. Throws std::invalid_argument for anything
/// else: our own digests are read with it.
[[nodiscard]] std::string bytesOfHex(std::string_view hex);

}  // namespace base
