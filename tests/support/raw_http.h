// A TCP client that says exactly what a test tells it to, and HTTP answers taken apart: for talking
// to a server in ways that no well-behaved client would. Loopback only.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/fd.h"

namespace tests {

struct RawAnswer {
  int status = 0;                              ///< 0: the connection ended without one.
  std::map<std::string, std::string> headers;  ///< Names in lower case.
  std::string body;                            ///< Chunks put together.
  bool whole = false;                          ///< All of the body that was announced has come.
};

class RawConnection {
 public:
  explicit RawConnection(std::uint16_t port);
  explicit RawConnection(base::Fd socket) : socket_(std::move(socket)) {}
  /// False when the other side has closed.
  bool send(std::string_view bytes);
  void finishSending();
  /// Reads one answer; `headOnly` when none of its body follows.
  RawAnswer receive(bool headOnly = false);
  /// Reads up to a mark and returns what stands before it; empty at the end.
  std::string receiveUntil(std::string_view mark);
  /// Something has come, or comes within the time.
  bool hasBytes(std::chrono::milliseconds within);
  /// The other side closes within `within`, whatever it says before.
  bool isClosed(std::chrono::milliseconds within = std::chrono::seconds(5));
  [[nodiscard]] int socket() const { return socket_.get(); }

 private:
  bool fill();
  std::string take(std::size_t size);
  bool until(std::string_view mark, std::string& text);

  base::Fd socket_;
  std::string buffer_;
};

/// One request on a connection of its own.
RawAnswer ask(std::uint16_t port, std::string_view bytes);

/// A server whose n-th connection is handled by the n-th script; then it stops listening.
class RawServer {
 public:
  using Script = std::function<void(RawConnection&)>;
  explicit RawServer(std::vector<Script> scripts);
  ~RawServer();
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  base::Fd listener_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace tests
