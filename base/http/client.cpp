#include "base/http/client.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <csignal>

#include "base/http/body_stream.h"
#include "base/http/channel.h"
#include "base/http/connector.h"
#include "base/http/head.h"
#include "base/http/message.h"
#include "base/http/tls_internal.h"

namespace base::http {

namespace {

constexpr std::size_t kMostOfHead = 64 * 1024;
constexpr std::size_t kSendPiece = 64 * 1024;

bool isRepeatable(const std::string& method) {
  return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE";
}

bool isSuccess(int status) { return status >= 200 && status < 300; }

/// The source of a request's body is not what the caller said; no fault of the network.
class SourceFailed : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Keeps the exceptions of the caller's sink apart from those of the network.
struct SinkFailed {
  std::exception_ptr cause;
};

Client::Sink guarded(const Client::Sink& sink) {
  return [&sink](std::string_view bytes) {
    try {
      sink(bytes);
    } catch (...) {
      throw SinkFailed{std::current_exception()};
    }
  };
}

}  // namespace

struct Client::State {
  explicit State(ClientOptions clientOptions);

  ClientOptions options;
  ServerAddress server;
  TlsContext tls;
  std::unique_ptr<Channel> channel;
  std::unique_ptr<Input> input;
  bool reused = false;         ///< The connection has carried an exchange before.
  bool anyReceived = false;    ///< Of this exchange's answer.
  std::streampos streamStart;  ///< Where the request's stream began.

