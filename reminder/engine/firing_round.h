// One batch of due timers in one transaction: decided, addressed, written to the log, the bell and
// the digests, set anew. All of it happens or none. For this folder alone.
#pragma once

#include <map>
#include <vector>

#include "base/db/database.h"
#include "reminder/calendar/calendar_files.h"
#include "reminder/engine/engine_rows.h"
#include "reminder/engine/ports.h"
#include "reminder/engine/recipients.h"
#include "reminder/rules/ladder.h"

namespace reminder {

class FiringRound {
 public:
  struct Outcome {
    std::size_t timers = 0;  ///< That were decided on.
    std::map<RecipientRole, std::size_t> fires;
    std::map<Silence, std::size_t> silences;
    [[nodiscard]] std::size_t all() const;
  };

  FiringRound(const Calendars& calendars, const LadderBook& ladders, PeopleBook& people)
      : calendars_(calendars), ladders_(ladders), people_(people) {}

  /// At most `limit` timers that are due at `now`.
  [[nodiscard]] Outcome run(base::db::Session& session, base::Instant now, std::size_t limit) const;

 private:
  struct Batch;
  void decideAll(Batch& batch, const std::vector<rows::DueTask>& due) const;
  void address(base::db::Session& session, Batch& batch) const;
  static void gather(base::db::Session& session, Batch& batch);
  static void write(base::db::Session& session, const Batch& batch);

  const Calendars& calendars_;
  const LadderBook& ladders_;
  PeopleBook& people_;
};

}  // namespace reminder
