// A clock that stands still until a test moves it. Safe from any thread.
#pragma once

#include <atomic>
#include <chrono>

#include "base/clock.h"

namespace tests {

class ManualClock : public base::Clock {
 public:
  explicit ManualClock(base::Instant start) : now_(start.time_since_epoch().count()) {}
  /// Local midnight of `date` and `sinceMidnight` after it.
  explicit ManualClock(base::LocalDate date, std::chrono::microseconds sinceMidnight = {})
      : ManualClock(base::toInstant(date, sinceMidnight)) {}

  [[nodiscard]] base::Instant now() const override {
    return base::Instant{std::chrono::microseconds{now_.load()}};
  }
  void set(base::Instant instant) { now_ = instant.time_since_epoch().count(); }
  void advance(std::chrono::microseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace tests
