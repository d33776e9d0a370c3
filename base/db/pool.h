// The connections of one database: opened when they are needed, at most `poolSize`, lent to one
// thread at a time. Internal to base/db. Safe from any thread.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "base/db/connection_internal.h"
#include "base/db/database.h"

namespace base::db {

class Pool {
 public:
  explicit Pool(DatabaseOptions options) : options_(std::move(options)) {}

  /// A connection, lent; goes back, or is closed when it broke or is spoilt, at the end of its
  /// life.
  class Lease {
   public:
    explicit Lease(Pool& pool);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    Connection& operator*() { return *connection_; }
    Connection* operator->() { return connection_.get(); }
    /// It must not be used by anybody else.
    void spoil() { spoilt_ = true; }

   private:
    Pool& pool_;
    std::unique_ptr<Connection> connection_;
    std::uint64_t age_ = 0;
    bool spoilt_ = false;
  };

  [[nodiscard]] Database::PoolState state() const;

 private:
  std::unique_ptr<Connection> take(std::uint64_t& age);
  void giveBack(std::unique_ptr<Connection> connection, std::uint64_t age, bool good);

  const DatabaseOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable free_;
  std::vector<std::unique_ptr<Connection>> idle_;  // the one used last is lent first
  std::size_t open_ = 0;
  std::uint64_t age_ = 0;  // how often the server was lost: older connections are dead too
};

}  // namespace base::db
