// A real mail server (OpenSMTPD) on loopback for a test: takes mail for every address and delivers
// it into a Maildir. Refuses refused@* for good. Gone with the object.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace tests {

class MailServer {
 public:
  /// Returns when it answers. Throws std::runtime_error with what it said.
  MailServer();
  ~MailServer();
  MailServer(const MailServer&) = delete;
  MailServer& operator=(const MailServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// The whole text of every mail that has been delivered, in no order.
  [[nodiscard]] std::vector<std::string> mails() const;
  /// Waits until `count` mails are there (30 s at the most) and returns them all.
  [[nodiscard]] std::vector<std::string> waitFor(std::size_t count) const;
  /// Stopped, it refuses connections; started again, it has what it had.
  void stop();
  void start();

 private:
  TemporaryFolder folder_;
  std::uint16_t port_ = 0;
  pid_t process_ = 0;
};

/// A port of 127.0.0.1 that was free a moment ago.
[[nodiscard]] std::uint16_t freePort();

}  // namespace tests
