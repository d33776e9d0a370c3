#include "base/http/proxies.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>
#include <stdexcept>

namespace base::http {

std::optional<Proxies::Bytes> Proxies::parse(const std::string& address) {
  Bytes bytes{};
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return bytes;
  bytes.fill(0);
  bytes[10] = bytes[11] = 0xff;
  if (inet_pton(AF_INET, address.c_str(), bytes.data() + 12) == 1) return bytes;
  return std::nullopt;
}

Proxies::Proxies(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const std::size_t slash = text.find('/');
    const std::string host = text.substr(0, slash);
    const auto address = parse(host);
    const unsigned whole = host.find(':') == std::string::npos ? 32 : 128;
    unsigned bits = whole;
    if (slash != std::string::npos) {
      const char* end = text.data() + text.size();
      const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, bits);
      if (error != std::errc() || stop != end) bits = whole + 1;
    }
    if (!address || bits > whole) throw std::runtime_error("not an address or network: " + text);
    networks_.push_back({*address, bits + 128 - whole});
  }
}

bool Proxies::trusts(const std::string& address) const {
  if (networks_.empty()) return false;
  const auto bytes = parse(address);
  if (!bytes) return false;
  for (const Network& network : networks_) {
    const unsigned whole = network.bits / 8;
    const unsigned rest = network.bits % 8;
    if (std::memcmp(bytes->data(), network.address.data(), whole) != 0) continue;
    if (rest == 0) return true;
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - rest));
    if (((*bytes)[whole] & mask) == (network.address[whole] & mask)) return true;
  }
  return false;
}

std::string Proxies::client(const std::string& peer, const Headers& headers) const {
  if (!trusts(peer)) return peer;
  std::string chain;
  for (const auto& [name, value] : headers) {
    if (sameName(name, "X-Forwarded-For")) chain += "," + value;
  }
  std::string nearest = peer;
  while (!chain.empty()) {
    const std::size_t comma = chain.rfind(',');
    const std::string address(trimmed(std::string_view(chain).substr(comma + 1)));
    if (!parse(address)) break;
    nearest = address;
    if (!trusts(address)) break;
    chain.resize(comma);
  }
  return nearest;
}

}  // namespace base::http
