#include "reminder/engine/reckoner.h"

#include <stdexcept>

#include "base/log.h"
#include "reminder/engine/engine_rows.h"

namespace reminder {
namespace {

using base::db::Session;

constexpr std::string_view kReckonedWith = "reckoned_with";
constexpr std::size_t kBatch = 500;
/// The clocks of two machines may differ by this much without either having been set back.
constexpr std::chrono::minutes kClocksDiffer{5};

}  // namespace

std::size_t Reckoner::afterNewCalendar(base::Instant now) {
  const auto before =
      database_.read([](Session& session) { return rows::remembered(session, kReckonedWith); });
  if (before == fingerprint_) return 0;
  std::size_t count = 0;
  TaskId after;
  do {
    after = reckonBatch(after, now, count);
  } while (after.valid());
  database_.transact(
      [&](Session& session) { rows::remember(session, kReckonedWith, fingerprint_); });
  base::log::info("reminder.reckoned_again", {{"tasks", count}});
  return count;
}

bool Reckoner::isMoved(const Task& task) const {
  if (task.deadline.kind != DeadlineKind::Workdays) return false;
  try {
    return dueOf(task.deadline, *task.deadlineFrom, calendars_.of(task.scope)) != task.due;
  } catch (const std::out_of_range& error) {
    base::log::error("reminder.not_reckoned", {{"task", task.id.value()}, {"what", error.what()}});
    return false;
  }
}

TaskId Reckoner::reckonBatch(TaskId after, base::Instant now, std::size_t& count) {
  struct Done {
    TaskId last;
    std::size_t count = 0;
  };
  const auto done = database_.transact([&](Session& session) {
    Done batch;
    std::vector<rows::TimerRow> timers;
    for (const auto& [task, handledUpTo] : rows::lockOpen(session, after, kBatch)) {
      batch.last = task.id;
      ++batch.count;
      if (isMoved(task)) {
        tasks_.reckonDue(session, now, task.scope, task.id);  // tells the timers
      } else {
        const auto handled = handledUpTo.value_or(now);
        timers.push_back({task.id, timers_.nextFor(task, handled), handled});
      }
    }
    rows::putTimers(session, timers);
    return batch;
  });
  count += done.count;
  return done.count < kBatch ? TaskId() : done.last;
}

std::size_t Reckoner::afterClockSetBack(base::Instant now) {
  std::size_t count = 0;
  std::size_t batch = 0;
  do {
    batch = database_.transact([&](Session& session) {
      std::vector<rows::TimerRow> timers;
      for (const auto& task : rows::claimAhead(session, now + kClocksDiffer, kBatch)) {
        timers.push_back({task.id, timers_.nextFor(task, now), now});
      }
      rows::putTimers(session, timers);
      return timers.size();
    });
    count += batch;
  } while (batch > 0);
  if (count > 0) base::log::warning("reminder.clock_set_back", {{"timers", count}});
  return count;
}

}  // namespace reminder
