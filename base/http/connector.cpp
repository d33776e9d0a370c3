#include "base/http/connector.h"

#include <Poco/Exception.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HostEntry.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/URI.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "base/http/channel.h"

namespace base::http {

namespace {

Poco::URI parseUrl(const std::string& url) {
  try {
    return Poco::URI(url);
  } catch (const Poco::Exception& error) {
    throw std::invalid_argument("not a URL: " + url);
  }
}

void awaitWritable(int socket, std::chrono::milliseconds timeout) {
  pollfd entry{socket, POLLOUT, 0};
  const auto end = std::chrono::steady_clock::now() + timeout;
  while (true) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    const int ready = ::poll(&entry, 1, std::max(0, static_cast<int>(left.count())));
    if (ready > 0) return;
    if (ready == 0) throw PeerTooSlow("no answer to the attempt to connect");
    if (errno != EINTR) throw ConnectionBroken(std::generic_category().message(errno));
  }
}

Fd connectOnce(const Poco::Net::SocketAddress& address, std::chrono::milliseconds timeout) {
  Fd socket(::socket(address.af(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket.valid()) throw ConnectionBroken(std::generic_category().message(errno));
  const int on = 1;
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  int error = 0;
  if (::connect(socket.get(), address.addr(), address.length()) != 0) error = errno;
  if (error == EINPROGRESS) {
    awaitWritable(socket.get(), timeout);
    socklen_t size = sizeof(error);
    ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
  }
  if (error != 0) throw ConnectionBroken(std::generic_category().message(error));
  return socket;
}

Poco::Net::HostEntry resolve(const std::string& host) {
  try {
    return Poco::Net::DNS::resolve(host);
  } catch (const Poco::Exception& error) {
    throw ConnectionBroken("the host's address is not known: " + error.displayText());
  }
}

}  // namespace

ServerAddress parseServerAddress(const std::string& url) {
  const Poco::URI uri = parseUrl(url);
  ServerAddress server;
  server.secure = uri.getScheme() == "https";
  if ((!server.secure && uri.getScheme() != "http") || uri.getHost().empty() ||
      !uri.getUserInfo().empty() || !uri.getRawQuery().empty() || !uri.getFragment().empty()) {
    throw std::invalid_argument("not the address of a server: " + url);
  }
  server.host = uri.getHost();
  server.port = uri.getPort();
  const bool ipv6 = server.host.find(':') != std::string::npos;
  server.hostHeader = ipv6 ? "[" + server.host + "]" : server.host;
  if (server.port != (server.secure ? 443 : 80)) {
    server.hostHeader += fmt::format(":{}", server.port);
  }
  server.basePath = uri.getPathEtc();
  while (!server.basePath.empty() && server.basePath.back() == '/') server.basePath.pop_back();
  return server;
}

Fd connectTo(const ServerAddress& server, std::chrono::milliseconds timeout) {
  std::string last = "the host has no address";
  const Poco::Net::HostEntry entry = resolve(server.host);
  for (const Poco::Net::IPAddress& address : entry.addresses()) {
    try {
      return connectOnce(Poco::Net::SocketAddress(address, server.port), timeout);
    } catch (const ConnectionBroken& error) {
      last = error.what();
    }
  }
  throw ConnectionBroken(last);
}

}  // namespace base::http
