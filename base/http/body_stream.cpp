#include "base/http/body_stream.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace base::http {

namespace {

constexpr std::size_t kArea = 64 * 1024;
constexpr std::size_t kMostOfLine = 4096;
constexpr int kMostTrailers = 50;

}  // namespace

std::size_t Input::read(char* target, std::size_t size) {
  if (buffer.empty()) return channel_.read(target, size);
  const std::size_t taken = std::min(size, buffer.size());
  std::memcpy(target, buffer.data(), taken);
  buffer.erase(0, taken);
  return taken;
}

std::string Input::line(std::size_t most) {
  std::size_t end = 0;
  std::size_t searched = 0;
  while ((end = buffer.find('\n', searched)) == std::string::npos && buffer.size() <= most) {
    searched = buffer.size();
    buffer.resize(searched + kMostOfLine);
    std::size_t got = 0;
    try {
      got = channel_.read(buffer.data() + searched, kMostOfLine);
    } catch (...) {
      buffer.resize(searched);
      throw;
    }
    buffer.resize(searched + got);
    if (got == 0) throw BadRequest("the message ends early");
  }
  if (end > most || end == 0 || buffer[end - 1] != '\r') throw BadRequest("a bad chunk");
  std::string text = buffer.substr(0, end - 1);
  buffer.erase(0, end + 1);
  if (text.find('\r') != std::string::npos) throw BadRequest("a bare CR");
  return text;
}

BodyBuffer::BodyBuffer(Input& input, Framing framing, std::uint64_t limit,
                       std::function<void()> atFirstRead)
    : input_(input), framing_(framing), limit_(limit), atFirstRead_(std::move(atFirstRead)) {
  if (framing.kind == Framing::Kind::Length) left_ = framing.length;
  finished_ = framing.kind == Framing::Kind::None ||
              (framing.kind == Framing::Kind::Length && framing.length == 0);
}

BodyBuffer::int_type BodyBuffer::underflow() {
  if (finished_) return traits_type::eof();
  if (!started_) {
    started_ = true;
    if (framing_.kind == Framing::Kind::Length && framing_.length > limit_) {
      throw BodyTooLarge("the body is too large");
    }
    if (atFirstRead_) atFirstRead_();
    area_.resize(framing_.kind == Framing::Kind::Length
                     ? static_cast<std::size_t>(std::min<std::uint64_t>(kArea, framing_.length))
                     : kArea);
  }
  const std::size_t got = next(area_.data(), area_.size());
  if (got == 0) return traits_type::eof();
  total_ += got;
  if (total_ > limit_) throw BodyTooLarge("the body is too large");
  setg(area_.data(), area_.data(), area_.data() + got);
  return traits_type::to_int_type(*gptr());
}

std::size_t BodyBuffer::next(char* target, std::size_t size) {
  if (framing_.kind == Framing::Kind::UntilClose) {
    const std::size_t got = input_.read(target, size);
    finished_ = got == 0;
    return got;
  }
  if (framing_.kind == Framing::Kind::Chunked && left_ == 0) beginChunk();
  if (finished_) return 0;
  const std::size_t got = take(target, size);
  if (left_ == 0 && framing_.kind == Framing::Kind::Length) finished_ = true;
  return got;
}

std::size_t BodyBuffer::take(char* target, std::size_t size) {
  const std::size_t got =
      input_.read(target, static_cast<std::size_t>(std::min<std::uint64_t>(size, left_)));
  if (got == 0) throw BadRequest("the body ends early");
  left_ -= got;
  return got;
}

/// `1a3f;extension CRLF`; the CRLF behind the chunk before it comes first.
void BodyBuffer::beginChunk() {
  if (inChunks_ && !input_.line(kMostOfLine).empty()) throw BadRequest("a bad chunk");
  inChunks_ = true;
  const std::string line = input_.line(kMostOfLine);
  const std::string_view digits = trimmed(std::string_view(line).substr(0, line.find(';')));
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), left_, 16);
  if (digits.empty() || digits.size() > 15 || error != std::errc() ||
      end != digits.data() + digits.size()) {
    throw BadRequest("a bad chunk size");
  }
  if (left_ == 0) skipTrailers();
}

void BodyBuffer::skipTrailers() {
  for (int i = 0; i < kMostTrailers; ++i) {
    if (input_.line(kMostOfLine).empty()) {
      finished_ = true;
      return;
    }
  }
  throw BadRequest("too many trailers");
}

}  // namespace base::http
