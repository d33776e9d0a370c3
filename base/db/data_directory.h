// The folder of a private MariaDB: who has it, whether it is whole, and its creation. Internal to
// base/db. Throws PrivateMariaDbError. Not for several threads.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/db/private_mariadb.h"
#include "base/fd.h"

namespace base::db {

class DataDirectory {
 public:
  /// Creates the folder (only its owner may enter it) and takes its lock for life.
  /// `mariadb.directory_in_use` when another process has it.
  explicit DataDirectory(const std::filesystem::path& folder);
  ~DataDirectory();  ///< Gives the lock back.
  DataDirectory(const DataDirectory&) = delete;
  DataDirectory& operator=(const DataDirectory&) = delete;

  /// Stops a server that outlived the process which started it: asks it to end, waits, kills it.
  void stopSurvivor() const;
  /// Makes the system tables, if they are not there, in a folder of another name that is renamed
  /// when it is whole: a creation that was killed begins again.
  void createIfMissing() const;

  [[nodiscard]] std::filesystem::path data() const { return folder_ / "data"; }
  [[nodiscard]] std::filesystem::path log() const { return folder_ / "mariadb.log"; }
  /// Short enough for a Unix socket: `run/mysql.sock`, or one in a private temporary folder.
  [[nodiscard]] const std::filesystem::path& socket() const { return socket_; }

  /// The error that fits a server or a creation that failed: `mariadb.disk_full` when there is no
  /// room, otherwise `code`, with the last lines of the log.
  [[nodiscard]] PrivateMariaDbError failure(const std::string& code, const std::string& what) const;

 private:
  void takeLock();
  void chooseSocket();
  void removeHalfCreated() const;

  std::filesystem::path folder_;
  std::filesystem::path socket_;
  std::filesystem::path socketFolder_;  // when it is a temporary one
  std::uintmax_t logStart_ = 0;         // what stands before it in the log is an earlier life's
  Fd lock_;
};

/// `--user=root` where root must be told to be root, and what else both programs need.
[[nodiscard]] std::vector<std::string> commonArguments(const std::filesystem::path& data);

}  // namespace base::db
