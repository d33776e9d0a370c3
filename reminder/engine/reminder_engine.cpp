#include "reminder/engine/reminder_engine.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/failure.h"
#include "base/log.h"
#include "reminder/engine/digest_closer.h"
#include "reminder/engine/engine_meters.h"
#include "reminder/engine/engine_rows.h"
#include "reminder/engine/firing_round.h"
#include "reminder/engine/reckoner.h"

namespace reminder {
namespace {

using base::db::Session;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::chrono::seconds kAfterFailure{5};
constexpr std::chrono::hours kPutOff{1};  ///< A task that cannot be decided on.

/// The database is away, or another process was in the way: the next round may succeed.
bool passesByItself(const std::exception& error) {
  return dynamic_cast<const base::Unavailable*>(&error) != nullptr ||
         dynamic_cast<const base::db::Deadlock*>(&error) != nullptr ||
         dynamic_cast<const base::db::LockTimeout*>(&error) != nullptr ||
         dynamic_cast<const base::db::DuplicateKey*>(&error) != nullptr;
}

}  // namespace

struct ReminderEngine::State {
  State(const EngineParts& engineParts, const EngineOptions& engineOptions)
      : parts(engineParts),
        options(engineOptions),
        meters(parts.metrics),
        round(parts.calendars, parts.ladders, parts.people),
        reckoner(parts.database, parts.calendars, parts.ladders, parts.tasks, parts.timers),
        closer(parts.database, parts.digests, parts.mail == nullptr ? nullptr : &parts.outbox,
               options.longestGather) {}

  std::size_t tick();
  void sendMail();
  std::size_t fireDue(base::Instant now);
  FiringRound::Outcome fireBatch(base::Instant now, std::size_t& limit);
  void putOffFirst(base::Instant now);
  template <class Round, class NextDue>
  void loop(Round&& round, NextDue&& nextDue);
  struct Seen {  ///< What a round knew of; anything newer ends the rest after it.
    std::uint64_t wakes;
    std::uint64_t timers;
    base::Instant at;
  };
  [[nodiscard]] Seen seen();
  void rest(const Seen& before, std::optional<base::Instant> until);

  EngineParts parts;
  EngineOptions options;
  EngineMeters meters;
  FiringRound round;
  Reckoner reckoner;
  DigestCloser closer;
  bool reckoned = false;  ///< With the calendar of this process, which does not change.

