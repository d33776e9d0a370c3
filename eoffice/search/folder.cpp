#include "eoffice/search/folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <random>

#include "base/text.h"

namespace eoffice::search {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCurrent = "current";
constexpr const char* kLock = "building";
constexpr std::string_view kPrefix = "index-";

[[noreturn]] void fail(const char* what, const fs::path& path) {
  throw fs::filesystem_error(what, path, std::error_code(errno, std::generic_category()));
}

void sync(const fs::path& path) {
  const base::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid() || ::fsync(file.get()) != 0) fail("fsync", path);
}

bool isName(const std::string& name) {
  return name.starts_with(kPrefix) &&
         name.find_first_not_of("0123456789abcdef", kPrefix.size()) == std::string::npos;
}

}  // namespace

std::string IndexFolder::current() const {
  std::ifstream in(folder_ / kCurrent);
  std::string name;
  std::getline(in, name);
  return isName(name) ? name : std::string();
}

std::string IndexFolder::makeNew() const {
  fs::create_directories(folder_);
  fs::permissions(folder_, fs::perms::owner_all);  // It holds the texts of documents.
  std::random_device random;
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(random() & 0xFF);
  auto name = std::string(kPrefix) + base::lowerHex(bytes);
  fs::create_directory(folder_ / name);
  return name;
}

void IndexFolder::makeCurrent(const std::string& name) const {
  const auto next = folder_ / "current.next";
  {
    std::ofstream out(next, std::ios::trunc);
    out << name << '\n';
    if (!out.flush()) fail("write", next);
  }
  sync(next);
  fs::rename(next, folder_ / kCurrent);
  sync(folder_);
}

std::vector<std::string> IndexFolder::others() const {
  std::vector<std::string> names;
  const auto counts = current();
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder_, none)) {
    const auto name = entry.path().filename().string();
    if (isName(name) && name != counts) names.push_back(name);
  }
  return names;
}

void IndexFolder::remove(const std::string& name) const {
  if (isName(name)) fs::remove_all(folder_ / name);
}

std::optional<base::Fd> IndexFolder::lockForBuilding() const {
  fs::create_directories(folder_);
  const auto path = folder_ / kLock;
  base::Fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file.valid()) fail("open", path);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return file;
  if (errno != EWOULDBLOCK) fail("flock", path);
  return std::nullopt;
}

}  // namespace eoffice::search
