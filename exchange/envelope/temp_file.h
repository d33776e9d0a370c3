// A nameless file: gone with the last owner, even after a crash. One writer, then any readers, from
// any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "exchange/envelope/base64_stream.h"

namespace exchange {

class TempFile {
 public:
  /// Throws std::system_error.
  explicit TempFile(const std::filesystem::path& folder);
  /// Takes over a file that exists: its name goes, its bytes stay for the owner.
  [[nodiscard]] static TempFile adopt(const std::filesystem::path& file);
  TempFile(TempFile&& other) noexcept;
  ~TempFile();
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;

  void write(std::string_view bytes);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::size_t readAt(std::uint64_t offset, char* into, std::size_t most) const;
  /// From the beginning. The file must outlive it.
  [[nodiscard]] ByteSource bytes() const;
  /// A descriptor of its own, at the beginning; the caller closes it.
  [[nodiscard]] int duplicate() const;

 private:
  TempFile(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  int descriptor_;
  std::uint64_t size_ = 0;
};

}  // namespace exchange
