// The embedded default: a MariaDB of our own. Creates the data directory at first start, starts
// `mariadbd` on a Unix socket only, starts it again when it dies, stops it cleanly.
// One process has one data directory: a lock file, held for life, refuses a second.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/db/database.h"

namespace base::db {

struct PrivateMariaDbOptions {
  std::filesystem::path directory;  ///< Holds `data/`, `run/mysql.sock`, `mariadb.log`, `lock`.
  std::string schema = "eoffice";
  std::size_t bufferPoolMegabytes = 64;
  std::function<void()> died = {};  ///< Called from the supervisor after it has started it again.
};

/// What stands in the way of a start, in a sentence for the operator (English; code for the
/// catalogue).
class PrivateMariaDbError : public std::runtime_error {
 public:
  PrivateMariaDbError(std::string errorCode, const std::string& what)
      : std::runtime_error(what), code_(std::move(errorCode)) {}
  [[nodiscard]] const std::string& code() const { return code_; }

 private:
  std::string code_;
};

class PrivateMariaDb {
 public:
  /// Returns when the server answers. Throws PrivateMariaDbError: `mariadb.missing` (not
  /// installed), `mariadb.directory_in_use` (another process has it), `mariadb.did_not_start`,
  /// `mariadb.disk_full`.
  explicit PrivateMariaDb(PrivateMariaDbOptions options);
  /// Stops the server and waits for it.
  ~PrivateMariaDb();
  PrivateMariaDb(const PrivateMariaDb&) = delete;
  PrivateMariaDb& operator=(const PrivateMariaDb&) = delete;

  /// How to connect (url, user, schema set; the pool's defaults kept).
  [[nodiscard]] DatabaseOptions connection() const;
  [[nodiscard]] int processId() const;
  [[nodiscard]] std::uint64_t restarts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// How to reach the private MariaDB that another process of this machine runs in that directory,
/// for commands beside a running service. Empty when none runs there.
[[nodiscard]] std::optional<DatabaseOptions> runningPrivateMariaDb(
    const PrivateMariaDbOptions& options);

}  // namespace base::db
