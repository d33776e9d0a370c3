// An open file descriptor that closes itself, and whole reads and writes over it.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace eoffice {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }
  void close();

 private:
  int number_ = -1;
};

[[noreturn]] void throwErrno(const std::string& what);

/// Close-on-exec. Throws std::system_error.
[[nodiscard]] Descriptor openFile(const std::string& path, int flags, mode_t mode = 0);
void writeAll(int descriptor, std::string_view bytes);
void writeAt(int descriptor, std::string_view bytes, off_t offset);
/// Up to `count` bytes from `offset`; fewer only at the end of the file.
[[nodiscard]] std::string readAt(int descriptor, std::size_t count, off_t offset);
[[nodiscard]] off_t fileSize(int descriptor);

}  // namespace eoffice
