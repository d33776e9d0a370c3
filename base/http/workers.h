// The threads of a server, all waiting on one epoll for a connection to have work. When a thread
// has to wait for a slow client in the middle of a request, another takes its place, so that slow
// clients cannot take the server away from the others. Internal to base/http.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/fd.h"
#include "base/http/connection.h"

namespace base::http {

class Workers : public WaitObserver {
 public:
  explicit Workers(std::size_t threads);
  ~Workers() override;

  void start();
  /// Takes the connection and waits for its first bytes.
  void adopt(std::unique_ptr<Connection> connection);
  /// Ends waits whose time is over and joins threads that are done. Call about once a second.
  void tend();
  /// Ends the connection that has been idle the longest; false when none is idle.
  bool endIdlest();
  [[nodiscard]] std::size_t connections() const;
  /// No new requests; true when all threads have ended within the time.
  bool finish(std::chrono::milliseconds within);
  /// Cuts everything off and joins the threads.
  void abort();

  void beginWait() override;
  void endWait() override { --waiting_; }

 private:
  struct Thread {
    std::thread thread;
    bool done = false;
  };
  /// False when the system has no thread for us.
  bool spawn();
  void work();
  void handle(Connection* connection);
  void drop(Connection* connection);
  [[nodiscard]] bool surplus();
  void arm(Connection* connection, int operation, std::uint32_t events);
  void joinDone();

  const std::size_t threads_;
  Fd epoll_;
  Fd bell_;  ///< Wakes every thread when the server stops.
  std::atomic<bool> stopping_{false};
  std::atomic<std::size_t> idle_{0};
  std::atomic<std::size_t> waiting_{0};
  std::atomic<std::size_t> running_{0};  ///< Threads that go on taking requests.
  mutable std::mutex mutex_;             ///< Of all below.
  std::condition_variable ended_;
  std::size_t alive_ = 0;  ///< Threads that have not ended.
  std::list<Thread> pool_;
  std::unordered_map<Connection*, std::unique_ptr<Connection>> connections_;
};

}  // namespace base::http
