// Small files that must be whole or absent, and that only their owner may read. Throws
// std::system_error. Safe from any thread and process.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace eoffice {

/// Writes aside, syncs, renames over `file`, syncs the folder.
void replaceFile(const std::filesystem::path& file, std::string_view bytes, mode_t mode);
/// Empty when there is no such file; throws when it cannot be read or has more than `most` bytes.
[[nodiscard]] std::optional<std::string> readSmallFile(const std::filesystem::path& file,
                                                       std::size_t most = 1U << 20);
/// Creates `folder` and its parents; it alone gets mode 0700 when it is new.
void makePrivateFolder(const std::filesystem::path& folder);

/// Holds an exclusive lock on a file while it lives; waits for it.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& file);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace eoffice
