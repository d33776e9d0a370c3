#include "eoffice/app/upkeep.h"

#include "base/log.h"

namespace eoffice::app {

void Upkeep::start() {
  if (thread_.joinable()) return;
  stopping_ = false;
  thread_ = std::thread([this] { run(); });
}

void Upkeep::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Upkeep::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    round();
    lock.lock();
    changed_.wait_for(lock, every_, [this] { return stopping_; });
  }
}

void Upkeep::round() {
  for (const auto& job : jobs_) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    try {
      job.run();
    } catch (const std::exception& error) {
      base::log::error("upkeep.failed", {{"job", job.name}, {"what", error.what()}});
    }
  }
}

}  // namespace eoffice::app
