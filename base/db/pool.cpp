#include "base/db/pool.h"

#include <algorithm>
#include <stdexcept>

namespace base::db {
namespace {

// The databases of which this thread holds a connection.
thread_local std::vector<const Pool*> lentToThread;

}  // namespace

Pool::Lease::Lease(Pool& pool) : pool_(pool) {
  if (std::find(lentToThread.begin(), lentToThread.end(), &pool) != lentToThread.end()) {
    throw std::logic_error("a second session of the same database inside of the first");
  }
  connection_ = pool_.take(age_);
  lentToThread.push_back(&pool_);
}

Pool::Lease::~Lease() {
  std::erase(lentToThread, &pool_);
  const bool good = !spoilt_ && connection_->usable();
  pool_.giveBack(std::move(connection_), age_, good);
}

std::unique_ptr<Connection> Pool::take(std::uint64_t& age) {
  std::unique_lock lock(mutex_);
  const auto ready = [&] { return !idle_.empty() || open_ < options_.poolSize; };
  if (!free_.wait_for(lock, options_.poolWait, ready)) {
    throw PoolExhausted(0, "", "no database connection became free in time");
  }
  age = age_;
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }
  ++open_;
  lock.unlock();
  try {
    return std::make_unique<Connection>(options_, Patience{});
  } catch (...) {
    lock.lock();
    --open_;
    free_.notify_one();
    throw;
  }
}

void Pool::giveBack(std::unique_ptr<Connection> connection, std::uint64_t age, bool good) {
  std::vector<std::unique_ptr<Connection>> dead;  // closed after the lock was released
  const std::lock_guard lock(mutex_);
  if (!connection->usable() && age == age_) {
    ++age_;
    open_ -= idle_.size();
    dead.swap(idle_);
  }
  if (good && age == age_) {
    idle_.push_back(std::move(connection));
  } else {
    --open_;
    dead.push_back(std::move(connection));
  }
  free_.notify_one();
}

Database::PoolState Pool::state() const {
  const std::lock_guard lock(mutex_);
  return {open_, open_ - idle_.size(), 0};
}

}  // namespace base::db
