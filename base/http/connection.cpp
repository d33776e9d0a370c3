#include "base/http/connection.h"

#include <sys/socket.h>

#include <array>
#include <cstring>

#include "base/crypto/digest.h"
#include "base/failure.h"
#include "base/log.h"
#include "base/text.h"

namespace base::http {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::int64_t kAwake = -1;    ///< A worker has it.
constexpr std::int64_t kExpired = -2;  ///< Its time ran out while it waited.
constexpr std::chrono::seconds kDrain{5};
/// A body that nobody wanted is read away up to this size, to keep the connection.
constexpr std::uint64_t kReadAway = 64 * 1024;
constexpr const char* kOddException = "something that is no std::exception";
constexpr int kBrokenOff = 499;  ///< In the log: the client left before its answer.

std::int64_t ticks(SteadyClock::time_point time) { return time.time_since_epoch().count(); }

bool isRequestId(std::string_view text) {
  return text.size() >= 8 && text.size() <= 64 &&
         text.find_first_not_of(
             "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.") ==
             std::string_view::npos;
}

std::string allowHeader(const std::vector<Method>& methods) {
  std::string text;
  for (const Method method : methods) text.append(text.empty() ? "" : ", ").append(name(method));
  return text;
}

}  // namespace

/// One request and its answer.
struct Connection::Exchange {
  ReceivedRequest request;
  std::string_view method = "other";  ///< For the log: never what the client made up.
  const Route* route = nullptr;
  std::vector<Method> allowed = {};
  Response response = {};
  bool keepAlive = false;
  bool understood = false;
  int status = kBrokenOff;
  SteadyClock::time_point begun = SteadyClock::now();
  std::uint64_t headBytes = 0;
};

Connection::Connection(ServerShared& shared, Fd socket, TlsSession tls, std::string peer,
                       WaitObserver* observer)
    : shared_(shared),
      channel_(std::move(socket), std::move(tls), shared.options.timeout, observer),
      input_(channel_),
      peer_(std::move(peer)),
      waitingUntil_(kAwake),
      idleSince_(ticks(SteadyClock::now())) {
  setDeadline(shared.options.timeout);
  shared_.meters.connections(1);
}

Connection::~Connection() { shared_.meters.connections(-1); }

Connection::Next Connection::proceed() {
  try {
    return advance();
  } catch (const ConnectionBroken&) {
    return Next::Close;  // Its request, if there was one, is in the log already.
  } catch (const std::exception& error) {
    log::error("http.connection_failed", {{"what", error.what()}});
    return Next::Close;
  } catch (...) {
    log::error("http.connection_failed", {{"what", kOddException}});
    return Next::Close;
  }
}

Connection::Next Connection::advance() {
  while (!closing_) {
    if (phase_ == Phase::Draining) return drain();
    while (input_.buffer.compare(0, 2, "\r\n") == 0) input_.buffer.erase(0, 2);
    const std::size_t length = headLength(input_.buffer, searched_);
    if (std::min(length, input_.buffer.size()) > shared_.options.headerLimit) {
      answerNoHead(Fault::HeadersTooLarge);
    } else if (length != std::string::npos) {
      answerHead(length);
    } else if (expired_) {
      if (input_.buffer.empty()) return Next::Close;
      answerNoHead(Fault::Timeout);
    } else {
      searched_ = input_.buffer.size();
      const Channel::Outcome outcome = fill();
      if (outcome == Channel::Outcome::End) return Next::Close;
      if (outcome == Channel::Outcome::WantRead) return Next::WaitToRead;
      if (outcome == Channel::Outcome::WantWrite) return Next::WaitToWrite;
    }
  }
  return Next::Close;
}

Channel::Outcome Connection::fill() {
  thread_local std::array<char, 16 * 1024> piece;
  const Channel::Got got = channel_.tryRead(piece.data(), piece.size());
  if (got.outcome != Channel::Outcome::Bytes) return got.outcome;
  if (input_.buffer.empty()) {  // The head's time begins with its first byte.
    if (phase_ == Phase::Idle) setDeadline(shared_.options.timeout);
    phase_ = Phase::Head;
    idleSince_ = 0;
  }
  input_.buffer.append(piece.data(), got.size);
  return got.outcome;
}

/// Reads what is still coming and throws it away: closing at once would destroy the answer on its
/// way to a client that is still sending.
Connection::Next Connection::drain() {
  std::array<char, 16 * 1024> piece;
  while (!expired_ && SteadyClock::now() < due_) {
    switch (channel_.tryRead(piece.data(), piece.size()).outcome) {
      case Channel::Outcome::Bytes:
        continue;
      case Channel::Outcome::End:
        return Next::Close;
      case Channel::Outcome::WantRead:
        return Next::WaitToRead;
      case Channel::Outcome::WantWrite:
        return Next::WaitToWrite;
    }
  }
  return Next::Close;
}

