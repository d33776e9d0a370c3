// What the engine counts for /metrics; the list stands in docs/metrics.d/reminder.md.
#pragma once

#include <map>

#include "base/metrics.h"
#include "reminder/engine/firing_round.h"

namespace reminder {

class EngineMeters {
 public:
  explicit EngineMeters(base::Metrics& metrics);
  void count(const FiringRound::Outcome& outcome);

 private:
  std::map<RecipientRole, base::Counter*> fires_;
  std::map<Silence, base::Counter*> silences_;
  base::Counter& timers_;
};

}  // namespace reminder
