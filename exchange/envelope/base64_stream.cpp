#include "exchange/envelope/base64_stream.h"

#include <algorithm>
#include <array>
#include <istream>
#include <memory>

namespace exchange {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNone = 0xFF;
constexpr std::size_t kMostPieces = 4096;
constexpr std::size_t kMostGapBytes = 64 * 1024;
constexpr std::size_t kChunk = 12 * 1024;  // divisible by three

constexpr std::array<std::uint8_t, 256> makeValues() {
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) {
    value = kNone;
  }
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}
constexpr std::array<std::uint8_t, 256> kValues = makeValues();

std::uint8_t valueOf(char c) { return kValues[static_cast<unsigned char>(c)]; }

bool isXmlSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::size_t encodeGroups(const char* bytes, std::size_t count, char* into) {
  char* out = into;
  for (std::size_t i = 0; i + 3 <= count; i += 3) {
    const std::uint32_t word =
        static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << 16 |
        static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + 1])) << 8 |
        static_cast<unsigned char>(bytes[i + 2]);
    *out++ = kAlphabet[word >> 18];
    *out++ = kAlphabet[word >> 12 & 63];
    *out++ = kAlphabet[word >> 6 & 63];
    *out++ = kAlphabet[word & 63];
  }
  return static_cast<std::size_t>(out - into);
}

// The one or two bytes that are left at the end.
std::string encodeRest(std::string_view rest) {
  const auto first = static_cast<unsigned char>(rest[0]);
  const unsigned char second = rest.size() > 1 ? static_cast<unsigned char>(rest[1]) : 0;
  std::string text;
  text += kAlphabet[first >> 2];
  text += kAlphabet[(first & 3) << 4 | second >> 4];
  text += rest.size() > 1 ? kAlphabet[(second & 15) << 2] : '=';
  text += '=';
  return text;
}

// Reads until `most` bytes are there or the source ends.
std::size_t readFull(const ByteSource& bytes, char* into, std::size_t most) {
  std::size_t have = 0;
  while (have < most) {
    const std::size_t got = bytes(into + have, most - have);
    if (got == 0) {
      break;
    }
    have += got;
  }
  return have;
}

// Puts the white space of a layout between characters that stream by.
class LayoutWriter {
 public:
  LayoutWriter(const Base64Layout& layout, const Sink& out) : layout_(layout), out_(out) {
    begin();
  }

  void write(std::string_view chars) {
    while (!chars.empty()) {
      if (piece_ == layout_.pieces.size()) {
        out_(chars);
        return;
      }
      const auto take = std::min<std::uint64_t>(left_, chars.size());
      out_(chars.substr(0, take));
      chars.remove_prefix(take);
      left_ -= take;
      closeFull();
    }
  }

 private:
  void begin() {
    if (piece_ < layout_.pieces.size()) {
      left_ = layout_.pieces[piece_].chars;
      times_ = layout_.pieces[piece_].times;
      closeFull();
    }
  }
  void closeFull() {
    while (piece_ < layout_.pieces.size() && left_ == 0) {
      const auto& piece = layout_.pieces[piece_];
      out_(piece.gap);
      if (--times_ == 0) {
        ++piece_;
        if (piece_ == layout_.pieces.size()) {
          return;
        }
        times_ = layout_.pieces[piece_].times;
      }
      left_ = layout_.pieces[piece_].chars;
    }
  }

  const Base64Layout& layout_;
  const Sink& out_;
  std::size_t piece_ = 0;
  std::uint64_t left_ = 0;
  std::uint64_t times_ = 0;
};

}  // namespace

ByteSource bytesOf(const base::BlobStore& blobs, const base::BlobRef& blob) {
  auto stream = std::shared_ptr<std::istream>(blobs.open(blob.sha256));
  return [stream, blob, left = blob.size](char* into, std::size_t most) mutable {
    stream->read(into, static_cast<std::streamsize>(most));
    const auto got = static_cast<std::size_t>(stream->gcount());
    if (stream->bad() || got > left || (got < most && got < left)) {
      throw base::BlobError(base::BlobError::Kind::Damaged,
                            "blob " + blob.sha256 + " has not the size it should have");
    }
    left -= got;
    return got;
  };
}

void Base64Reader::feed(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && !bad_) {
    const std::size_t start = at;
    while (at < text.size() && valueOf(text[at]) != kNone) {
      ++at;
    }
    if (at > start) {
      takeRun(text.substr(start, at - start));
    }
    if (at == text.size()) {
      return;
    }
    const char c = text[at++];
    if (isXmlSpace(c)) {
      if (++gapBytes_ > kMostGapBytes) {
        layout_.regular = false;
      } else {
        gap_ += c;
      }
    } else if (c == '=') {
      takePadding();
    } else {
      bad_ = true;
    }
  }
}

