// How fast the axis is spoken to, and when a message is tried again. Postfix's discipline: few at
// once, more while it answers; when it does not, everything waits and one at a time asks again.
// Holds no rows and starts no threads. Safe from any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>

#include "base/time.h"

namespace exchange::delivery {

/// first · 2^(attempt-1), at most `longest`, moved by up to a fifth in either direction by `chance`
/// (0..1), so that messages that failed together do not come back together. `attempt` from 1.
[[nodiscard]] std::chrono::milliseconds backOff(int attempt, std::chrono::milliseconds first,
                                                std::chrono::milliseconds longest, double chance);

class Pacing {
 public:
  struct Options {
    std::size_t start = 2;  ///< At once, at first.
    std::size_t most = 4;
    std::chrono::milliseconds firstPause{1000};
    std::chrono::milliseconds longestPause{60'000};
  };
  explicit Pacing(Options options);

  /// True when one more may be tried now; then exactly one of the three below must follow.
  [[nodiscard]] bool begin(base::Instant now);
  /// The axis answered. True when it had been away: what waits for it can be hastened.
  bool answered();
  /// Nothing came back.
  void silent(base::Instant now, double chance);
  /// Nothing was tried after all.
  void withdraw();

  [[nodiscard]] bool away() const;
  [[nodiscard]] base::Instant pausedUntil() const;

 private:
  const Options options_;
  mutable std::mutex mutex_;
  std::size_t window_;
  std::size_t busy_ = 0;
  int silences_ = 0;
  base::Instant pausedUntil_{};
};

}  // namespace exchange::delivery
