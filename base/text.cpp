#include "base/text.h"

#include <utf8proc.h>

#include <charconv>
#include <cstdlib>
#include <stdexcept>

#include "base/cptr.h"

namespace base {
namespace {

std::string mapped(std::string_view text, utf8proc_option_t options) {
  utf8proc_uint8_t* out = nullptr;
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &out, options);
  const CPtr<utf8proc_uint8_t, std::free> owner(out);
  if (length < 0) return std::string(text);
  return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(length)};
}

// Calls `visit(code point, bytes)` for each code point; false at the first byte that is not UTF-8.
template <class Visit>
bool eachCodePoint(std::string_view text, Visit visit) {
  std::size_t at = 0;
  while (at < text.size()) {
    utf8proc_int32_t point = 0;
    const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (used <= 0) return false;
    if (!visit(point, text.substr(at, static_cast<std::size_t>(used)))) return true;
    at += static_cast<std::size_t>(used);
  }
  return true;
}

bool isSpace(utf8proc_int32_t point) {
  constexpr utf8proc_int32_t kNextLine = 0x85;
  if ((point >= '\t' && point <= '\r') || point == kNextLine) return true;
  const auto category = utf8proc_category(point);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

// Default_Ignorable_Code_Point: zero width, byte order mark, the controls of writing direction.
bool isUnseen(utf8proc_int32_t point) { return utf8proc_get_property(point)->ignorable; }

}  // namespace

bool isUtf8(std::string_view text) {
  return eachCodePoint(text, [](utf8proc_int32_t, std::string_view) { return true; });
}

std::string toNfc(std::string_view text) {
  return mapped(text, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
}

std::size_t lengthInCharacters(std::string_view text) {
  std::size_t count = 0;
  eachCodePoint(text, [&](utf8proc_int32_t, std::string_view) {
    ++count;
    return true;
  });
  return count;
}

std::string firstCharacters(std::string_view text, std::size_t most) {
  std::string out;
  std::size_t count = 0;
  eachCodePoint(text, [&](utf8proc_int32_t, std::string_view bytes) {
    if (count++ == most) return false;
    out += bytes;
    return true;
  });
  return out;
}

std::string squeezed(std::string_view text) {
  std::string out;
  bool gap = false;
  const bool valid = eachCodePoint(text, [&](utf8proc_int32_t point, std::string_view bytes) {
    if (isUnseen(point)) return true;
    if (isSpace(point)) {
      gap = true;
    } else {
      if (gap && !out.empty()) out += ' ';
      gap = false;
      out += bytes;
    }
    return true;
  });
  return valid ? out : std::string(text);
}

std::string fold(std::string_view text) {
  if (!isUtf8(text)) return lowerAscii(text);
  const auto plain = mapped(text, static_cast<utf8proc_option_t>(
                                      UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                      UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE));
  std::string out;
  out.reserve(plain.size());
  // đ (U+0111) has no decomposition: its stroke is part of the letter. ð and ɖ stand in for it in
  // text from old converters, because their capitals look like Đ.
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const auto pair = std::string_view(plain).substr(i, 2);
    if (pair == "\xC4\x91" || pair == "\xC3\xB0" || pair == "\xC9\x96") {
      out += 'd';
      ++i;
    } else {
      out += plain[i];
    }
  }
  return squeezed(out);
}

std::string lower(std::string_view text) {
  return mapped(
      text, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
}

std::string lowerAscii(std::string_view text) {
  std::string out(text);
  for (auto& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string lowerHex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::string bytesOfHex(std::string_view hex) {
  std::string out(hex.size() / 2, '\0');
  for (std::size_t i = 0; i < out.size(); ++i) {
    unsigned byte = 0;
    const char* const end = hex.data() + 2 * i + 2;
    const auto parsed = std::from_chars(end - 2, end, byte, 16);
    if (parsed.ec != std::errc{} || parsed.ptr != end) throw std::invalid_argument("not hex");
    out[i] = static_cast<char>(byte);
  }
  if (hex.size() % 2 != 0) throw std::invalid_argument("not hex");
  return out;
}

}  // namespace base
