// Reads the answer of getEdoc as it comes: a flat JSON object whose `data` is a whole envelope in
// base64. The envelope goes on in pieces; only the other fields are held. Not shared between
// threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "exchange/axis/axis.h"

namespace exchange::axis {

class EdocReplyReader {
 public:
  /// Decoded bytes of `data` go to `sink`.
  explicit EdocReplyReader(ByteSink sink);

  /// The next piece of the answer. Anything that is no JSON object, no base64 or more than 64 KiB
  /// beside the data makes the reader garbled; it then ignores the rest.
  void write(std::string_view piece);

  [[nodiscard]] bool garbled() const { return garbled_; }
  /// True when the object was closed and everything in it was well.
  [[nodiscard]] bool complete() const { return !garbled_ && state_ == State::After; }
  /// The object with `data` emptied: for `status`, `ErrorCode`, `ErrorDesc`.
  [[nodiscard]] const std::string& frame() const { return frame_; }
  /// Bytes that went to the sink.
  [[nodiscard]] std::uint64_t decoded() const { return decoded_; }

 private:
  enum class State : std::uint8_t { Before, Object, Text, TextEscape, Data, DataEscape, After };

  /// Takes what it can of `piece` in the present state; returns how many bytes that were.
  std::size_t take(std::string_view piece);
  void takeObject(char c);
  void takeText(char c);
  std::size_t takeData(std::string_view piece);
  void takeDataEscape(char c);
  void decode();
  void endData();
  void keep(char c);

  ByteSink sink_;
  State state_ = State::Before;
  std::string frame_;
  std::string lastText_;  ///< The text that ended last at depth 1: maybe the name `data`.
  std::string escape_;    ///< Inside data, what follows a backslash, so far.
  std::string letters_;   ///< Base64 that waits to be decoded.
  std::size_t depth_ = 0;
  std::uint64_t decoded_ = 0;
  bool value_ = false;  ///< A colon came after `lastText_`.
  bool ended_ = false;  ///< Base64's `=` was seen.
  bool garbled_ = false;
};

}  // namespace exchange::axis
