// One connection of the server: reads heads without holding a thread, answers one request after the
// other, and says how it wants to be waited for. Used by one worker at a time; `expire()` may come
// from another thread. Internal to base/http.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>

#include "base/http/answer.h"
#include "base/http/body_stream.h"
#include "base/http/channel.h"
#include "base/http/meters.h"
#include "base/http/proxies.h"
#include "base/http/request.h"
#include "base/http/server.h"

namespace base::http {

/// What all connections of a server share.
struct ServerShared {
  const ServerOptions& options;
  const Router& router;
  Dispatcher& dispatcher;
  const Clock& clock;
  const Proxies& proxies;
  Meters& meters;
  std::atomic<bool> stopping{false};
};

/// A new request id: 16 hex digits.
[[nodiscard]] std::string newRequestId();

class Connection {
 public:
  Connection(ServerShared& shared, Fd socket, TlsSession tls, std::string peer,
             WaitObserver* observer);
  ~Connection();

  enum class Next : std::uint8_t { WaitToRead, WaitToWrite, Close };
  /// Does what can be done with the bytes that are there. Does not throw.
  [[nodiscard]] Next proceed();
  /// Answers that the server is full, without waiting for a request. False when the connection is
  /// of no more use; else it waits for the other side to have read that.
  [[nodiscard]] bool refuse();

  /// Called by the worker before it gives the connection back to be waited for.
  void park();
  /// Called by the worker that woke up.
  void wake();
  /// Ends the wait when its time is over: shuts the socket so that a worker wakes up.
  void expire(std::chrono::steady_clock::time_point now);
  /// How long it has waited for a request's first byte; zero when one is at work.
  [[nodiscard]] std::chrono::steady_clock::duration idleFor(
      std::chrono::steady_clock::time_point now) const;
  /// Ends an idle wait at once, to make room.
  void expireNow() { expire(std::chrono::steady_clock::time_point::max()); }
  /// Breaks everything off.
  void abort();
  [[nodiscard]] int socket() const { return channel_.socket(); }

 private:
  enum class Phase : std::uint8_t { Idle, Head, Draining };
  struct Exchange;

  [[nodiscard]] Next advance();
  [[nodiscard]] Next drain();
  [[nodiscard]] Channel::Outcome fill();
  void answerHead(std::size_t length);
  void answerNoHead(Fault kind);
  void converse(Exchange& exchange, const std::function<void()>& make);
  void understand(Exchange& exchange, std::size_t length);
  void route(Exchange& exchange);
  void run(Exchange& exchange);
  void fault(Exchange& exchange, Fault kind);
  void failed(Exchange& exchange, const std::exception& error);
  void identify(ReceivedRequest& request) const;
  [[nodiscard]] bool settleBody(Exchange& exchange);
  void send(Exchange& exchange);
  void finish(Exchange& exchange);
  void setDeadline(std::chrono::milliseconds after);

  ServerShared& shared_;
  Channel channel_;
  Input input_;
  std::string peer_;
  Phase phase_ = Phase::Head;
  bool closing_ = false;      ///< Nothing more is expected or sent.
  std::size_t searched_ = 0;  ///< Bytes of `input_` without the end of a head.
  std::chrono::steady_clock::time_point due_;
  bool expired_ = false;
  /// Ticks of `due_` while it waits, or one of the two marks in connection.cpp.
  std::atomic<std::int64_t> waitingUntil_;
  std::atomic<std::int64_t> idleSince_;  ///< Ticks; 0 while it is not idle.
};

}  // namespace base::http
