// Which neighbours are proxies whose word about the client is believed. Pure; safe from any thread.
// Internal to base/http.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/http/head.h"

namespace base::http {

class Proxies {
 public:
  /// Addresses or networks, IPv4 or IPv6. Throws std::runtime_error for a text that is neither.
  explicit Proxies(const std::vector<std::string>& texts);
  [[nodiscard]] bool trusts(const std::string& address) const;
  /// Who sent the request: from the right end of X-Forwarded-For the first that is no proxy.
  [[nodiscard]] std::string client(const std::string& peer, const Headers& headers) const;

 private:
  using Bytes = std::array<std::uint8_t, 16>;  ///< IPv4 as `::ffff:a.b.c.d`.
  struct Network {
    Bytes address;
    unsigned bits;
  };
  [[nodiscard]] static std::optional<Bytes> parse(const std::string& address);
  std::vector<Network> networks_;
};

}  // namespace base::http