  void connect();
  void disconnect();
  [[nodiscard]] bool isStale();
  [[nodiscard]] std::string headOf(const ClientRequest& request) const;
  void sendRequest(const ClientRequest& request);
  void sendStream(const ClientRequest& request);
  [[nodiscard]] ResponseHead readHead();
  [[nodiscard]] ResponseHead exchange(const ClientRequest& request);
  [[nodiscard]] ResponseHead exchangeOnce(const ClientRequest& request);
  [[nodiscard]] bool mayRepeat(const ClientRequest& request) const;
  void readBody(const Framing& framing, const Sink& sink, std::uint64_t limit);
  [[nodiscard]] ClientResponse receive(const ClientRequest& request, const Sink& sink,
                                       std::uint64_t limit);
};

Client::State::State(ClientOptions clientOptions)
    : options(std::move(clientOptions)), server(parseServerAddress(options.baseUrl)) {
  if (server.secure) tls = clientTls(options.caFile);
}

void Client::State::connect() {
  Fd socket = connectTo(server, options.timeout);
  TlsSession session = tls ? connectTls(tls.get(), socket.get(), server.host) : nullptr;
  channel = std::make_unique<Channel>(std::move(socket), std::move(session), options.timeout);
  input = std::make_unique<Input>(*channel);
  reused = false;
}

void Client::State::disconnect() {
  input.reset();
  channel.reset();
}

/// An idle connection on which something arrives has been closed by the server.
bool Client::State::isStale() {
  char byte = 0;
  try {
    return !input->buffer.empty() ||
           channel->tryRead(&byte, 1).outcome != Channel::Outcome::WantRead;
  } catch (const ConnectionBroken&) {
    return true;
  }
}

std::string Client::State::headOf(const ClientRequest& request) const {
  const std::string target = server.basePath + request.path;
  const std::string path = target.empty() || target.front() != '/' ? "/" + target : target;
  const bool plain =
      std::all_of(path.begin(), path.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  if (!plain) throw std::invalid_argument("a path that is not escaped");
  std::string head =
      fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", request.method, path, server.hostHeader);
  for (const auto& [name, value] : request.headers) {
    if (!isSendable(name, value))
      throw std::invalid_argument("a header that cannot be sent: " + name);
    head.append(name).append(": ").append(value).append("\r\n");
  }
  const std::uint64_t size = request.stream ? request.streamSize : request.body.size();
  if (size > 0 || (request.method != "GET" && request.method != "HEAD")) {
    head += fmt::format("Content-Length: {}\r\n", size);
  }
  return head + "\r\n";
}

void Client::State::sendRequest(const ClientRequest& request) {
  const std::string head = headOf(request);
  channel->restartPace();
  if (!request.stream) return channel->write(head, request.body);
  channel->write(head);
  sendStream(request);
}

void Client::State::sendStream(const ClientRequest& request) {
  std::vector<char> piece(kSendPiece);
  for (std::uint64_t left = request.streamSize; left > 0;) {
    request.stream->read(piece.data(),
                         static_cast<std::streamsize>(std::min<std::uint64_t>(left, piece.size())));
    const auto got = static_cast<std::size_t>(request.stream->gcount());
    if (got == 0) throw SourceFailed("the body is shorter than its size says");
    channel->write({piece.data(), got});
    left -= got;
  }
}

ResponseHead Client::State::readHead() {
  channel->restartPace();
  std::size_t searched = 0;
  while (true) {
    const std::size_t length = headLength(input->buffer, searched);
    if (length != std::string::npos) {
      ResponseHead head = parseResponseHead(std::string_view(input->buffer).substr(0, length));
      input->buffer.erase(0, length);
      searched = 0;
      if (head.status >= 200) return head;
      continue;  // 100 Continue and its like.
    }
    searched = input->buffer.size();
    if (searched > kMostOfHead) throw BadRequest("a head without an end");
    std::array<char, 16 * 1024> piece;
    const std::size_t got = channel->read(piece.data(), piece.size());
    if (got == 0) throw ConnectionBroken("closed before it answered");
    anyReceived = true;
    input->buffer.append(piece.data(), got);
  }
}

/// A server that refuses early may stop reading; what it said before is the answer.
ResponseHead Client::State::exchangeOnce(const ClientRequest& request) {
  if (channel && isStale()) disconnect();
  if (!channel) connect();
  anyReceived = false;
  try {
    sendRequest(request);
  } catch (const PeerTooSlow&) {
    throw;
  } catch (const ConnectionBroken& broken) {
    try {
      ResponseHead head = readHead();
      head.headers.emplace_back("Connection", "close");
      return head;
    } catch (const ConnectionBroken&) {
      throw broken;
    }
  }
  return readHead();
}

bool Client::State::mayRepeat(const ClientRequest& request) const {
  return reused && !anyReceived && isRepeatable(request.method) &&
         (!request.stream || streamStart != std::streampos(-1));
}

ResponseHead Client::State::exchange(const ClientRequest& request) {
  if (request.stream) streamStart = request.stream->tellg();
  try {
    return exchangeOnce(request);
  } catch (const PeerTooSlow&) {
    throw;
  } catch (const ConnectionBroken&) {
    if (!mayRepeat(request)) throw;
  }
  disconnect();
  if (request.stream) {
    request.stream->clear();
    request.stream->seekg(streamStart);
  }
  return exchangeOnce(request);
}

void Client::State::readBody(const Framing& framing, const Sink& sink, std::uint64_t limit) {
  channel->restartPace();
  BodyBuffer buffer(*input, framing, limit);
  std::istream in(&buffer);
  in.exceptions(std::ios::badbit);
  std::vector<char> piece(kSendPiece);
  do {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (in.gcount() > 0) sink({piece.data(), static_cast<std::size_t>(in.gcount())});
  } while (in);
}

ClientResponse Client::State::receive(const ClientRequest& request, const Sink& sink,
                                      std::uint64_t limit) {
  ClientResponse response;
  ResponseHead head = exchange(request);
  const Framing framing = responseFraming(head, request.method);
  const bool keep = head.minorVersion == 1 && framing.kind != Framing::Kind::UntilClose &&
                    !hasToken(head.headers, "Connection", "close");
  response.status = head.status;
  response.headers = std::move(head.headers);
  if (sink && isSuccess(response.status)) {
    readBody(framing, guarded(sink), ~0ULL);
  } else {
    readBody(
        framing, [&](std::string_view bytes) { response.body += bytes; }, limit);
  }
  reused = true;
  if (!keep) disconnect();
  return response;
}

Client::Client(ClientOptions options) : state_(std::make_unique<State>(std::move(options))) {
  struct sigaction current = {};
  ::sigaction(SIGPIPE, nullptr, &current);
  if (current.sa_handler == SIG_DFL) ::signal(SIGPIPE, SIG_IGN);
}

Client::~Client() = default;

ClientResponse Client::send(const ClientRequest& request, const Sink& sink,
                            std::uint64_t bodyLimit) {
  std::string failure;
  try {
    return state_->receive(request, sink, bodyLimit);
  } catch (const SinkFailed& failed) {
    state_->disconnect();
    std::rethrow_exception(failed.cause);
  } catch (const ConnectionBroken& error) {
    failure = error.what();
  } catch (const BadRequest& error) {
    failure = error.what();
  } catch (const BodyTooLarge& error) {
    failure = error.what();
  } catch (...) {
    state_->disconnect();
    throw;
  }
  state_->disconnect();
  throw TransportError(request.method + " " + state_->server.hostHeader + ": " + failure);
}

std::optional<std::string> ClientResponse::header(std::string_view name) const {
  const std::string* value = findHeader(headers, name);
  return value ? std::optional(*value) : std::nullopt;
}

}  // namespace base::http
