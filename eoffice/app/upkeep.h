// What a process does every hour beside its work: takes away what is over. One thread; jobs run one
// after the other, and one that fails is logged and runs again the next time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace eoffice::app {

class Upkeep {
 public:
  struct Job {
    std::string name;  ///< For the log.
    std::function<void()> run;
  };

  explicit Upkeep(std::vector<Job> jobs, std::chrono::milliseconds every = std::chrono::hours(1))
      : jobs_(std::move(jobs)), every_(every) {}
  ~Upkeep() { stop(); }
  Upkeep(const Upkeep&) = delete;
  Upkeep& operator=(const Upkeep&) = delete;

  /// The first round begins at once.
  void start();
  /// After the job in hand.
  void stop();

 private:
  void run();
  void round();

  const std::vector<Job> jobs_;
  const std::chrono::milliseconds every_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace eoffice::app
