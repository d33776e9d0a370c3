#include "exchange/axis/edoc_reply.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/crypto/digest.h"

namespace exchange::axis {

namespace {

constexpr std::size_t kMostFrame = 64 * 1024;
constexpr std::size_t kDecodeAt = 64 * 1024;

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// The character of a JSON escape that base64 may be written with; 0 for one that it may not.
char unescaped(std::string_view escape) {
  if (escape == "/") {
    return '/';
  }
  if (escape == "n" || escape == "r" || escape == "t") {
    return '\n';
  }
  if (escape.size() != 5 || escape.substr(0, 3) != "u00") {
    return 0;
  }
  if (!std::isxdigit(static_cast<unsigned char>(escape[3])) ||
      !std::isxdigit(static_cast<unsigned char>(escape[4]))) {
    return 0;
  }
  return static_cast<char>(std::stoi(std::string(escape.substr(3)), nullptr, 16));
}

}  // namespace

EdocReplyReader::EdocReplyReader(ByteSink sink) : sink_(std::move(sink)) {}

void EdocReplyReader::write(std::string_view piece) {
  while (!piece.empty() && !garbled_) {
    piece.remove_prefix(take(piece));
  }
}

std::size_t EdocReplyReader::take(std::string_view piece) {
  const char c = piece.front();
  switch (state_) {
    case State::Before:
      if (c == '{') {
        takeObject(c);
        state_ = State::Object;
      } else {
        garbled_ =
            !isSpace(c) && static_cast<unsigned char>(c) < 0x80;  // A byte order mark passes.
      }
      return 1;
    case State::Object:
      takeObject(c);
      return 1;
    case State::Text:
      takeText(c);
      return 1;
    case State::TextEscape:
      keep(c);
      state_ = State::Text;
      return 1;
    case State::Data:
      return takeData(piece);
    case State::DataEscape:
      takeDataEscape(c);
      return 1;
    case State::After:
      garbled_ = !isSpace(c);
      return 1;
  }
  return piece.size();
}

void EdocReplyReader::takeObject(char c) {
  keep(c);
  if (c == '"') {
    const bool data = depth_ == 1 && value_ && lastText_ == "data";
    state_ = data ? State::Data : State::Text;
    if (!data) {
      lastText_.clear();
    }
  } else if (c == '{' || c == '[') {
    ++depth_;
    value_ = false;
  } else if (c == '}' || c == ']') {
    --depth_;
    state_ = depth_ == 0 ? State::After : State::Object;
  } else if (c == ':') {
    value_ = true;
  } else if (c == ',') {
    value_ = false;
  }
}

void EdocReplyReader::takeText(char c) {
  keep(c);
  if (c == '"') {
    state_ = State::Object;
  } else if (c == '\\') {
    state_ = State::TextEscape;
  } else {
    lastText_ += c;
  }
}

std::size_t EdocReplyReader::takeData(std::string_view piece) {
  const std::size_t end = std::min(piece.find_first_of("\"\\"), piece.size());
  for (const char c : piece.substr(0, end)) {
    if (!isSpace(c)) {
      letters_ += c;
    }
  }
  if (letters_.size() >= kDecodeAt) {
    decode();
  }
  if (end == piece.size()) {
    return end;
  }
  if (piece[end] == '"') {
    endData();
  } else {
    escape_.clear();
    state_ = State::DataEscape;
  }
  return end + 1;
}

void EdocReplyReader::takeDataEscape(char c) {
  escape_ += c;
  if (escape_.front() == 'u' && escape_.size() < 5) {
    return;
  }
  const char letter = unescaped(escape_);
  garbled_ = letter == 0;
  if (!isSpace(letter)) {
    letters_ += letter;
  }
  state_ = State::Data;
}

void EdocReplyReader::decode() {
  const std::size_t whole = letters_.size() / 4 * 4;
  const std::string_view group = std::string_view(letters_).substr(0, whole);
  if (group.empty()) {
    return;
  }
  const auto bytes = base::fromBase64(group);
  garbled_ = garbled_ || ended_ || !bytes;
  if (garbled_) {
    return;
  }
  ended_ = group.back() == '=';
  decoded_ += bytes->size();
  sink_(*bytes);
  letters_.erase(0, whole);
}

void EdocReplyReader::endData() {
  while (letters_.size() % 4 != 0) {
    letters_ += '=';  // Some encoders leave the padding out.
  }
  decode();
  keep('"');
  state_ = State::Object;
}

void EdocReplyReader::keep(char c) {
  frame_ += c;
  garbled_ = garbled_ || frame_.size() > kMostFrame;
}

}  // namespace exchange::axis
