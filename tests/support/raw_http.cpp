#include "tests/support/raw_http.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cstdlib>

#include "base/text.h"

namespace tests {

namespace {

constexpr int kPatienceMilliseconds = 20'000;

}  // namespace

RawConnection::RawConnection(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
    ADD_FAILURE() << "cannot connect to port " << port;
  }
}

bool RawConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawConnection::finishSending() { ::shutdown(socket_.get(), SHUT_WR); }

bool RawConnection::fill() {
  pollfd entry{socket_.get(), POLLIN, 0};
  if (::poll(&entry, 1, kPatienceMilliseconds) <= 0) return false;
  std::array<char, 16 * 1024> piece;
  const ssize_t got = ::recv(socket_.get(), piece.data(), piece.size(), 0);
  if (got <= 0) return false;
  buffer_.append(piece.data(), static_cast<std::size_t>(got));
  return true;
}

std::string RawConnection::take(std::size_t size) {
  while (buffer_.size() < size && fill()) {
  }
  std::string text = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return text;
}

bool RawConnection::until(std::string_view mark, std::string& text) {
  std::size_t at = 0;
  while ((at = buffer_.find(mark)) == std::string::npos) {
    if (!fill()) return false;
  }
  text = buffer_.substr(0, at);
  buffer_.erase(0, at + mark.size());
  return true;
}

RawAnswer RawConnection::receive(bool headOnly) {
  RawAnswer answer;
  std::string head;
  if (!until("\r\n\r\n", head)) return answer;
  answer.status = head.size() > 12 ? std::atoi(head.c_str() + 9) : 0;
  head += "\r\n";
  for (std::size_t at = head.find("\r\n") + 2; at < head.size();) {
    const std::size_t end = head.find("\r\n", at);
    const std::size_t colon = head.find(": ", at);
    answer.headers[base::lowerAscii(head.substr(at, colon - at))] =
        head.substr(colon + 2, end - colon - 2);
    at = end + 2;
  }
  answer.whole = true;
  if (headOnly || answer.status < 200 || answer.status == 204 || answer.status == 304) {
    return answer;
  }
  if (answer.headers.count("content-length") != 0) {
    const auto length = std::stoull(answer.headers["content-length"]);
    answer.body = take(length);
    answer.whole = answer.body.size() == length;
  } else if (answer.headers.count("transfer-encoding") != 0) {
    std::string size;
    do {
      answer.whole = until("\r\n", size);
      const auto length = std::strtoull(size.c_str(), nullptr, 16);
      const std::string chunk = take(length + 2);
      answer.whole = answer.whole && chunk.size() == length + 2;
      answer.body += chunk.substr(0, length);
      if (length == 0) break;
    } while (answer.whole);
  } else {
    while (fill()) {
    }
    answer.body.swap(buffer_);
  }
  return answer;
}

bool RawConnection::isClosed(std::chrono::milliseconds within) {
  std::array<char, 4096> piece;
  while (true) {
    pollfd entry{socket_.get(), POLLIN, 0};
    if (::poll(&entry, 1, static_cast<int>(within.count())) <= 0) return false;
    if (::recv(socket_.get(), piece.data(), piece.size(), 0) <= 0) return true;
  }
}

std::string RawConnection::receiveUntil(std::string_view mark) {
  std::string text;
  until(mark, text);
  return text;
}

bool RawConnection::hasBytes(std::chrono::milliseconds within) {
  pollfd entry{socket_.get(), POLLIN, 0};
  return !buffer_.empty() || ::poll(&entry, 1, static_cast<int>(within.count())) > 0;
}

RawAnswer ask(std::uint16_t port, std::string_view bytes) {
  RawConnection connection(port);
  connection.send(bytes);
  return connection.receive();
}

RawServer::RawServer(std::vector<Script> scripts)
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_.get(), 8) != 0 ||
      ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    ADD_FAILURE() << "cannot listen";
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this, all = std::move(scripts)] {
    for (const Script& script : all) {
      RawConnection connection(base::Fd(::accept(listener_.get(), nullptr, nullptr)));
      if (connection.socket() < 0) return;
      script(connection);
    }
  });
}

RawServer::~RawServer() {
  ::shutdown(listener_.get(), SHUT_RDWR);
  thread_.join();
}

}  // namespace tests
