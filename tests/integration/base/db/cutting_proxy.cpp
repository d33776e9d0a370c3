#include "tests/integration/base/db/cutting_proxy.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace tests {
namespace {

sockaddr_un addressOf(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
  return address;
}

const sockaddr* generic(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

}  // namespace

CuttingProxy::CuttingProxy(const std::string& server) : server_(server.substr(7)) {
  listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = addressOf(folder_.path() / "proxy.sock");
  if (bind(listener_, generic(address), sizeof(address)) != 0 || listen(listener_, 4) != 0) {
    throw std::runtime_error("the proxy cannot listen");
  }
  thread_ = std::thread([this] { serve(); });
}

CuttingProxy::~CuttingProxy() {
  stopping_ = true;
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

std::string CuttingProxy::url() const {
  return "unix://" + (folder_.path() / "proxy.sock").string();
}

void CuttingProxy::cutAfter(std::string word) {
  const std::lock_guard lock(mutex_);
  word_ = std::move(word);
}

void CuttingProxy::serve() {
  while (!stopping_) {
    const int client = accept(listener_, nullptr, nullptr);
    if (client < 0) return;
    const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = addressOf(server_);
    if (connect(server, generic(address), sizeof(address)) == 0) relay(client, server);
    close(server);
    close(client);
  }
}

void CuttingProxy::relay(int client, int server) {
  std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
  std::array<char, 65536> buffer{};
  while (!stopping_ && poll(ends.data(), ends.size(), 20) >= 0) {
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].revents == 0) continue;
      const auto count = read(ends[i].fd, buffer.data(), buffer.size());
      if (count <= 0) return;
      const std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
      if (write(ends[1 - i].fd, bytes.data(), bytes.size()) != count) return;
      const std::lock_guard lock(mutex_);
      if (i == 0 && !word_.empty() && bytes.find(word_) != std::string_view::npos) {
        poll(&ends[1], 1, 5000);  // the server has answered: what it was asked is done
        return;
      }
    }
  }
}

}  // namespace tests
