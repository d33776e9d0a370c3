#include "base/http/channel.h"

#include <openssl/err.h>
#include <poll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace base::http {

namespace {

/// Below this pace over a whole request or answer the other side is holding us up on purpose.
constexpr std::uint64_t kLeastBytesPerSecond = 256;

[[noreturn]] void failErrno(const char* doing) {
  throw ConnectionBroken(std::string(doing) + ": " + std::generic_category().message(errno));
}

bool wouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK; }

/// Tells the observer for as long as it lives.
class WaitScope {
 public:
  explicit WaitScope(WaitObserver* observer) : observer_(observer) {
    if (observer_) observer_->beginWait();
  }
  ~WaitScope() {
    if (observer_) observer_->endWait();
  }
  WaitScope(const WaitScope&) = delete;
  WaitScope& operator=(const WaitScope&) = delete;

 private:
  WaitObserver* observer_;
};

}  // namespace

Channel::Channel(Fd socket, TlsSession tls, std::chrono::milliseconds timeout,
                 WaitObserver* observer)
    : socket_(std::move(socket)),
      tls_(std::move(tls)),
      timeout_(timeout),
      observer_(observer),
      paceStart_(std::chrono::steady_clock::now()) {}

Channel::~Channel() {
  if (tls_ && SSL_is_init_finished(tls_.get())) SSL_shutdown(tls_.get());
  ERR_clear_error();
}

Channel::Got Channel::tryRead(char* target, std::size_t size) {
  if (tls_) return tryReadTls(target, size);
  while (true) {
    const ssize_t got = ::recv(socket_.get(), target, size, 0);
    if (got > 0) {
      bytesRead_ += static_cast<std::size_t>(got);
      return {Outcome::Bytes, static_cast<std::size_t>(got)};
    }
    if (got == 0) return {Outcome::End};
    if (wouldBlock()) return {Outcome::WantRead};
    if (errno != EINTR) failErrno("receive");
  }
}

Channel::Got Channel::tryReadTls(char* target, std::size_t size) {
  ERR_clear_error();
  std::size_t got = 0;
  const int result = SSL_read_ex(tls_.get(), target, size, &got);
  if (result != 1) return tlsOutcome(result);
  bytesRead_ += got;
  return {Outcome::Bytes, got};
}

Channel::Got Channel::tlsOutcome(int result) {
  switch (SSL_get_error(tls_.get(), result)) {
    case SSL_ERROR_ZERO_RETURN:
      return {Outcome::End};
    case SSL_ERROR_WANT_READ:
      return {Outcome::WantRead};
    case SSL_ERROR_WANT_WRITE:
      return {Outcome::WantWrite};
    default:
      // NOTE: an end without close_notify lands here too, so that nobody cuts a message short.
      const long verified = SSL_get_verify_result(tls_.get());
      throw ConnectionBroken(
          "TLS: " + (verified == X509_V_OK ? tlsError() : X509_verify_cert_error_string(verified)));
  }
}

std::size_t Channel::read(char* target, std::size_t size) {
  while (true) {
    const Got got = tryRead(target, size);
    if (got.outcome == Outcome::End) return 0;
    if (got.outcome == Outcome::Bytes) {
      paceBytes_ += got.size;
      return got.size;
    }
    checkPace();
    waitFor(got.outcome);
  }
}