void Connection::answerHead(std::size_t length) {
  Exchange exchange;
  exchange.headBytes = length;
  converse(exchange, [&] {
    understand(exchange, length);
    if (exchange.understood) route(exchange);
  });
}

void Connection::answerNoHead(Fault kind) {
  Exchange exchange;
  exchange.headBytes = input_.buffer.size();
  converse(exchange, [&] {
    identify(exchange.request);
    fault(exchange, kind);
  });
}

/// Makes the answer and sends it, with everything that is around a request.
void Connection::converse(Exchange& exchange, const std::function<void()>& make) {
  const Meters::InFlight inFlight(shared_.meters);
  const std::uint64_t read = channel_.bytesRead();
  const std::uint64_t written = channel_.bytesWritten();
  const auto count = [&] {
    shared_.meters.finished(
        {exchange.route, exchange.method, exchange.status, SteadyClock::now() - exchange.begun,
         exchange.headBytes + channel_.bytesRead() - read, channel_.bytesWritten() - written});
  };
  try {
    make();
    const log::RequestScope scope(exchange.request.requestId);
    send(exchange);
    count();
  } catch (const ConnectionBroken&) {
    const log::RequestScope scope(exchange.request.requestId);
    count();
    throw;
  }
  finish(exchange);
}

void Connection::understand(Exchange& exchange, std::size_t length) {
  RequestHead head;
  bool parsed = true;
  try {
    head = parseRequestHead(std::string_view(input_.buffer).substr(0, length));
  } catch (const BadRequest&) {
    parsed = false;
  }
  input_.buffer.erase(0, length);
  searched_ = 0;
  try {
    if (parsed) exchange.request.understand(std::move(head));
    exchange.understood = parsed;
  } catch (const BadRequest&) {
    exchange.understood = false;
  }
  exchange.method = exchange.request.methodKnown() ? name(exchange.request.method) : "other";
  identify(exchange.request);
  if (!exchange.understood) return fault(exchange, Fault::BadRequest);
  const RequestHead& understood = exchange.request.head();
  exchange.keepAlive =
      !shared_.stopping &&
      (understood.minorVersion == 1 ? !hasToken(understood.headers, "Connection", "close")
                                    : hasToken(understood.headers, "Connection", "keep-alive"));
}

/// Who asks, over what, and under which id.
void Connection::identify(ReceivedRequest& request) const {
  const Headers& headers = request.head().headers;
  request.clientAddress = shared_.proxies.client(peer_, headers);
  request.secure = channel_.secure();
  const bool trusted = shared_.proxies.trusts(peer_);
  const std::string* scheme = trusted ? findHeader(headers, "X-Forwarded-Proto") : nullptr;
  if (scheme) request.secure = sameName(*scheme, "https");
  const std::string* id = trusted ? findHeader(headers, "X-Request-Id") : nullptr;
  request.requestId = id && isRequestId(*id) ? *id : newRequestId();
}

void Connection::route(Exchange& exchange) {
  ReceivedRequest& request = exchange.request;
  const auto method = request.methodKnown() ? std::optional(request.method) : std::nullopt;
  Router::Match match = shared_.router.find(method, request.path);
  exchange.route = match.route;
  exchange.allowed = std::move(match.allowed);
  request.pathParams = std::move(match.params);
  request.attach(input_, match.route ? match.route->bodyLimit : kReadAway, [this, &request] {
    channel_.restartPace();
    if (request.wantsContinue()) channel_.write("HTTP/1.1 100 Continue\r\n\r\n");
  });
  if (!match.route) {
    return fault(exchange, exchange.allowed.empty() ? Fault::NotFound : Fault::MethodNotAllowed);
  }
  if (request.contentLength().value_or(0) > match.route->bodyLimit) {
    return fault(exchange, Fault::TooLarge);
  }
  run(exchange);
}

void Connection::run(Exchange& exchange) {
  const log::RequestScope scope(exchange.request.requestId);
  try {
    exchange.response = shared_.dispatcher.dispatch(*exchange.route, exchange.request);
  } catch (const BodyTooLarge&) {
    fault(exchange, Fault::TooLarge);
  } catch (const BadRequest&) {
    fault(exchange, Fault::BadRequest);
  } catch (const NotFound&) {
    fault(exchange, Fault::NotFound);
  } catch (const PeerTooSlow&) {
    fault(exchange, Fault::Timeout);
  } catch (const ConnectionBroken&) {
    throw;
  } catch (const std::exception& error) {
    failed(exchange, error);
  } catch (...) {
    failed(exchange, std::runtime_error(kOddException));
  }
}

