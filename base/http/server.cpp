#include "base/http/server.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <array>
#include <csignal>
#include <thread>

#include "base/http/connection.h"
#include "base/http/meters.h"
#include "base/http/proxies.h"
#include "base/http/tls_internal.h"
#include "base/http/workers.h"
#include "base/log.h"

namespace base::http {

namespace {

constexpr int kBacklog = 512;
constexpr int kTendEveryMilliseconds = 500;

/// A socket that listens and is not inherited by the programs that the process starts.
Poco::Net::ServerSocket listenOn(const ServerOptions& options) {
  const std::string where = options.address + ":" + std::to_string(options.port);
  try {
    Poco::Net::ServerSocket socket;
    socket.bind(Poco::Net::SocketAddress(options.address, options.port), true, false);
    socket.listen(kBacklog);
    socket.setBlocking(false);
    ::fcntl(socket.impl()->sockfd(), F_SETFD, FD_CLOEXEC);
    return socket;
  } catch (const Poco::Exception& error) {
    const int code = error.code();
    const auto kind = code == EADDRINUSE                ? ListenError::Kind::InUse
                      : code == EACCES || code == EPERM ? ListenError::Kind::NotAllowed
                                                        : ListenError::Kind::Other;
    throw ListenError(kind, "cannot listen on " + where + ": " + error.displayText());
  }
}

void ignoreBrokenPipes() {
  struct sigaction current = {};
  ::sigaction(SIGPIPE, nullptr, &current);
  if (current.sa_handler == SIG_DFL) ::signal(SIGPIPE, SIG_IGN);
}

std::string addressOf(const sockaddr_storage& peer, socklen_t length) {
  const Poco::Net::SocketAddress address(reinterpret_cast<const sockaddr*>(&peer), length);
  const std::string text = address.host().toString();
  static constexpr std::string_view kMapped = "::ffff:";
  const bool mapped =
      text.compare(0, kMapped.size(), kMapped) == 0 && text.find('.') != std::string::npos;
  return mapped ? text.substr(kMapped.size()) : text;
}

}  // namespace

struct Server::State {
  State(ServerOptions serverOptions, const Router& router, Dispatcher& dispatcher, Metrics& metrics,
        const Clock& clock)
      : options(std::move(serverOptions)),
        proxies(options.trustedProxies),
        meters(router, metrics),
        tls(options.tlsCertificate.empty() ? nullptr
                                           : serverTls(options.tlsCertificate, options.tlsKey)),
        listener(listenOn(options)),
        port(listener.address().port()),
        bell(::eventfd(0, EFD_CLOEXEC)),
        shared{options, router, dispatcher, clock, proxies, meters},
        workers(options.threads) {}

  void accept();
  bool acceptOne();
  void take(Fd socket, const std::string& peer);

  ServerOptions options;
  Proxies proxies;
  Meters meters;
  TlsContext tls;
  Poco::Net::ServerSocket listener;
  std::uint16_t port;
  Fd bell;  ///< Wakes the accepting thread when the server stops.
  ServerShared shared;
  Workers workers;
  std::thread accepting;
};

/// The accepting thread: takes connections and looks after the waiting ones.
void Server::State::accept() {
  std::array<pollfd, 2> entries{pollfd{bell.get(), POLLIN, 0},
                                pollfd{listener.impl()->sockfd(), POLLIN, 0}};
  auto tended = std::chrono::steady_clock::now();
  bool outOfFiles = false;
  while (!shared.stopping) {
    // Without a free descriptor the listener stays readable: look away until the next turn.
    const nfds_t count = outOfFiles ? 1 : 2;
    ::poll(entries.data(), count, kTendEveryMilliseconds);
    outOfFiles = false;
    if (count == 2 && (entries[1].revents & POLLIN) != 0) outOfFiles = !acceptOne();
    const auto now = std::chrono::steady_clock::now();
    if (now - tended >= std::chrono::milliseconds(kTendEveryMilliseconds)) {
      workers.tend();
      tended = now;
    }
  }
}

/// False when the process is out of descriptors or memory.
bool Server::State::acceptOne() {
  sockaddr_storage peer{};
  socklen_t length = sizeof(peer);
  Fd socket(::accept4(listener.impl()->sockfd(), reinterpret_cast<sockaddr*>(&peer), &length,
                      SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!socket.valid()) {
    const bool exhausted =
        errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
    if (exhausted) log::error("http.out_of_descriptors", {{"errno", errno}});
    return !exhausted || workers.endIdlest();
  }
  const int on = 1;
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  try {
    take(std::move(socket), addressOf(peer, length));
  } catch (const std::exception& error) {
    log::error("http.connection_failed", {{"what", error.what()}});
  }
  return true;
}

void Server::State::take(Fd socket, const std::string& peer) {
  TlsSession session = tls ? acceptTls(tls.get(), socket.get()) : nullptr;
  auto connection =
      std::make_unique<Connection>(shared, std::move(socket), std::move(session), peer, &workers);
  if (workers.connections() >= options.connections && !workers.endIdlest()) {
    meters.refused();
    log::warning("http.full", {{"connections", options.connections}});
    const bool room = workers.connections() < 2 * options.connections;
    if (!connection->refuse() || !room) return;
  }
  workers.adopt(std::move(connection));
}

Server::Server(ServerOptions options, const Router& router, Dispatcher& dispatcher,
               Metrics& metrics, const Clock& clock) {
  ignoreBrokenPipes();
  state_ = std::make_unique<State>(std::move(options), router, dispatcher, metrics, clock);
}

Server::~Server() { stop(); }

void Server::start() {
  state_->workers.start();
  state_->accepting = std::thread([state = state_.get()] { state->accept(); });
  log::info("http.listening", {{"address", state_->options.address}, {"port", state_->port}});
}

void Server::stop() {
  if (state_->shared.stopping.exchange(true)) return;
  const std::uint64_t one = 1;
  while (::write(state_->bell.get(), &one, sizeof(one)) < 0 && errno == EINTR) {
  }
  if (state_->accepting.joinable()) state_->accepting.join();
  state_->listener.close();
  if (!state_->workers.finish(state_->options.stopWithin)) log::warning("http.cut_off");
  state_->workers.abort();
}

std::uint16_t Server::port() const { return state_->port; }

}  // namespace base::http
