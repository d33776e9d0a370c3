#include "base/http/workers.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "base/log.h"

namespace base::http {

namespace {

/// Threads beyond the configured ones, each waiting for a slow client.
constexpr std::size_t kMostExtra = 240;

Fd needFd(int fd, const char* what) {
  if (fd < 0) throw std::system_error(errno, std::generic_category(), what);
  return Fd(fd);
}

}  // namespace

Workers::Workers(std::size_t threads)
    : threads_(std::max<std::size_t>(threads, 1)),
      epoll_(needFd(::epoll_create1(EPOLL_CLOEXEC), "epoll")),
      bell_(needFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")) {
  arm(nullptr, EPOLL_CTL_ADD, EPOLLIN);
}

Workers::~Workers() { abort(); }

void Workers::start() {
  const std::lock_guard lock(mutex_);
  while (running_ < threads_) {
    if (spawn()) continue;
    if (running_ > 0) return;  // fewer than were asked for
    throw std::system_error(EAGAIN, std::generic_category(), "a thread for requests");
  }
}

/// The caller holds the mutex.
bool Workers::spawn() {
  pool_.emplace_back();
  Thread& entry = pool_.back();
  ++running_;
  ++alive_;
  try {
    entry.thread = std::thread([this, &entry] {
      work();
      const std::lock_guard lock(mutex_);
      entry.done = true;
      --alive_;
      ended_.notify_all();
    });
    return true;
  } catch (const std::system_error& error) {
    log::warning("http.no_thread", {{"running", running_ - 1}, {"what", error.what()}});
    pool_.pop_back();
    --running_;
    --alive_;
    return false;
  }
}

void Workers::arm(Connection* connection, int operation, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = connection;
  const int socket = connection ? connection->socket() : bell_.get();
  if (::epoll_ctl(epoll_.get(), operation, socket, &event) != 0) {
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }
}

void Workers::adopt(std::unique_ptr<Connection> connection) {
  Connection* raw = connection.get();
  {
    const std::lock_guard lock(mutex_);
    connections_.emplace(raw, std::move(connection));
  }
  raw->park();
  try {
    arm(raw, EPOLL_CTL_ADD, EPOLLIN | EPOLLRDHUP | EPOLLONESHOT);
  } catch (const std::system_error&) {
    drop(raw);  // nothing would ever wake it
    throw;
  }
}

void Workers::work() {
  std::array<epoll_event, 16> events{};
  while (true) {
    const bool stopping = stopping_;
    ++idle_;
    // One at a time, so that no connection waits behind another's handler.
    const int count =
        ::epoll_wait(epoll_.get(), events.data(), stopping ? static_cast<int>(events.size()) : 1,
                     stopping ? 0 : -1);
    --idle_;
    bool worked = false;
    for (int i = 0; i < count; ++i) {
      auto* connection = static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
      if (!connection) continue;  // The bell.
      handle(connection);
      worked = true;
    }
    if (stopping && !worked) return;
    if (worked && surplus()) return;
  }
}

void Workers::handle(Connection* connection) {
  connection->wake();
  const Connection::Next next = connection->proceed();
  if (next == Connection::Next::Close) return drop(connection);
  connection->park();
  const std::uint32_t wanted = next == Connection::Next::WaitToWrite ? EPOLLOUT : EPOLLIN;
  try {
    arm(connection, EPOLL_CTL_MOD, wanted | EPOLLRDHUP | EPOLLONESHOT);
  } catch (const std::system_error& error) {
    log::error("http.connection_failed", {{"what", error.what()}});
    drop(connection);
  }
}

/// Closed after the mutex was given back.
void Workers::drop(Connection* connection) {
  std::unique_ptr<Connection> ended;
  const std::lock_guard lock(mutex_);
  ended = std::move(connections_.extract(connection).mapped());
}

void Workers::beginWait() {
  ++waiting_;
  if (idle_ > 0) return;
  const std::lock_guard lock(mutex_);
  if (!stopping_ && running_ < threads_ + waiting_ && running_ < threads_ + kMostExtra) spawn();
}

/// A thread that took the place of a waiting one is not needed when that one goes on.
bool Workers::surplus() {
  std::size_t running = running_;
  while (running > threads_ + waiting_) {
    if (running_.compare_exchange_weak(running, running - 1)) return true;
  }
  return false;
}

void Workers::tend() {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  for (const auto& [connection, owner] : connections_) connection->expire(now);
  joinDone();
}

/// The caller holds the mutex; a thread that is done needs it no more.
void Workers::joinDone() {
  std::erase_if(pool_, [](Thread& entry) {
    if (entry.done) entry.thread.join();
    return entry.done;
  });
}

bool Workers::endIdlest() {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  Connection* idlest = nullptr;
  auto longest = std::chrono::steady_clock::duration::zero();
  for (const auto& [connection, owner] : connections_) {
    const auto idle = connection->idleFor(now);
    if (idle > longest) {
      longest = idle;
      idlest = connection;
    }
  }
  if (idlest) idlest->expireNow();
  return idlest != nullptr;
}

std::size_t Workers::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_.size();
}

bool Workers::finish(std::chrono::milliseconds within) {
  stopping_ = true;
  const std::uint64_t one = 1;
  while (::write(bell_.get(), &one, sizeof(one)) < 0 && errno == EINTR) {
  }
  std::unique_lock lock(mutex_);
  return ended_.wait_for(lock, within, [this] { return alive_ == 0; });
}

void Workers::abort() {
  finish(std::chrono::milliseconds(0));
  std::unique_lock lock(mutex_);
  for (const auto& [connection, owner] : connections_) connection->abort();
  ended_.wait(lock, [this] { return alive_ == 0; });
  joinDone();
  connections_.clear();
}

}  // namespace base::http
