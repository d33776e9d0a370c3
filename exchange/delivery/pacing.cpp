#include "exchange/delivery/pacing.h"

#include <algorithm>

namespace exchange::delivery {

std::chrono::milliseconds backOff(int attempt, std::chrono::milliseconds first,
                                  std::chrono::milliseconds longest, double chance) {
  std::chrono::milliseconds wait = first;
  for (int i = 1; i < attempt && wait < longest; ++i) {
    wait *= 2;
  }
  wait = std::min(wait, longest);
  const auto fifth = static_cast<double>(wait.count()) / 5;
  return wait + std::chrono::milliseconds(static_cast<std::int64_t>(fifth * (2 * chance - 1)));
}

Pacing::Pacing(Options options)
    : options_(options), window_(std::min(options.start, options.most)) {}

bool Pacing::begin(base::Instant now) {
  const std::lock_guard lock(mutex_);
  const std::size_t allowed = silences_ > 0 ? 1 : window_;
  if (busy_ >= allowed || now < pausedUntil_) {
    return false;
  }
  ++busy_;
  return true;
}

bool Pacing::answered() {
  const std::lock_guard lock(mutex_);
  const bool wasAway = silences_ > 0;
  --busy_;
  silences_ = 0;
  pausedUntil_ = {};
  window_ =
      wasAway ? std::min(options_.start, options_.most) : std::min(window_ + 1, options_.most);
  return wasAway;
}

void Pacing::silent(base::Instant now, double chance) {
  const std::lock_guard lock(mutex_);
  --busy_;
  // Several that were under way when the axis went away are one silence.
  if (now >= pausedUntil_) {
    ++silences_;
    pausedUntil_ = now + backOff(silences_, options_.firstPause, options_.longestPause, chance);
  }
}

void Pacing::withdraw() {
  const std::lock_guard lock(mutex_);
  --busy_;
}

bool Pacing::away() const {
  const std::lock_guard lock(mutex_);
  return silences_ > 0;
}

base::Instant Pacing::pausedUntil() const {
  const std::lock_guard lock(mutex_);
  return pausedUntil_;
}

}  // namespace exchange::delivery
