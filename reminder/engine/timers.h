// Keeps the timer of each task in step with its life: set when a task opens, moved with its due
// day, taken away when it is reported or closed. Also rings the bell of whoever an act concerns
// (assigned, reported, returned ...). Runs inside the transaction of the act.
// Safe from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "reminder/calendar/calendar_files.h"
#include "reminder/engine/ports.h"
#include "reminder/rules/ladder.h"
#include "reminder/tasks/ports.h"

namespace reminder {

class Timers : public TaskListener {
 public:
  Timers(const Calendars& calendars, const LadderBook& ladders, PeopleBook& people)
      : calendars_(calendars), ladders_(ladders), people_(people) {}

  void taskChanged(base::db::Session& session, const Task& task, const TaskEvent& event) override;

  /// Sets the timer anew: rungs up to and with `handledUpTo` are over.
  void set(base::db::Session& session, const Task& task, base::Instant handledUpTo) const;
  /// When the first rung after `handledUpTo` is due, be that past or to come; empty: none is left.
  [[nodiscard]] std::optional<base::Instant> nextFor(const Task& task,
                                                     base::Instant handledUpTo) const;
  /// Grows with each timer that was set: the engine looks at the rows again when it did.
  [[nodiscard]] std::uint64_t changes() const { return changes_.load(); }

 private:
  void noteSilence(base::db::Session& session, const Task& task, const TaskEvent& event) const;
  void ringAbout(base::db::Session& session, const Task& task, const TaskEvent& event) const;

  const Calendars& calendars_;
  const LadderBook& ladders_;
  PeopleBook& people_;
  mutable std::atomic<std::uint64_t> changes_{0};
};

}  // namespace reminder
