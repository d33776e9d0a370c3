// Finds and reaches a server by its URL. Internal to base/http.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/fd.h"

namespace base::http {

struct ServerAddress {
  std::string host;
  std::uint16_t port = 0;
  bool secure = false;
  std::string hostHeader;
  std::string basePath;  ///< Without a slash at its end.
};
/// Throws std::invalid_argument for what is no http or https URL, or has a query or a password.
[[nodiscard]] ServerAddress parseServerAddress(const std::string& url);

/// Tries the host's addresses one after the other, each within `timeout`. The socket is
/// non-blocking. Throws ConnectionBroken.
[[nodiscard]] Fd connectTo(const ServerAddress& server, std::chrono::milliseconds timeout);

}  // namespace base::http
