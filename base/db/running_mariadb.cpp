#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/db/private_mariadb.h"

namespace base::db {
namespace {

// The service that runs the server holds the directory's lock for life.
bool lockedByAnother(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool taken = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0;
  ::close(descriptor);
  return taken;
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
