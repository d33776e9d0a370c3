#include "base/http/form.h"

#include <algorithm>
#include <optional>

#include "base/http/head.h"
#include "base/http/uri.h"
#include "base/text.h"

namespace base::http {

namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kMostPartHead = 8 * 1024;
constexpr std::size_t kMostParts = 1000;
constexpr std::size_t kMostNameCharacters = 200;

/// `; name="value"` of a header, unquoted. Browsers write a quote in a name as %22, others as \".
std::optional<std::string> parameter(std::string_view header, std::string_view wanted) {
  std::size_t at = header.find(';');
  while (at != std::string_view::npos && at < header.size()) {
    const std::size_t equals = header.find('=', at);
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = trimmed(header.substr(at + 1, equals - at - 1));
    std::string value;
    std::size_t end = equals + 1;
    if (end < header.size() && header[end] == '"') {
      for (++end; end < header.size() && header[end] != '"'; ++end) {
        if (header[end] == '\\' && end + 1 < header.size() && header[end + 1] == '"') ++end;
        value += header[end];
      }
      if (end == header.size()) return std::nullopt;
      end = header.find(';', end);
    } else {
      end = header.find(';', end);
      value = trimmed(header.substr(equals + 1, end - equals - 1));
    }
    if (sameName(name, wanted)) return value;
    at = end;
  }
  return std::nullopt;
}

struct PartHead {
  std::string field;
  std::optional<std::string> fileName;
  std::string mediaType;
};

PartHead parsePartHead(std::string_view lines) {
  PartHead head;
  bool named = false;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find("\r\n"));
    lines.remove_prefix(std::min(lines.size(), line.size() + 2));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) throw BadRequest("a bad header in a form");
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!isSendable(line.substr(0, colon), value)) throw BadRequest("a bad header in a form");
    if (sameName(line.substr(0, colon), "Content-Type")) head.mediaType = value;
    if (!sameName(line.substr(0, colon), "Content-Disposition")) continue;
    const auto field = parameter(value, "name");
    if (!sameName(value.substr(0, value.find(';')), "form-data") || !field || !isUtf8(*field)) {
      throw BadRequest("a part of a form without a name");
    }
    head.field = *field;
    head.fileName = parameter(value, "filename");
    named = true;
  }
  if (!named) throw BadRequest("a part of a form without a name");
  return head;
}

/// One pass over the body with a window that stays as small as a piece and a delimiter.
class MultipartReader {
 public:
  /// The line end in front makes the first delimiter like all others.
  MultipartReader(std::istream& body, const std::string& boundary)
      : body_(body), delimiter_("\r\n--" + boundary), window_("\r\n") {
    scanTo(delimiter_, [](std::string_view) {});
  }

  /// Stands behind a delimiter: true when a part follows, false when that was the last one.
  bool hasPart() {
    if (look(2) == "--") return false;
    while (look(1) == " " || look(1) == "\t") ++position_;  // Padding that RFC 2046 allows.
    if (look(2) != "\r\n") throw BadRequest("a bad boundary in a form");
    position_ += 2;
    return true;
  }

  PartHead head() {
    std::string lines;
    while (look(2) != "\r\n") {
      scanTo(
          "\r\n", [&](std::string_view bytes) { lines += bytes; }, kMostPartHead);
      lines += "\r\n";
      if (lines.size() > kMostPartHead) throw BadRequest("a part of a form with a long head");
    }
    position_ += 2;
    return parsePartHead(lines);
  }

  /// Hands the part's bytes on and stands behind its delimiter.
  void content(const std::function<void(std::string_view)>& sink) { scanTo(delimiter_, sink); }

 private:
  bool fill() {
    window_.erase(0, position_);
    position_ = 0;
    const std::size_t before = window_.size();
    window_.resize(before + kPiece);
    body_.read(window_.data() + before, static_cast<std::streamsize>(kPiece));
    window_.resize(before + static_cast<std::size_t>(body_.gcount()));
    return window_.size() > before;
  }

  std::string_view look(std::size_t size) {
    while (window_.size() - position_ < size) {
      if (!fill()) throw BadRequest("a form that ends early");
    }
    return std::string_view(window_).substr(position_, size);
  }

  void scanTo(std::string_view end, const std::function<void(std::string_view)>& sink,
              std::size_t most = std::string::npos) {
    std::size_t passed = 0;
    const auto pass = [&](std::size_t until) {
      if (until <= position_) return;
      passed += until - position_;
      if (passed > most) throw BadRequest("a part of a form with a long head");
      sink(std::string_view(window_).substr(position_, until - position_));
      position_ = until;
    };
    std::size_t found = 0;
    while ((found = window_.find(end, position_)) == std::string::npos) {
      // The tail may be the beginning of `end`.
      if (window_.size() >= end.size()) pass(window_.size() - (end.size() - 1));
      if (!fill()) throw BadRequest("a form that ends early");
    }
    pass(found);
    position_ = found + end.size();
  }