Channel::Got Channel::tryWrite(std::string_view first, std::string_view second) {
  if (tls_) return tryWriteTls(first.empty() ? second : first);
  std::array<iovec, 2> parts{iovec{const_cast<char*>(first.data()), first.size()},
                             iovec{const_cast<char*>(second.data()), second.size()}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  while (true) {
    const ssize_t sent = ::sendmsg(socket_.get(), &message, MSG_NOSIGNAL);
    if (sent >= 0) return {Outcome::Bytes, static_cast<std::size_t>(sent)};
    if (wouldBlock()) return {Outcome::WantWrite};
    if (errno != EINTR) failErrno("send");
  }
}

Channel::Got Channel::tryWriteTls(std::string_view bytes) {
  ERR_clear_error();
  std::size_t sent = 0;
  const int result = SSL_write_ex(tls_.get(), bytes.data(), bytes.size(), &sent);
  if (result != 1) return tlsOutcome(result);
  return {Outcome::Bytes, sent};
}

void Channel::write(std::string_view bytes) { write(bytes, {}); }

void Channel::write(std::string_view first, std::string_view second) {
  while (!first.empty() || !second.empty()) {
    const Got sent = tryWrite(first, second);
    if (sent.outcome == Outcome::End) throw ConnectionBroken("the other side closed");
    if (sent.outcome != Outcome::Bytes) {
      checkPace();
      waitFor(sent.outcome);
      continue;
    }
    bytesWritten_ += sent.size;
    paceBytes_ += sent.size;
    const std::size_t ofFirst = std::min(sent.size, first.size());
    first.remove_prefix(ofFirst);
    second.remove_prefix(sent.size - ofFirst);
  }
}

void Channel::sendFile(int file, std::uint64_t offset, std::uint64_t count) {
  if (tls_) return sendPieces(file, offset, count);
  auto position = static_cast<off_t>(offset);
  while (count > 0) {
    const std::size_t piece = static_cast<std::size_t>(std::min<std::uint64_t>(count, 1U << 20));
    const ssize_t sent = ::sendfile(socket_.get(), file, &position, piece);
    if (sent < 0 && wouldBlock()) {
      checkPace();
      waitFor(Outcome::WantWrite);
    } else if (sent < 0 && errno != EINTR) {
      failErrno("send a file");
    } else if (sent == 0) {
      throw ConnectionBroken("the file became shorter");
    } else if (sent > 0) {
      count -= static_cast<std::uint64_t>(sent);
      bytesWritten_ += static_cast<std::uint64_t>(sent);
      paceBytes_ += static_cast<std::uint64_t>(sent);
    }
  }
}

void Channel::sendPieces(int file, std::uint64_t offset, std::uint64_t count) {
  std::vector<char> piece(64 * 1024);
  while (count > 0) {
    const std::size_t wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(count, piece.size()));
    const ssize_t got = ::pread(file, piece.data(), wanted, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw ConnectionBroken("the file cannot be read to its end");
    write({piece.data(), static_cast<std::size_t>(got)});
    offset += static_cast<std::uint64_t>(got);
    count -= static_cast<std::uint64_t>(got);
  }
}

bool Channel::hasBuffered() const { return tls_ && SSL_has_pending(tls_.get()) == 1; }

void Channel::restartPace() {
  paceStart_ = std::chrono::steady_clock::now();
  paceBytes_ = 0;
}

void Channel::checkPace() const {
  const auto passed = std::chrono::steady_clock::now() - paceStart_;
  if (passed < timeout_) return;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(passed).count();
  if (paceBytes_ < static_cast<std::uint64_t>(seconds) * kLeastBytesPerSecond) {
    throw PeerTooSlow("the other side is too slow");
  }
}

void Channel::waitFor(Outcome wanted) {
  const WaitScope scope(observer_);
  pollfd entry{socket_.get(), static_cast<short>(wanted == Outcome::WantWrite ? POLLOUT : POLLIN),
               0};
  const auto end = std::chrono::steady_clock::now() + timeout_;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    const int ready = ::poll(&entry, 1, std::max<int>(0, static_cast<int>(left.count())));
    if (ready > 0) return;
    if (ready == 0) throw PeerTooSlow("the other side is silent");
    if (errno != EINTR) failErrno("wait");
  }
}

void Channel::finishWriting() {
  if (tls_ && SSL_is_init_finished(tls_.get())) SSL_shutdown(tls_.get());
  ::shutdown(socket_.get(), SHUT_WR);
}

}  // namespace base::http
