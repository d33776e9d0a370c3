#include "eoffice/signing/private_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "eoffice/signing/descriptor.h"

namespace eoffice {

void replaceFile(const std::filesystem::path& file, std::string_view bytes, mode_t mode) {
  static std::atomic<unsigned> counter{0};
  auto const folder = file.parent_path();
  auto const aside = folder / ("." + file.filename().string() + "." + std::to_string(::getpid()) +
                               "." + std::to_string(counter.fetch_add(1)) + ".new");
  {
    Descriptor const out = openFile(aside, O_WRONLY | O_CREAT | O_TRUNC, mode);
    if (::fchmod(out.get(), mode) != 0) throwErrno(aside);
    writeAll(out.get(), bytes);
    if (::fsync(out.get()) != 0) throwErrno(aside);
  }
  if (::rename(aside.c_str(), file.c_str()) != 0) throwErrno(file);
  Descriptor const directory = openFile(folder, O_RDONLY | O_DIRECTORY);
  if (::fsync(directory.get()) != 0) throwErrno(folder);
}

std::optional<std::string> readSmallFile(const std::filesystem::path& file, std::size_t most) {
  Descriptor const in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!in.open() && errno == ENOENT) return std::nullopt;
  if (!in.open()) throwErrno(file);
  std::string bytes = readAt(in.get(), most + 1, 0);
  if (bytes.size() > most) {
    errno = EFBIG;
    throwErrno(file);
  }
  return bytes;
}

void makePrivateFolder(const std::filesystem::path& folder) {
  if (std::filesystem::is_directory(folder)) return;
  if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path());
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) throwErrno(folder);
}

FileLock::FileLock(const std::filesystem::path& file)
    : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0) throwErrno(file);
  while (::flock(descriptor_, LOCK_EX) != 0) {
    if (errno != EINTR) throwErrno(file);
  }
}

FileLock::~FileLock() { ::close(descriptor_); }

}  // namespace eoffice
