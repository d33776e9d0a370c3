#include "base/db/database.h"

#include <fmt/format.h>

#include <atomic>
#include <random>
#include <stdexcept>
#include <thread>

#include "base/db/connection_internal.h"
#include "base/db/pool.h"
#include "base/db/sql_text.h"
#include "base/log.h"

namespace base::db {

std::optional<Row> Session::find(std::string_view sql, const Params& params) {
  auto rows = query(sql, params);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

Row Session::get(std::string_view sql, const Params& params) {
  auto row = find(sql, params);
  if (!row) throw std::logic_error(fmt::format("{}: the row is missing", queryName(sql)));
  return std::move(*row);
}

namespace {

constexpr int kNotSent = 2006;  // the connection was found closed before anything was written to it
constexpr std::chrono::milliseconds kLongestDelay{1000};

// Rolls back unless it was committed. A connection that cannot roll back is thrown away, and with
// it the server rolls back.
class Transaction {
 public:
  explicit Transaction(Pool::Lease& lease) : lease_(lease) {
    lease_->plain("/* database.begin */ START TRANSACTION");
  }

  ~Transaction() {
    if (!done_ && lease_->usable()) rollBack();
  }

  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // NOTE: as a statement; the driver's own commit() ignores what the server answers.
  void commit() {
    try {
      lease_->plain("/* database.commit */ COMMIT");
      done_ = true;
    } catch (const ConnectionLost& lost) {
      if (lost.code() == kNotSent) throw;
      throw CommitUnknown(lost.code(), lost.query(), lost.what());
    }
  }

  void rollBack() {
    done_ = true;
    try {
      lease_->plain("/* database.rollBack */ ROLLBACK");
    } catch (const std::exception& error) {
      lease_.spoil();
      log::warning("database.rollback_failed", {{"error", error.what()}});
    }
  }

 private:
  Pool::Lease& lease_;
  bool done_ = false;
};

// Half of the delay is fixed, half is chance, so that those who met do not meet again.
void pauseBefore(int attempt, std::chrono::milliseconds first) {
  thread_local std::minstd_rand chance(std::random_device{}());
  const auto whole = std::min(kLongestDelay, first * (1 << std::min(attempt, 10)));
  std::uniform_int_distribution<std::int64_t> half(0, whole.count() / 2);
  std::this_thread::sleep_for(whole / 2 + std::chrono::milliseconds(half(chance)));
}

class PooledDatabase : public Database {
 public:
  explicit PooledDatabase(const DatabaseOptions& options) : options_(options), pool_(options) {
    const Pool::Lease probe(pool_);
  }

  [[nodiscard]] PoolState pool() const override {
    auto state = pool_.state();
    state.retries = retries_;
    return state;
  }

  [[nodiscard]] bool answers() override {
    constexpr std::chrono::seconds kSecond{1};
    try {
      Connection(options_, Patience{kSecond, kSecond}).plain("/* database.answers */ DO 1");
      return true;
    } catch (const Error&) {
      return false;
    }
  }

  void apart(const std::function<void(Session&)>& work) override {
    constexpr std::chrono::seconds kForEver{0};
    Connection connection(options_, Patience{std::chrono::seconds{5}, kForEver});
    work(connection);
  }

 protected:
  void runTransaction(const std::function<Outcome(Session&)>& work) override {
    withRetries([&] {
      Pool::Lease lease(pool_);
      lease->allowWrites(Connection::Writes::Allowed);
      Transaction transaction(lease);
      if (work(*lease) == Outcome::Commit) {
        transaction.commit();
      } else {
        transaction.rollBack();
      }
    });
  }

  void runRead(const std::function<void(Session&)>& work) override {
    withRetries([&] {
      Pool::Lease lease(pool_);
      lease->allowWrites(Connection::Writes::Refused);
      work(*lease);
    });
  }

 private:
  template <class Once>
  void withRetries(Once&& once) {
    for (int attempt = 0;; ++attempt) {
      auto delay = options_.retryDelay;
      try {
        return once();
      } catch (const CommitUnknown&) {
        throw;
      } catch (const Deadlock& error) {
        mayRetry(attempt, error);
      } catch (const LockTimeout& error) {
        mayRetry(attempt, error);
      } catch (const ConnectionLost& error) {
        mayRetry(attempt, error);
        delay = options_.reopenDelay;
      }
      pauseBefore(attempt, delay);
    }
  }

  // Called from a handler: goes on, or throws what was caught.
  void mayRetry(int attempt, const Error& error) {
    if (attempt >= options_.retries) throw;
    ++retries_;
    log::debug("database.retry",
               {{"query", error.query()}, {"code", error.code()}, {"attempt", attempt + 1}});
  }

  const DatabaseOptions options_;
  Pool pool_;
  std::atomic<std::uint64_t> retries_{0};
};

}  // namespace

std::unique_ptr<Database> openDatabase(const DatabaseOptions& options) {
  return std::make_unique<PooledDatabase>(options);
}

}  // namespace base::db
