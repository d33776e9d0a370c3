// A folder of its own for a test, gone with the object. In memory where there is room (nothing
// waits for a disk); folders that killed runs left behind are removed on the way.
#pragma once

#include <filesystem>
#include <string>

namespace tests {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace tests