  std::mutex mutex;
  std::condition_variable changed;
  std::uint64_t wakes = 0;  ///< Guarded by `mutex`.
  std::atomic<bool> stopping{false};
  std::thread reminders;
  std::thread mail;
};

ReminderEngine::ReminderEngine(EngineParts parts, EngineOptions options)
    : state_(std::make_unique<State>(parts, options)) {}

ReminderEngine::~ReminderEngine() { stop(); }

std::size_t ReminderEngine::tick() { return state_->tick(); }

std::optional<base::Instant> ReminderEngine::nextDue() {
  return state_->parts.database.read([](Session& session) { return rows::earliestTimer(session); });
}

void ReminderEngine::wake() {
  const std::lock_guard lock(state_->mutex);
  state_->wakes += 1;
  state_->changed.notify_all();
}

void ReminderEngine::start() {
  if (state_->reminders.joinable()) return;
  state_->stopping = false;
  state_->reminders = std::thread([this] {
    state_->loop(
        [this] {
          if (state_->tick() > 0) wake();
        },
        [this] { return nextDue(); });
  });
  if (state_->parts.mail == nullptr) return;
  state_->mail = std::thread([this] {
    state_->loop([this] { state_->sendMail(); }, [this] { return state_->parts.mail->nextDue(); });
  });
}

void ReminderEngine::stop() {
  state_->stopping = true;
  wake();
  for (auto* thread : {&state_->reminders, &state_->mail}) {
    if (thread->joinable()) thread->join();
  }
}

std::size_t ReminderEngine::State::tick() {
  const auto now = parts.clock.now();
  if (reckoner.afterClockSetBack(now) > 0 && parts.mail != nullptr) parts.mail->clockSetBack(now);
  if (!reckoned) {
    reckoner.afterNewCalendar(now);
    reckoned = true;
  }
  const auto earliest =
      parts.database.read([](Session& session) { return rows::earliestTimer(session); });
  meters.lag(earliest && *earliest < now ? now - *earliest : std::chrono::microseconds{});
  const auto fires = fireDue(now);
  const auto mails = closer.closeComplete(now);
  if (fires + mails > 0) {
    base::log::info("reminder.round", {{"reminders", fires}, {"mails", mails}});
  }
  return fires + mails;
}

void ReminderEngine::State::sendMail() {
  parts.mail->sendDue(stopping);
  meters.mailsWaiting(
      parts.database.read([](Session& session) { return MailOutbox::waiting(session); }));
}

std::size_t ReminderEngine::State::fireDue(base::Instant now) {
  std::size_t fires = 0;
  std::size_t limit = options.batch;
  while (!stopping) {
    const auto batch = fireBatch(now, limit);
    meters.count(batch);
    fires += batch.all();
    if (batch.timers < limit) break;
  }
  return fires;
}

/// A batch that fails for a reason that does not pass by itself is taken task by task, and the task
/// that fails alone is put off, so that it cannot keep the others silent.
FiringRound::Outcome ReminderEngine::State::fireBatch(base::Instant now, std::size_t& limit) {
  try {
    return parts.database.transact(
        [&](Session& session) { return round.run(session, now, limit); });
  } catch (const std::exception& error) {
    if (passesByItself(error)) throw;
    base::log::error("reminder.batch_failed", {{"tasks", limit}, {"what", error.what()}});
    if (limit == 1) putOffFirst(now);
    limit = 1;
    FiringRound::Outcome none;
    none.timers = 1;
    return none;
  }
}

void ReminderEngine::State::putOffFirst(base::Instant now) {
  parts.database.transact([&](Session& session) {
    for (const auto& [task, handledUpTo] : rows::claimDue(session, now, 1)) {
      rows::postpone(session, task.id, now + kPutOff);
      base::log::error("reminder.task_put_off", {{"task", task.id.value()}});
    }
  });
}

template <class Round, class NextDue>
void ReminderEngine::State::loop(Round&& oneRound, NextDue&& nextDue) {
  while (!stopping) {
    const auto before = seen();
    std::optional<base::Instant> next;
    try {
      oneRound();
      next = nextDue();
    } catch (const std::exception& error) {
      // The entry point of this thread: rows are as they were, and the round is run again.
      base::log::error("reminder.round_failed", {{"what", error.what()}});
      next = parts.clock.now() + kAfterFailure;
    }
    rest(before, next);
  }
}

ReminderEngine::State::Seen ReminderEngine::State::seen() {
  const std::lock_guard lock(mutex);
  return {wakes, parts.timers.changes(), parts.clock.now()};
}

/// Sleeps until `until`, a wake, a timer that was set, a clock that was set back, or the longest
/// nap. The clock is looked at often; the rows are not.
void ReminderEngine::State::rest(const Seen& before, std::optional<base::Instant> until) {
  const SteadyTime napEnds = std::chrono::steady_clock::now() + options.longestNap;
  const auto quiet = [&] {
    const auto now = parts.clock.now();
    return !stopping && wakes == before.wakes && parts.timers.changes() == before.timers &&
           now >= before.at && (!until || *until > now) &&
           std::chrono::steady_clock::now() < napEnds;
  };
  std::unique_lock lock(mutex);
  while (quiet()) changed.wait_for(lock, options.clockWatch);
  // A timer that was just set is not committed yet: a moment later it is.
  if (parts.timers.changes() != before.timers && !stopping) {
    changed.wait_for(lock, options.clockWatch);
  }
}

}  // namespace reminder
