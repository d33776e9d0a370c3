// Stands between a client and a database server on Unix sockets and breaks the connection once a
// word has gone through to the server, before the answer comes back. One client at a time.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

#include "tests/support/temporary_folder.h"

namespace tests {

class CuttingProxy {
 public:
  /// `server`: `unix:///path`.
  explicit CuttingProxy(const std::string& server);
  ~CuttingProxy();

  [[nodiscard]] std::string url() const;
  void cutAfter(std::string word);

 private:
  void serve();
  void relay(int client, int server);

  TemporaryFolder folder_;
  std::filesystem::path server_;
  int listener_ = -1;
  std::mutex mutex_;
  std::string word_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace tests
