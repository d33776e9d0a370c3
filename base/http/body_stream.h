// Reads the body of a message off its channel, by length, by chunks or to the end, within a limit.
// Used by server and client. Not shared. Internal to base/http.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <streambuf>
#include <string>
#include <vector>

#include "base/http/channel.h"
#include "base/http/head.h"

namespace base::http {

/// Where bytes come from before they are a message: what was read too far, then the channel.
class Input {
 public:
  explicit Input(Channel& channel) : channel_(channel) {}
  /// At least one byte unless the other side has closed (0).
  [[nodiscard]] std::size_t read(char* target, std::size_t size);
  /// A line without its CRLF. Throws BadRequest when it is longer than `most` or ends early.
  [[nodiscard]] std::string line(std::size_t most);

  std::string buffer;  ///< Bytes that are read and not used.

 private:
  Channel& channel_;
  friend class BodyBuffer;
};

class BodyBuffer : public std::streambuf {
 public:
  /// `limit`: BodyTooLarge beyond. `atFirstRead` is called before the first byte is waited for.
  BodyBuffer(Input& input, Framing framing, std::uint64_t limit,
             std::function<void()> atFirstRead = {});
  /// The whole body was read off the channel.
  [[nodiscard]] bool finished() const { return finished_; }
  [[nodiscard]] bool started() const { return started_; }
  /// What is left of a body of known length; 0 when it is not known.
  [[nodiscard]] std::uint64_t left() const {
    return framing_.kind == Framing::Kind::Length ? left_ : 0;
  }

 protected:
  int_type underflow() override;

 private:
  [[nodiscard]] std::size_t next(char* target, std::size_t size);
  [[nodiscard]] std::size_t take(char* target, std::size_t size);
  void beginChunk();
  void skipTrailers();

  Input& input_;
  Framing framing_;
  std::uint64_t limit_;
  std::function<void()> atFirstRead_;
  std::uint64_t left_ = 0;   ///< Of the body, or of this chunk.
  std::uint64_t total_ = 0;  ///< Read so far.
  bool started_ = false;
  bool inChunks_ = false;
  bool finished_ = false;
  std::vector<char> area_;
};

}  // namespace base::http
