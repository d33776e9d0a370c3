#include "base/clock.h"

#include <fstream>
#include <mutex>

namespace base {

Instant SystemClock::now() const {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

struct RehearsalClock::State {
  std::filesystem::path file;
  SystemClock system;
  std::mutex mutex;
  Instant lookAgain{};
  std::chrono::seconds offset{};
};

RehearsalClock::RehearsalClock(std::filesystem::path offsetFile)
    : state_(std::make_unique<State>()) {
  state_->file = std::move(offsetFile);
}

RehearsalClock::~RehearsalClock() = default;

Instant RehearsalClock::now() const {
  const auto real = state_->system.now();
  const std::lock_guard lock(state_->mutex);
  constexpr std::chrono::milliseconds kPause{250};
  // The second condition: the system's clock was set back.
  if (real >= state_->lookAgain || real + kPause < state_->lookAgain) {
    std::ifstream in(state_->file);
    long long seconds = 0;
    state_->offset = std::chrono::seconds{in >> seconds ? seconds : 0};
    state_->lookAgain = real + kPause;
  }
  return real + state_->offset;
}

}  // namespace base
