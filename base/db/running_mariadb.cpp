#include <fcntl.h>
#include <sys/file.h>

#include "base/db/private_mariadb.h"
#include "base/fd.h"

namespace base::db {
namespace {

// The service that runs the server holds the directory's lock for life.
bool lockedByAnother(const std::filesystem::path& file) {
  const Fd lock(::open(file.c_str(), O_RDWR | O_CLOEXEC));
  return lock.valid() && ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0;
}

}  // namespace

std::optional<DatabaseOptions> runningPrivateMariaDb(const PrivateMariaDbOptions& options) {
  const auto socket = options.directory / "run" / "mysql.sock";
  if (!lockedByAnother(options.directory / "lock") || !std::filesystem::exists(socket)) {
    return std::nullopt;
  }
  DatabaseOptions found;
  found.url = "unix://" + std::filesystem::absolute(socket).string();
  found.user = "root";
  found.schema = options.schema;
  return found;
}

}  // namespace base::db
