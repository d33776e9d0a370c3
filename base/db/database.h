// The door to the database: a pool of connections, statements that stay prepared on each, and
// transactions that roll back unless they end well and start again after a deadlock (1213), a lock
// wait (1205) or a lost connection. The only folder that includes the driver.
//
// SQL starts with a comment that names it (`/* reminder.claimDue */`), so that the slow log and the
// server's own lists name the code. `?` parameters only. Statements are kept by their text: a text
// that varies without bound (values written into it) pushes the others out.
//
// Sessions run in UTC, utf8mb4, strict mode and READ COMMITTED: each statement sees what has been
// committed by then. Lock what you are about to decide on (SELECT ... FOR UPDATE).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <type_traits>
#include <vector>

#include "base/db/error.h"
#include "base/db/value.h"

namespace base::db {

struct DatabaseOptions {
  std::string url;  ///< `unix:///run/x.sock` or `tcp://host:3306`
  std::string user;
  std::string password;
  std::string schema;
  std::size_t poolSize = 8;
  std::chrono::milliseconds poolWait{5000};   ///< Then PoolExhausted.
  int retries = 5;                            ///< Attempts of one transaction after the first.
  std::chrono::milliseconds retryDelay{5};    ///< Before the second attempt; doubles, with jitter.
  std::chrono::milliseconds reopenDelay{60};  ///< The same after a lost connection.
  std::chrono::milliseconds slowQuery{1000};  ///< Slower statements are logged by name.
};

/// One connection, lent. Not shared between threads. Never kept beyond the call that received it.
class Session {
 public:
  virtual ~Session() = default;
  /// All rows at once, for results of known size.
  [[nodiscard]] virtual Rows query(std::string_view sql, const Params& params = {}) = 0;
  /// Each row as it comes, without holding the result; `visit` returns false to stop.
  virtual void stream(std::string_view sql, const Params& params,
                      const std::function<bool(const Row&)>& visit) = 0;
  /// Rows that were changed.
  virtual std::uint64_t execute(std::string_view sql, const Params& params = {}) = 0;
  /// The AUTO_INCREMENT id of the new row. When none was added (INSERT IGNORE) that is a bug: use
  /// execute(). With `ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)` it is the id of either row.
  virtual std::int64_t insert(std::string_view sql, const Params& params = {}) = 0;
  /// Many rows in few statements. `sql` ends in VALUES; every row has the same number of values.
  /// Returns the rows that were changed.
  virtual std::uint64_t insertMany(std::string_view sql, const std::vector<Params>& rows) = 0;

  /// Sends `sql` as it stands, without preparing it: DDL, triggers.
  virtual void runPlain(std::string_view sql) = 0;

  /// The first row, if there is one.
  [[nodiscard]] std::optional<Row> find(std::string_view sql, const Params& params = {});
  /// The row that must be there; a missing one is a bug.
  [[nodiscard]] Row get(std::string_view sql, const Params& params = {});
};

class Database {
 public:
  virtual ~Database() = default;

  /// Runs `work` in one transaction and commits what it did, unless it throws or returns a refusal.
  /// `work` may run several times: it touches nothing but the session and its own locals. Started
  /// again after Deadlock, LockTimeout and ConnectionLost. When the connection breaks after COMMIT
  /// was sent, nobody can know whether it was done: CommitUnknown, and never a second run.
  /// A thread that holds a session of this database must not ask for another one: std::logic_error,
  /// because under load all would wait for each other.
  template <class Work>
  auto transact(Work&& work) -> std::invoke_result_t<Work&, Session&> {
    using R = std::invoke_result_t<Work&, Session&>;
    if constexpr (std::is_void_v<R>) {
      runTransaction([&](Session& s) {
        work(s);
        return Outcome::Commit;
      });
    } else {
      std::optional<R> result;
      runTransaction([&](Session& s) {
        result.emplace(work(s));
        return outcomeOf(*result);
      });
      return std::move(*result);
    }
  }

  /// Runs `work` on a connection without a transaction: single reads. Started again on a
  /// lost connection, so `work` may run several times, and a write is a bug (std::logic_error).
  template <class Work>
  auto read(Work&& work) -> std::invoke_result_t<Work&, Session&> {
    using R = std::invoke_result_t<Work&, Session&>;
    if constexpr (std::is_void_v<R>) {
      runRead([&](Session& s) { work(s); });
    } else {
      std::optional<R> result;
      runRead([&](Session& s) { result.emplace(work(s)); });
      return std::move(*result);
    }
  }

  /// Runs `work` once on a connection of its own, without transaction, retry or limit of time; the
  /// connection is closed afterwards. For DDL and GET_LOCK.
  virtual void apart(const std::function<void(Session&)>& work) = 0;

  struct PoolState {
    std::size_t open = 0;
    std::size_t busy = 0;
    std::uint64_t retries = 0;  ///< Transactions begun again since the start.
  };
  [[nodiscard]] virtual PoolState pool() const = 0;
  /// True when the server answers within a second.
  [[nodiscard]] virtual bool answers() = 0;

 protected:
  enum class Outcome : std::uint8_t { Commit, RollBack };
  virtual void runTransaction(const std::function<Outcome(Session&)>& work) = 0;
  virtual void runRead(const std::function<void(Session&)>& work) = 0;

 private:
  template <class T>
  static Outcome outcomeOf(const T&) {
    return Outcome::Commit;
  }
  template <class T, class E>
  static Outcome outcomeOf(const tl::expected<T, E>& result) {
    return result.has_value() ? Outcome::Commit : Outcome::RollBack;
  }
};

/// Connections are opened as they are needed. Throws ConnectionLost when the server is not there.
[[nodiscard]] std::unique_ptr<Database> openDatabase(const DatabaseOptions& options);

}  // namespace base::db