  std::istream& body_;
  std::string delimiter_;
  std::string window_;
  std::size_t position_ = 0;
};

void readField(MultipartReader& reader, const PartHead& head, std::size_t& total, Form& form) {
  std::string value;
  reader.content([&](std::string_view bytes) {
    total += bytes.size();
    if (total > kMostFieldBytes) throw BodyTooLarge("the fields of a form are too large");
    value += bytes;
  });
  if (!isUtf8(value) || value.find('\0') != std::string::npos) {
    throw BadRequest("a field that is not UTF-8");
  }
  form.fields.emplace(head.field, std::move(value));
}

/// An input without a chosen file comes as an empty name and no bytes.
void readFile(MultipartReader& reader, const PartHead& head, const OpenFile& openFile, Form& form) {
  std::unique_ptr<BlobWriter> writer;
  if (!head.fileName->empty()) writer = openFile();
  reader.content([&](std::string_view bytes) {
    if (!writer) writer = openFile();
    writer->write(bytes);
  });
  if (!writer) return;
  form.files.push_back({head.field, safeFileName(*head.fileName), head.mediaType, writer->keep()});
}

void skipRest(std::istream& body) {
  std::string piece(kPiece, '\0');
  while (body.read(piece.data(), static_cast<std::streamsize>(piece.size()))) {
  }
}

/// Unsafe in a name: controls, and the marks that turn the direction of text around.
bool isUnsafe(std::string_view character) {
  if (character.size() == 1) {
    const auto byte = static_cast<unsigned char>(character[0]);
    return byte < 0x20 || byte == 0x7f;
  }
  if (character.size() == 2) return character[0] == '\xc2' && character[1] < '\xa0';
  return character == "\u200e" || character == "\u200f" ||
         (character >= "\u202a" && character <= "\u202e" && character.size() == 3) ||
         (character >= "\u2066" && character <= "\u2069" && character.size() == 3) ||
         character == "\u2028" || character == "\u2029" || character == "\ufeff";
}

std::string withoutUnsafe(std::string_view text) {
  std::string safe;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
    if (!isUnsafe(text.substr(i, end - i))) safe += text.substr(i, end - i);
    i = end;
  }
  return safe;
}

std::string asciiOnly(std::string_view text) {
  std::string ascii;
  for (const char c : text) ascii += static_cast<unsigned char>(c) < 0x80 ? c : '_';
  return ascii;
}

/// Shortens the stem and keeps a short extension.
std::string shortened(const std::string& name) {
  const std::size_t length = lengthInCharacters(name);
  if (length <= kMostNameCharacters) return name;
  const std::size_t dot = name.rfind('.');
  const std::string extension =
      dot != std::string::npos && name.size() - dot <= 10 ? name.substr(dot) : "";
  return firstCharacters(name, kMostNameCharacters - lengthInCharacters(extension)) + extension;
}

}  // namespace

std::string boundaryOf(std::string_view contentType) {
  const auto boundary = parameter(contentType, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70) return {};
  const bool allowed = std::all_of(boundary->begin(), boundary->end(),
                                   [](char c) { return c >= 0x20 && c < 0x7f && c != '"'; });
  return allowed ? *boundary : std::string();
}

std::string safeFileName(std::string_view claimed) {
  std::string name(claimed.substr(claimed.find_last_of("/\\") + 1));
  for (std::size_t at = 0; (at = name.find("%22", at)) != std::string::npos;) {
    name.replace(at, 3, "\"");
  }
  name = squeezed(withoutUnsafe(toNfc(isUtf8(name) ? name : asciiOnly(name))));
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
  if (name.find_first_not_of('.') == std::string::npos) return "file";
  return shortened(name);
}

Form readMultipart(std::istream& body, const std::string& boundary, const OpenFile& openFile) {
  Form form;
  MultipartReader reader(body, boundary);
  std::size_t total = 0;
  for (std::size_t parts = 0; reader.hasPart(); ++parts) {
    if (parts == kMostParts) throw BadRequest("a form of too many parts");
    const PartHead head = reader.head();
    if (head.fileName) {
      readFile(reader, head, openFile, form);
    } else {
      readField(reader, head, total, form);
    }
  }
  skipRest(body);
  return form;
}

Form readUrlEncoded(std::istream& body) {
  std::string text;
  std::string piece(kPiece, '\0');
  do {
    body.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    text.append(piece, 0, static_cast<std::size_t>(body.gcount()));
    if (text.size() > kMostFieldBytes) throw BodyTooLarge("the fields of a form are too large");
  } while (body);
  Form form;
  for (auto& [key, value] : uri::parsePairs(text)) form.fields.emplace(key, std::move(value));
  return form;
}

}  // namespace base::http
