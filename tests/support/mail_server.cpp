#include "tests/support/mail_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>

extern char** environ;

namespace tests {
namespace {

constexpr int kPatienceMs = 30000;

/// Reads what the script says until it is ready, or ends.
bool saysReady(int pipe, std::string& said) {
  std::array<char, 512> buffer{};
  pollfd waiting{pipe, POLLIN, 0};
  while (said.find("smtp server ready") == std::string::npos) {
    if (poll(&waiting, 1, kPatienceMs) <= 0) return false;
    const auto count = read(pipe, buffer.data(), buffer.size());
    if (count <= 0) return false;
    said.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

std::uint16_t freePort() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(probe, generic, length) != 0 || getsockname(probe, generic, &length) != 0) {
    close(probe);
    throw std::runtime_error("no free port on 127.0.0.1");
  }
  close(probe);
  return ntohs(address.sin_port);
}

MailServer::MailServer() : port_(freePort()) { start(); }

MailServer::~MailServer() { stop(); }

void MailServer::start() {
  if (process_ != 0) return;
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  std::string script = EOFFICE_SOURCE_DIR "/tests/support/smtp_server.sh";
  std::string port = std::to_string(port_);
  std::string maildir = (folder_.path() / "maildir").string();
  std::array<char*, 4> arguments{script.data(), port.data(), maildir.data(), nullptr};
  const int failed =
      posix_spawn(&process_, script.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string said;
  const bool ready = failed == 0 && saysReady(ends[0], said);
  close(ends[0]);
  if (ready) return;
  stop();
  throw std::runtime_error("the mail server did not start: " + said);
}

void MailServer::stop() {
  if (process_ <= 0) return;
  kill(process_, SIGTERM);
  waitpid(process_, nullptr, 0);
  process_ = 0;
}

std::vector<std::string> MailServer::mails() const {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "maildir/new")) {
    std::ifstream stream(entry.path(), std::ios::binary);
    found.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return found;
}

std::vector<std::string> MailServer::waitFor(std::size_t count) const {
  // NOTE: delivery is another process's work; there is nothing to wait on but its result.
  for (int waited = 0; waited < kPatienceMs; waited += 20) {
    auto found = mails();
    if (found.size() >= count) return found;
    poll(nullptr, 0, 20);
  }
  return mails();
}

}  // namespace tests