void Connection::failed(Exchange& exchange, const std::exception& error) {
  const bool passes = dynamic_cast<const Unavailable*>(&error) != nullptr;
  log::error(passes ? "http.unavailable" : "http.failed",
             {{"route", exchange.route ? exchange.route->name : std::string("none")},
              {"what", error.what()}});
  fault(exchange, passes ? Fault::Unavailable : Fault::Internal);
}

void Connection::fault(Exchange& exchange, Fault kind) {
  exchange.response = shared_.dispatcher.fault(kind, exchange.request);
  if (kind == Fault::MethodNotAllowed) {
    exchange.response.set("Allow", allowHeader(exchange.allowed));
  }
  if (kind == Fault::Unavailable && !exchange.response.header("Retry-After")) {
    exchange.response.set("Retry-After", "5");
  }
}

/// True when the next request of this connection begins behind what was read.
bool Connection::settleBody(Exchange& exchange) {
  const BodyBuffer* body = exchange.request.bodyBuffer();
  if (!exchange.understood || !body) return false;
  if (body->finished()) return true;
  const bool comes = body->started() || !exchange.request.wantsContinue();
  if (body->left() == 0 || body->left() > kReadAway || !comes) return false;
  try {
    std::istream& in = exchange.request.body();
    in.clear();
    in.ignore(static_cast<std::streamsize>(kReadAway) + 1);
  } catch (const PeerTooSlow&) {
    return false;
  } catch (const BodyTooLarge&) {
    return false;
  } catch (const BadRequest&) {
    return false;
  }
  return body->finished();
}

void Connection::send(Exchange& exchange) {
  const bool settled = settleBody(exchange);
  AnswerTerms terms = termsOf(exchange.request.head(), exchange.keepAlive && settled);
  terms.requestId = exchange.request.requestId;
  const auto write = [&] {
    const Sent sent = writeAnswer(channel_, exchange.response, terms, shared_.clock);
    exchange.status = sent.status;
    exchange.keepAlive = sent.keepAlive;
  };
  const std::uint64_t before = channel_.bytesWritten();
  try {
    write();
  } catch (const ConnectionBroken&) {
    throw;
  } catch (const NothingSent& wrapper) {
    try {
      std::rethrow_if_nested(wrapper);
    } catch (const std::exception& error) {
      failed(exchange, error);
    } catch (...) {
      failed(exchange, std::runtime_error(kOddException));
    }
    write();
  } catch (const std::exception& error) {
    failed(exchange, error);
    if (channel_.bytesWritten() != before) throw ConnectionBroken("the answer broke off");
    write();
  }
  if (!settled) phase_ = Phase::Draining;
}

/// What comes behind an answer: the next request, the rest of an unwanted body, or the end.
void Connection::finish(Exchange& exchange) {
  if (phase_ == Phase::Draining) {
    channel_.finishWriting();
    setDeadline(kDrain);
  } else if (!exchange.keepAlive) {
    closing_ = true;
  } else {
    const bool begun = !input_.buffer.empty();  // The next head, sent without waiting.
    phase_ = begun ? Phase::Head : Phase::Idle;
    setDeadline(begun ? shared_.options.timeout : shared_.options.keepAlive);
    idleSince_ = begun ? 0 : ticks(SteadyClock::now());
  }
}

bool Connection::refuse() {
  if (channel_.secure()) return false;  // A handshake first would cost what we do not have.
  Exchange exchange;
  try {
    identify(exchange.request);
    fault(exchange, Fault::Unavailable);
    send(exchange);
    finish(exchange);
    return true;
  } catch (const ConnectionBroken&) {
    return false;
  }
}

void Connection::park() { waitingUntil_ = ticks(due_); }

void Connection::wake() {
  if (waitingUntil_.exchange(kAwake) == kExpired) expired_ = true;
}

void Connection::expire(SteadyClock::time_point now) {
  std::int64_t until = waitingUntil_;
  if (until < 0 || ticks(now) < until) return;
  if (waitingUntil_.compare_exchange_strong(until, kExpired)) {
    ::shutdown(channel_.socket(), SHUT_RD);
  }
}

SteadyClock::duration Connection::idleFor(SteadyClock::time_point now) const {
  const std::int64_t since = idleSince_;
  return SteadyClock::duration(since == 0 ? 0 : ticks(now) - since);
}

void Connection::abort() { ::shutdown(channel_.socket(), SHUT_RDWR); }

void Connection::setDeadline(std::chrono::milliseconds after) { due_ = SteadyClock::now() + after; }

std::string newRequestId() {
  thread_local const std::string start = randomBytes(8);
  thread_local std::uint64_t count = 0;
  std::uint64_t id = 0;
  std::memcpy(&id, start.data(), sizeof(id));
  id ^= (++count) * 0x9e3779b97f4a7c15ULL;  // Spread, so that ids of one thread look unlike.
  return lowerHex({reinterpret_cast<const char*>(&id), sizeof(id)});
}

}  // namespace base::http
