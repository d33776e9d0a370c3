#include "base/blob/blob_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <vector>

#include "base/crypto/digest.h"

namespace base::blobfile {

namespace fs = std::filesystem;

void fail(int code, const std::string& doing, const fs::path& path) {
  const std::string what =
      doing + " " + path.string() + ": " + std::generic_category().message(code);
  if (code == ENOSPC || code == EDQUOT) throw DiskFull(what);
  throw BlobError(BlobError::Kind::Io, what);
}

void writeAll(const Fd& file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      fail(errno, "write", path);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void syncFolder(const fs::path& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.valid()) fail(errno, "open", folder);
  // NOTE: some network file systems cannot sync a folder and say EINVAL; their rename is durable.
  if (::fsync(fd.get()) != 0 && errno != EINVAL) fail(errno, "sync", folder);
}

void makeFolders(const fs::path& folder) {
  const fs::path whole = fs::absolute(folder).lexically_normal();
  fs::path made;
  for (const auto& part : whole) {
    if (part.empty()) continue;  // a slash at the end
    const fs::path above = made;
    made /= part;
    std::error_code error;
    if (fs::is_directory(made, error)) continue;
    if (::mkdir(made.c_str(), 0755) != 0 && errno != EEXIST) fail(errno, "create", made);
    syncFolder(above);
  }
}

bool makeFolder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0750) == 0) return true;
  if (errno != EEXIST) fail(errno, "create", folder);
  return false;
}

std::uint64_t freeBytes(const fs::path& folder) {
  struct statvfs disk = {};
  if (::statvfs(folder.c_str(), &disk) != 0) fail(errno, "look at", folder);
  return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

Fd makeTemporary(const fs::path& folder, fs::path& path) {
  path = folder / randomToken(18);
  Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
  if (!fd.valid()) fail(errno, "create", path);
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) fail(errno, "lock", path);
  return fd;
}

namespace {

/// What the file system thinks the time is: that of a file just made there.
std::int64_t fileSystemTime(const fs::path& folder) {
  fs::path path;
  const Fd probe = makeTemporary(folder, path);
  struct stat facts = {};
  const int result = ::fstat(probe.get(), &facts);
  ::unlink(path.c_str());
  if (result != 0) fail(errno, "look at", path);
  return facts.st_mtime;
}

void removeIfAbandoned(const fs::path& path, std::int64_t before) {
  const Fd fd(::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC));
  struct stat facts = {};
  if (!fd.valid() || ::fstat(fd.get(), &facts) != 0) return;  // Another process was faster.
  if (!S_ISREG(facts.st_mode) || facts.st_mtime >= before) return;
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) == 0) ::unlink(path.c_str());
}

}  // namespace

void removeAbandoned(const fs::path& folder, std::int64_t ageSeconds) {
  const std::int64_t before = fileSystemTime(folder) - ageSeconds;
  std::error_code ignored;  // An entry that vanishes meanwhile is what we want.
  for (fs::directory_iterator entry(folder, ignored), end; entry != end; entry.increment(ignored)) {
    removeIfAbandoned(entry->path(), before);
  }
}

}  // namespace base::blobfile