void Base64Reader::closeGap() {
  if (gap_.empty()) {
    return;
  }
  auto& pieces = layout_.pieces;
  if (!pieces.empty() && pieces.back().chars == charsSinceGap_ && pieces.back().gap == gap_) {
    ++pieces.back().times;
    gapBytes_ -= gap_.size();
  } else if (pieces.size() < kMostPieces) {
    pieces.push_back({charsSinceGap_, gap_, 1});
  } else {
    layout_.regular = false;
  }
  gap_.clear();
  charsSinceGap_ = 0;
}

void Base64Reader::takeRun(std::string_view run) {
  if (padding_ > 0) {
    bad_ = true;
    return;
  }
  closeGap();
  charsSinceGap_ += run.size();
  if (!quantum_.empty()) {
    const std::size_t need = std::min<std::size_t>(4 - quantum_.size(), run.size());
    quantum_.append(run.substr(0, need));
    run.remove_prefix(need);
    if (quantum_.size() < 4) {
      return;
    }
    decodeGroups(quantum_);
    quantum_.clear();
  }
  const std::size_t whole = run.size() / 4 * 4;
  if (whole > 0) {
    decodeGroups(run.substr(0, whole));
  }
  quantum_.assign(run.substr(whole));
}

void Base64Reader::takePadding() {
  closeGap();
  ++charsSinceGap_;
  if (++padding_ > 2) {
    bad_ = true;
  }
}

void Base64Reader::decodeGroups(std::string_view groups) {
  buffer_.resize(groups.size() / 4 * 3);
  std::size_t out = 0;
  for (std::size_t i = 0; i + 4 <= groups.size(); i += 4) {
    const std::uint32_t word = static_cast<std::uint32_t>(valueOf(groups[i])) << 18 |
                               static_cast<std::uint32_t>(valueOf(groups[i + 1])) << 12 |
                               static_cast<std::uint32_t>(valueOf(groups[i + 2])) << 6 |
                               valueOf(groups[i + 3]);
    buffer_[out++] = static_cast<char>(word >> 16);
    buffer_[out++] = static_cast<char>(word >> 8 & 0xFF);
    buffer_[out++] = static_cast<char>(word & 0xFF);
  }
  layout_.groups += groups.size() / 4;
  out_(buffer_);
}

bool Base64Reader::finish() {
  closeGap();
  const std::size_t chars = quantum_.size();
  const bool fits = padding_ == 0 ? chars != 1 : chars + padding_ == 4;
  if (bad_ || !fits) {
    return false;
  }
  layout_.tail = quantum_ + std::string(padding_, '=');
  if (chars >= 2) {
    const unsigned first = valueOf(quantum_[0]);
    const unsigned second = valueOf(quantum_[1]);
    std::string bytes(1, static_cast<char>(first << 2 | second >> 4));
    if (chars == 3) {
      bytes +=
          static_cast<char>((second & 15) << 4 | static_cast<unsigned>(valueOf(quantum_[2])) >> 2);
    }
    out_(bytes);
  }
  return true;
}

void writeBase64(const ByteSource& bytes, const Sink& out) {
  std::string raw(kChunk, '\0');
  std::string text(kChunk / 3 * 4, '\0');
  for (;;) {
    const std::size_t got = readFull(bytes, raw.data(), raw.size());
    const std::size_t chars = encodeGroups(raw.data(), got, text.data());
    out(std::string_view(text).substr(0, chars));
    if (got % 3 != 0) {
      out(encodeRest(std::string_view(raw).substr(got / 3 * 3, got % 3)));
    }
    if (got < raw.size()) {
      return;
    }
  }
}

void writeBase64(const ByteSource& bytes, const Base64Layout& layout, const Sink& out) {
  LayoutWriter writer(layout, out);
  std::string raw(kChunk, '\0');
  std::string text(kChunk / 3 * 4, '\0');
  std::uint64_t left = layout.groups * 3;
  while (left > 0) {
    const std::size_t want = static_cast<std::size_t>(std::min<std::uint64_t>(left, raw.size()));
    const std::size_t got = readFull(bytes, raw.data(), want);
    writer.write(std::string_view(text).substr(0, encodeGroups(raw.data(), got, text.data())));
    if (got < want) {
      return;
    }
    left -= got;
  }
  writer.write(layout.tail);
}

}  // namespace exchange
