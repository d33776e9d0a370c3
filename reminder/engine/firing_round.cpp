#include "reminder/engine/firing_round.h"

#include "reminder/channels/bell.h"
#include "reminder/channels/mail_outbox.h"
#include "reminder/rules/reminder_policy.h"

namespace reminder {
namespace {

using base::db::Session;

/// A reminder and what its notice shows.
struct Told {
  rows::FireRow fire;
  Reader reader;
  std::string title;
  std::string leadName;
};

/// `bell.<kind>`: what is said depends on the deadline and on whether it is one's own task.
std::string kindOf(const rows::FireRow& fire) {
  const bool own = fire.role == RecipientRole::Holder || fire.role == RecipientRole::Supports;
  const char* const when = fire.workdaysLeft > 0    ? "task_near"
                           : fire.workdaysLeft == 0 ? "task_today"
                                                    : "task_late";
  return own ? when : std::string(when) + "_watched";
}

Notice noticeOf(const Told& told) {
  const auto& fire = told.fire;
  const auto days = fire.workdaysLeft < 0 ? -fire.workdaysLeft : fire.workdaysLeft;
  return {fire.reader,
          fire.holder,
          kindOf(fire),
          {"task", fire.task.value()},
          {{"title", told.title},
           {"due", base::viDate(fire.due)},
           {"days", std::to_string(days)},
           {"lead", told.leadName.empty() ? "–" : told.leadName}},
          "fire-" + std::to_string(fire.task.value()) + "-" + fire.rung + "-" +
              base::isoDate(fire.workday)};
}

int workdaysLeft(const WorkCalendar& calendar, base::LocalDate today, base::LocalDate due) {
  if (calendar.covers(today) && calendar.covers(due)) return calendar.workdaysBetween(today, due);
  return base::daysBetween(today, due);  // a clock beyond the calendar still says late or not
}

}  // namespace

std::size_t FiringRound::Outcome::all() const {
  std::size_t sum = 0;
  for (const auto& [role, count] : fires) sum += count;
  return sum;
}

struct FiringRound::Batch {
  base::Instant now;
  base::LocalDate today;
  std::vector<Firing> firings;
  std::vector<Told> told;
  std::vector<rows::SilenceRow> silences;
  std::vector<rows::TimerRow> timers;
};

FiringRound::Outcome FiringRound::run(Session& session, base::Instant now,
                                      std::size_t limit) const {
  const auto due = rows::claimDue(session, now, limit);
  Outcome outcome;
  outcome.timers = due.size();
  if (due.empty()) return outcome;
  Batch batch{now, base::localDate(now), {}, {}, {}, {}};
  decideAll(batch, due);
  address(session, batch);
  gather(session, batch);
  write(session, batch);
  for (const auto& told : batch.told) outcome.fires[told.fire.role] += 1;
  for (const auto& silence : batch.silences) outcome.silences[silence.reason] += 1;
  return outcome;
}

void FiringRound::decideAll(Batch& batch, const std::vector<rows::DueTask>& due) const {
  for (const auto& [task, handledUpTo] : due) {
    const TimerFacts facts{task.state, task.urgency, task.due, handledUpTo};
    const auto& ladder = ladders_.of(task.urgency, task.source.kind);
    const auto decision = decide(facts, ladder, batch.now, calendars_.of(task.scope));
    for (const auto& held : decision.held) {
      batch.silences.push_back({task.id, held.rung->id, held.day, held.reason, {}});
    }
    if (decision.fire != nullptr) batch.firings.push_back({task, decision.fire});
    batch.timers.push_back({task.id, decision.next, decision.handledUpTo});
  }
}

void FiringRound::address(Session& session, Batch& batch) const {
  auto addressed = addresseesOf(session, people_, batch.firings, batch.now);
  std::vector<TaskId> tasks;
  for (const auto& firing : batch.firings) tasks.push_back(firing.task.id);
  const auto known = rows::knownFires(session, tasks, batch.today);
  for (std::size_t i = 0; i < batch.firings.size(); ++i) {
    const auto& [task, rung] = batch.firings[i];
    const int left = workdaysLeft(calendars_.of(task.scope), batch.today, *task.due);
    for (auto& silence : addressed[i].silent) {
      silence.day = batch.today;
      batch.silences.push_back(std::move(silence));
    }
    for (const auto& to : addressed[i].to) {
      rows::FireRow fire{task.id, rung->id,           batch.today, to.reader.id, to.holder,
                         to.role, to.reader.standsIn, *task.due,   left,         std::nullopt};
      if (known.contains(fire.key())) continue;  // sent before the clock was set back
      batch.told.push_back({std::move(fire), to.reader, task.title, addressed[i].leadName});
    }
  }
}

/// Gives each reminder the digest of its reader, if the reader can be written to.
void FiringRound::gather(Session& session, Batch& batch) {
  std::map<ReaderId, Reader> reachable;  // in the order of ids: two processes wait, not deadlock
  for (const auto& told : batch.told) {
    if (isMailAddress(told.reader.mail)) {
      reachable.emplace(told.reader.id, told.reader);
    } else {
      batch.silences.push_back(
          {told.fire.task, told.fire.rung, batch.today, Silence::NoMailAddress, told.fire.holder});
    }
  }
  std::vector<Reader> readers;
  for (const auto& [id, reader] : reachable) readers.push_back(reader);
  const auto digests = rows::openDigests(session, readers, batch.now);
  for (auto& told : batch.told) {
    const auto found = digests.find(told.reader.id);
    if (found != digests.end()) told.fire.digest = found->second;
  }
}

void FiringRound::write(Session& session, const Batch& batch) {
  std::vector<rows::FireRow> fires;
  std::vector<Notice> notices;
  fires.reserve(batch.told.size());
  notices.reserve(batch.told.size());
  for (const auto& told : batch.told) {
    fires.push_back(told.fire);
    notices.push_back(noticeOf(told));
  }
  rows::insertFires(session, fires, batch.now);
  Bell::ring(session, batch.now, notices);
  rows::insertSilences(session, batch.silences, batch.now);
  rows::putTimers(session, batch.timers);
}

}  // namespace reminder
