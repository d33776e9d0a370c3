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
#include <string>
#include <utility>
#include <vector>

namespace base::http {

/// Nothing came back: refused, timed out, broken off. Retryable.
class TransportError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct ClientOptions {
  std::string baseUrl;  ///< `https://axis.example.vn` with an optional path
  std::chrono::seconds timeout{30};
  std::filesystem::path caFile;
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
  explicit Client(ClientOptions options);
  ~Client();
  /// Throws TransportError. With `sink`, a 2xx body goes there in pieces; otherwise it is held
  /// whole, up to `bodyLimit` bytes (TransportError beyond).
  ClientResponse send(const ClientRequest& request,
                      const std::function<void(std::string_view)>& sink = {},
                      std::uint64_t bodyLimit = 16ULL << 20);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace base::http
