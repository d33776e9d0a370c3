// Sends reminders when they are due. A timer is a row; a reminder is a row whose unique key (task,
// rung, working day, reader) is the claim; the bell's notice and the mail's digest are written in
// the same transaction. Any number of processes may run one engine each, and any of them may die at
// any line: the same reminders have gone out in the end, each once.
//
// Never scans on a timer: it asks for the earliest `next_fire_at` (one index probe) and sleeps.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/db/database.h"
#include "base/metrics.h"
#include "reminder/channels/mail_outbox.h"
#include "reminder/channels/mail_sender.h"
#include "reminder/engine/digest.h"
#include "reminder/engine/ports.h"
#include "reminder/engine/timers.h"
#include "reminder/tasks/task_service.h"

namespace reminder {

struct EngineOptions {
  std::size_t batch = 500;  ///< Timers of one transaction.
  /// How long a digest waits at the most for the last timers of its round.
  std::chrono::seconds longestGather{120};
  /// How often the rows are asked again without a wake: other processes set timers too.
  std::chrono::milliseconds longestNap{30000};
  /// How often the clock is looked at meanwhile; no query.
  std::chrono::milliseconds clockWatch{500};
};

struct EngineParts {
  base::db::Database& database;
  const base::Clock& clock;
  base::Metrics& metrics;
  const Calendars& calendars;
  const LadderBook& ladders;
  PeopleBook& people;
  Timers& timers;
  const TaskService& tasks;
  const DigestWriter& digests;
  const MailOutbox& outbox;
  MailSender* mail = nullptr;  ///< Without one: the bell only.
};

class ReminderEngine {
 public:
  explicit ReminderEngine(EngineParts parts, EngineOptions options = {});
  ~ReminderEngine();  ///< Stops.

  /// Starts the threads: one for reminders, one for mail.
  void start();
  /// Ends them after the batch in hand.
  void stop();
  /// Something may be due: looks now. Safe from any thread, cheap.
  void wake();

  /// One round in the caller's thread: the clock is checked, due timers fire, digests are closed
  /// into mails. Returns the reminders that were written. Throws base::db errors.
  std::size_t tick();
  /// When the next timer is due, as of now; empty when no timer is set.
  [[nodiscard]] std::optional<base::Instant> nextDue();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reminder
