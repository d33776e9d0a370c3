#include "exchange/envelope/media_type.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace exchange {
namespace {

struct Magic {
  std::string_view bytes;
  std::string_view type;
};
constexpr std::array<Magic, 12> kMagics = {{
    {"%PDF-", "application/pdf"},
    {std::string_view("PK\x03\x04", 4), "application/zip"},
    {std::string_view("PK\x05\x06", 4), "application/zip"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/msword"},
    {"\x89PNG\r\n\x1A\n", "image/png"},
    {"\xFF\xD8\xFF", "image/jpeg"},
    {"GIF8", "image/gif"},
    {std::string_view("II*\0", 4), "image/tiff"},
    {std::string_view("MM\0*", 4), "image/tiff"},
    {"{\\rtf", "application/rtf"},
    {"Rar!\x1A\x07", "application/vnd.rar"},
    {"7z\xBC\xAF\x27\x1C", "application/x-7z-compressed"},
}};

struct Known {
  std::string_view extension;
  std::string_view type;
};
constexpr std::array<Known, 19> kKnown = {{
    {"pdf", "application/pdf"},
    {"doc", "application/msword"},
    {"xls", "application/vnd.ms-excel"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"zip", "application/zip"},
    {"rar", "application/vnd.rar"},
    {"7z", "application/x-7z-compressed"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"rtf", "application/rtf"},
    {"txt", "text/plain"},
}};

constexpr std::size_t kMostNameCharacters = 120;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool isText(std::string_view head) {
  // The head may end inside a character.
  for (std::size_t cut = 0; cut < 4 && cut <= head.size(); ++cut) {
    if (base::isUtf8(head.substr(0, head.size() - cut))) {
      return std::none_of(head.begin(), head.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
      });
    }
  }
  return false;
}

// Characters that change how a name is shown or that nobody sees.
bool isInvisible(std::uint32_t point) {
  return (point >= 0x80 && point <= 0x9F) || point == 0xAD ||
         (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202F) ||
         (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
         (point >= 0xFFF9 && point <= 0xFFFB) || (point >= 0xE0000 && point <= 0xE007F);
}

// `text` is valid UTF-8.
std::uint32_t pointAt(std::string_view text, std::size_t at, std::size_t& length) {
  const auto first = static_cast<unsigned char>(text[at]);
  length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (length == 1) {
    return first;
  }
  std::uint32_t point = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  }
  return point;
}

std::string visible(std::string_view text) {
  constexpr std::string_view kForbidden = "<>:\"|?*";
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 0;
    const std::uint32_t point = pointAt(text, at, length);
    if (point < 0x20 || point == 0x7F) {
      out += ' ';
    } else if (length == 1 && kForbidden.find(text[at]) != std::string_view::npos) {
      out += '_';
    } else if (!isInvisible(point)) {
      out += text.substr(at, length);
    }
    at += length;
  }
  return out;
}

std::string withoutDots(std::string text) {
  const auto first = text.find_first_not_of(". ");
  if (first == std::string::npos) {
    return {};
  }
  const auto last = text.find_last_not_of(". ");
  return text.substr(first, last - first + 1);
}

}  // namespace

std::string sniffMediaType(std::string_view head) {
  for (const auto& magic : kMagics) {
    if (head.starts_with(magic.bytes)) {
      return std::string(magic.type);
    }
  }
  // A PDF may have some bytes before its header.
  if (head.substr(0, 1024).find("%PDF-") != std::string_view::npos) {
    return "application/pdf";
  }
  const auto begin = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin != std::string_view::npos && head.substr(begin).starts_with("<?xml")) {
    return "application/xml";
  }
  return !head.empty() && isText(head) ? "text/plain" : "application/octet-stream";
}

std::string_view mediaTypeOfExtension(std::string_view extension) {
  for (const auto& known : kKnown) {
    if (known.extension == extension) {
      return known.type;
    }
  }
  return {};
}

std::string_view extensionOf(std::string_view mediaType) {
  for (const auto& known : kKnown) {
    if (known.type == mediaType) {
      return known.extension;
    }
  }
  return {};
}

std::string extensionOfName(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot > 12) {
    return {};
  }
  return base::lowerAscii(name.substr(dot + 1));
}

std::string safeName(std::string_view name) {
  if (!base::isUtf8(name)) {
    return {};
  }
  const auto slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) {
    name.remove_prefix(slash + 1);
  }
  std::string safe = withoutDots(base::squeezed(visible(base::toNfc(name))));
  if (base::lengthInCharacters(safe) <= kMostNameCharacters) {
    return safe;
  }
  const std::string extension = extensionOfName(safe);
  if (extension.empty()) {
    return withoutDots(base::firstCharacters(safe, kMostNameCharacters));
  }
  const std::string kept = safe.substr(safe.size() - extension.size());
  return withoutDots(base::firstCharacters(safe, kMostNameCharacters - extension.size() - 1)) +
         "." + kept;
}

bool isPdfDamagedByText(std::string_view head) {
  if (!head.starts_with("%PDF-")) {
    return false;
  }
  // The second line of a PDF is a comment of binary bytes, so that programs see it is not text.
  const auto mark = head.find(kReplacement);
  return mark != std::string_view::npos && mark < 64;
}

}  // namespace exchange
