// A file that exists while this does: where PDF work puts its result before the blob store keeps
// it.
#pragma once

#include <filesystem>

namespace eoffice::documents {

class TemporaryFile {
 public:
  /// Only a name below `folder` (which is created); the user of the path makes the file.
  explicit TemporaryFile(const std::filesystem::path& folder);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace eoffice::documents
