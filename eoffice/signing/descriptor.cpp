#include "eoffice/signing/descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace eoffice {

void Descriptor::close() {
  if (number_ >= 0) ::close(std::exchange(number_, -1));
}

void throwErrno(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

Descriptor openFile(const std::string& path, int flags, mode_t mode) {
  Descriptor file(::open(path.c_str(), flags | O_CLOEXEC, mode));
  if (!file.open()) throwErrno(path);
  return file;
}

void writeAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t const done = ::write(descriptor, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) throwErrno("write");
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

void writeAt(int descriptor, std::string_view bytes, off_t offset) {
  while (!bytes.empty()) {
    ssize_t const done = ::pwrite(descriptor, bytes.data(), bytes.size(), offset);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) throwErrno("write");
    bytes.remove_prefix(static_cast<std::size_t>(done));
    offset += done;
  }
}

std::string readAt(int descriptor, std::size_t count, off_t offset) {
  // The bound may be far larger than the file: never make room for bytes that are not there.
  std::string bytes(
      std::min(count, static_cast<std::size_t>(std::max<off_t>(0, fileSize(descriptor) - offset))),
      '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    ssize_t const got = ::pread(descriptor, bytes.data() + have, bytes.size() - have,
                                offset + static_cast<off_t>(have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throwErrno("read");
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

off_t fileSize(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throwErrno("stat");
  return status.st_size;
}

}  // namespace eoffice
