// The HTTP door: listens, reads requests within limits, hands each to its route, writes the answer
// (gzip, ETag, Range, HEAD), counts and logs it. Knows nothing of people: sign-in and error pages
// are the `Dispatcher`'s.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/http/router.h"
#include "base/metrics.h"

namespace base::http {

/// What an answer says when no handler made it.
enum class Fault : std::uint8_t {
  BadRequest,
  NotFound,
  MethodNotAllowed,
  TooLarge,
  HeadersTooLarge,
  Timeout,
  Internal,
  Unavailable
};

/// Around every handler: sign-in, CSRF, error pages. Called from many threads.
class Dispatcher {
 public:
  virtual ~Dispatcher() = default;
  /// Calls `route.handler` or answers in its place. Exceptions that it lets through become Internal
  /// (or Unavailable for base::db::ConnectionLost, PoolExhausted and a full disk) and are logged.
  virtual Response dispatch(const Route& route, Request& request) = 0;
  /// The page or JSON for a fault; must not throw.
  virtual Response fault(Fault fault, const Request& request) = 0;
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any; see Server::port().
  std::size_t threads = 16;
  std::size_t queue = 256;  ///< Connections that wait; beyond it 503.
  std::uint64_t headerLimit = 16 * 1024;
  std::chrono::seconds timeout{30};  ///< Of one read or write.
  std::chrono::seconds keepAlive{15};
  std::filesystem::path tlsCertificate;  ///< PEM chain; empty: plain HTTP.
  std::filesystem::path tlsKey;
  std::vector<std::string> trustedProxies;  ///< Addresses whose X-Forwarded-* are believed.
  std::filesystem::path temporary;          ///< For bodies that are too large for memory.
};

/// The port cannot be had: in use, or not allowed.
class ListenError : public std::runtime_error {
 public:
  enum class Kind : std::uint8_t { InUse, NotAllowed, Other };
  ListenError(Kind errorKind, const std::string& what)
      : std::runtime_error(what), kind_(errorKind) {}
  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

class Server {
 public:
  /// Listens at once (throws ListenError); answers after start(). All references outlive it.
  Server(ServerOptions options, const Router& router, Dispatcher& dispatcher, Metrics& metrics,
         const Clock& clock);
  ~Server();
  void start();
  /// Stops listening, lets running requests end (10 s at the most).
  void stop();
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace base::http
