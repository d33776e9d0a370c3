#include "tests/support/temporary_folder.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <stdexcept>

namespace tests {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "eoffice-test-";

fs::path parentFolder() {
  std::error_code error;
  const fs::path memory = "/dev/shm";
  constexpr std::uintmax_t kEnough = 1ULL << 30;
  if (fs::is_directory(memory, error) && fs::space(memory, error).available > kEnough && !error) {
    return memory;
  }
  return fs::temp_directory_path();
}

void removeLeftovers(const fs::path& parent) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with(kPrefix)) continue;
    const int owner = std::atoi(name.c_str() + kPrefix.size());
    if (owner > 0 && kill(owner, 0) != 0 && errno == ESRCH) fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  const auto parent = parentFolder();
  static const bool kTidied = (removeLeftovers(parent), true);
  static_cast<void>(kTidied);
  auto name = (parent / kPrefix).string() + std::to_string(getpid()) + "-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder: " + name);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace tests
