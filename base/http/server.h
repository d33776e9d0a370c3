// The HTTP door: listens, reads requests within limits, hands each to its route, writes the answer
// (gzip, ETag, Range, HEAD), counts and logs it. Knows nothing of people: sign-in and error pages
// are the `Dispatcher`'s. A connection holds a thread only while a request of it is at work; idle
// and slow ones wait in the kernel.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
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
  /// Calls `route.handler` or answers in its place. Exceptions that it lets through become faults:
  /// BodyTooLarge, BadRequest, NotFound as they say, base::Unavailable Unavailable, any other
  /// Internal; the last two are logged.
  virtual Response dispatch(const Route& route, Request& request) = 0;
  /// The page or JSON for a fault; must not throw. `request` may be half empty when its bytes were
  /// no HTTP. The server adds Allow to MethodNotAllowed and Retry-After to Unavailable.
  virtual Response fault(Fault fault, const Request& request) = 0;
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;          ///< 0: any; see Server::port().
  std::size_t threads = 16;           ///< Requests at work at once.
  std::size_t connections = 1024;     ///< Open at once, idle ones included; beyond it 503.
  std::uint64_t headerLimit = 16384;  ///< Bytes of request line and headers.
  /// Of a request's head as a whole, and of each wait for more of its body or for a slow reader.
  std::chrono::seconds timeout{30};
  std::chrono::seconds keepAlive{15};
  std::chrono::seconds stopWithin{10};      ///< How long stop() lets requests go on.
  std::filesystem::path tlsCertificate;     ///< PEM chain; empty: plain HTTP. TLS 1.2 and later.
  std::filesystem::path tlsKey;             ///< PEM, not encrypted.
  std::vector<std::string> trustedProxies;  ///< Addresses or networks (`10.0.0.0/8`) whose
                                            ///< X-Forwarded-* and X-Request-Id are believed.
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
  /// Listens at once; answers after start(). All references outlive it. Throws ListenError, and
  /// std::runtime_error for a certificate, key or proxy that cannot be used. Ignores SIGPIPE in the
  /// process, as TLS needs.
  Server(ServerOptions options, const Router& router, Dispatcher& dispatcher, Metrics& metrics,
         const Clock& clock);
  ~Server();
  void start();
  /// Stops listening, lets running requests end, then cuts them off. Can be called twice.
  void stop();
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace base::http
