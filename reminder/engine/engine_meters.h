// What the engine counts for /metrics; the list stands in docs/metrics.md.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>

#include "base/metrics.h"
#include "reminder/engine/firing_round.h"

namespace reminder {

class EngineMeters {
 public:
  explicit EngineMeters(base::Metrics& metrics);
  void count(const FiringRound::Outcome& outcome);
  void lag(std::chrono::microseconds late) { lag_->store(static_cast<double>(late.count()) / 1e6); }
  void mailsWaiting(std::int64_t count) { waiting_->store(static_cast<double>(count)); }

 private:
  // Shared with the gauges, which may be read after this is gone.
  std::shared_ptr<std::atomic<double>> lag_ = std::make_shared<std::atomic<double>>(0);
  std::shared_ptr<std::atomic<double>> waiting_ = std::make_shared<std::atomic<double>>(0);
  std::map<RecipientRole, base::Counter*> fires_;
  std::map<Silence, base::Counter*> silences_;
  base::Counter& timers_;
};

}  // namespace reminder
