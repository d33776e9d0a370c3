// A body that comes a few bytes at a time, so that every boundary of a reader's window is crossed.
#pragma once

#include <algorithm>
#include <streambuf>
#include <string>
#include <utility>

namespace tests {

class Trickle : public std::streambuf {
 public:
  /// Gives at most `piece` bytes at a time.
  Trickle(std::string bytes, std::size_t piece) : bytes_(std::move(bytes)), piece_(piece) {}

 protected:
  int_type underflow() override {
    if (at_ >= bytes_.size()) return traits_type::eof();
    const std::size_t size = std::min(piece_, bytes_.size() - at_);
    setg(bytes_.data() + at_, bytes_.data() + at_, bytes_.data() + at_ + size);
    at_ += size;
    return traits_type::to_int_type(*gptr());
  }

 private:
  std::string bytes_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

}  // namespace tests
