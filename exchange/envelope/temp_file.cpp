#include "exchange/envelope/temp_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

namespace exchange {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

int openNameless(const std::filesystem::path& folder) {
  int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    return descriptor;
  }
  // NOTE: some file systems (NFS) have no nameless files.
  std::string name = (folder / "envelope-XXXXXX").string();
  descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) {
    fail("create a temporary file");
  }
  ::unlink(name.c_str());
  return descriptor;
}

}  // namespace

TempFile::TempFile(const std::filesystem::path& folder) : descriptor_(openNameless(folder)) {}

TempFile TempFile::adopt(const std::filesystem::path& file) {
  const std::uintmax_t size = std::filesystem::file_size(file);
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) {
    fail("open a temporary file");
  }
  ::unlink(file.c_str());
  return {descriptor, size};
}

TempFile::TempFile(TempFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

TempFile::~TempFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

void TempFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done =
        ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (done < 0) {
      if (errno == EINTR) {
        continue;
      }
      fail("write a temporary file");
    }
    bytes.remove_prefix(static_cast<std::size_t>(done));
    size_ += static_cast<std::uint64_t>(done);
  }
}

std::size_t TempFile::readAt(std::uint64_t offset, char* into, std::size_t most) const {
  for (;;) {
    const ssize_t got = ::pread(descriptor_, into, most, static_cast<off_t>(offset));
    if (got >= 0) {
      return static_cast<std::size_t>(got);
    }
    if (errno != EINTR) {
      fail("read a temporary file");
    }
  }
}

ByteSource TempFile::bytes() const {
  auto offset = std::make_shared<std::uint64_t>(0);
  return [this, offset](char* into, std::size_t most) {
    const std::size_t got = readAt(*offset, into, most);
    *offset += got;
    return got;
  };
}

int TempFile::duplicate() const {
  const int copy = ::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0);
  if (copy < 0 || ::lseek(copy, 0, SEEK_SET) < 0) {
    fail("open a temporary file again");
  }
  return copy;
}

}  // namespace exchange
