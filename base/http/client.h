// An HTTP client for machines: one request, one answer, bodies streamed both ways. HTTP and HTTPS
// (certificates verified against `caFile` or the system's store). Not shared between threads;
// keeps its connection.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base::http {

/// No whole answer came back: refused, timed out, broken off, no HTTP, an untrusted certificate.
/// Retryable; the other side may have done what was asked.
class TransportError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct ClientOptions {
  std::string
      baseUrl;  ///< `https://axis.example.vn` with an optional path. Redirects: not followed.
  std::chrono::seconds timeout{30};  ///< Of connecting and of each wait for bytes.
  std::filesystem::path caFile;      ///< PEM; empty: the system's store.
};

struct ClientRequest {
  std::string method = "GET";
  std::string path;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;                ///< Used when `stream` is null.
  std::istream* stream = nullptr;  ///< Read to its end; `streamSize` bytes.
  std::uint64_t streamSize = 0;
};

struct ClientResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  ///< Empty when a sink took it.
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
};

class Client {
 public:
  using Sink = std::function<void(std::string_view)>;

  /// Connects with the first send(). Throws std::invalid_argument for a `baseUrl` that is none and
  /// std::runtime_error for a `caFile` that cannot be read. Ignores SIGPIPE in the process.
  explicit Client(ClientOptions options);
  ~Client();
  /// Throws TransportError; std::invalid_argument for a path or header that cannot be sent;
  /// std::runtime_error for a stream that is shorter than its size says. With `sink`, a 2xx body
  /// goes there in pieces (exceptions of it pass); otherwise it is held whole, up to `bodyLimit`
  /// bytes (TransportError beyond). A kept connection that the server closed meanwhile is replaced
  /// silently; a request that may have arrived is sent again only if its method is GET, HEAD, PUT
  /// or DELETE and its stream can be rewound.
  ClientResponse send(const ClientRequest& request, const Sink& sink = {},
                      std::uint64_t bodyLimit = 16ULL << 20);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace base::http
