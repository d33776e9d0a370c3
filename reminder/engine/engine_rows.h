// The rows of timers, reminders, silences and digests. For this folder alone.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/db/database.h"
#include "reminder/engine/digest.h"
#include "reminder/engine/ports.h"
#include "reminder/rules/reminder_policy.h"
#include "reminder/tasks/task.h"

namespace reminder::rows {

struct TimerRow {
  TaskId task;
  std::optional<base::Instant> next;
  base::Instant handledUpTo;
};

struct SilenceRow {
  TaskId task;
  std::string rung;
  base::LocalDate day;
  Silence reason = Silence::TaskClosed;
  HolderId holder = {};  ///< Not valid: the whole rung.
};

struct FireRow {
  TaskId task;
  std::string rung;
  base::LocalDate workday;
  ReaderId reader;
  HolderId holder;
  RecipientRole role = RecipientRole::Holder;
  bool standsIn = false;
  base::LocalDate due;
  int workdaysLeft = 0;
  std::optional<std::int64_t> digest;

  using Key = std::tuple<TaskId, std::string, ReaderId>;  ///< Of one working day.
  [[nodiscard]] Key key() const { return {task, rung, reader}; }
};

/// A task whose timer is due, both rows locked.
struct DueTask {
  Task task;
  base::Instant handledUpTo;
};

[[nodiscard]] std::optional<base::Instant> earliestTimer(base::db::Session& session);
[[nodiscard]] std::optional<TimerRow> findTimer(base::db::Session& session, TaskId task);
void putTimers(base::db::Session& session, const std::vector<TimerRow>& timers);
void dropTimer(base::db::Session& session, TaskId task);

/// Skips what another process has in hand.
[[nodiscard]] std::vector<DueTask> claimDue(base::db::Session& session, base::Instant now,
                                            std::size_t limit);
/// Timers that were decided on after `limit`: the clock has been set back since.
[[nodiscard]] std::vector<Task> claimAhead(base::db::Session& session, base::Instant limit,
                                           std::size_t most);
/// Open tasks with a due day after the id `after`, with what their timers remember.
struct OpenTask {
  Task task;
  std::optional<base::Instant> handledUpTo;
};
[[nodiscard]] std::vector<OpenTask> lockOpen(base::db::Session& session, TaskId after,
                                             std::size_t most);
/// Puts a timer off that cannot be decided on.
void postpone(base::db::Session& session, TaskId task, base::Instant until);

[[nodiscard]] std::map<TaskId, std::vector<HolderId>> supportsOf(base::db::Session& session,
                                                                 const std::vector<TaskId>& tasks);
[[nodiscard]] std::set<FireRow::Key> knownFires(base::db::Session& session,
                                                const std::vector<TaskId>& tasks,
                                                base::LocalDate workday);
void insertFires(base::db::Session& session, const std::vector<FireRow>& fires, base::Instant now);
void insertSilences(base::db::Session& session, const std::vector<SilenceRow>& silences,
                    base::Instant now);

/// The digest of each reader that still takes reminders, opened where there was none, and kept open
/// until the transaction ends.
[[nodiscard]] std::map<ReaderId, std::int64_t> openDigests(base::db::Session& session,
                                                           const std::vector<Reader>& readers,
                                                           base::Instant now);
struct OpenDigest {
  std::int64_t id = 0;
  Digest digest;  ///< With the lines whose tasks are still open.
};
/// Digests that were opened up to `openedUpTo`, locked, with their lines.
[[nodiscard]] std::vector<OpenDigest> lockDigests(base::db::Session& session,
                                                  base::Instant openedUpTo, std::size_t most);
void closeDigests(base::db::Session& session, const std::vector<OpenDigest>& digests,
                  base::Instant now);

[[nodiscard]] std::string remembered(base::db::Session& session, std::string_view name);
void remember(base::db::Session& session, std::string_view name, const std::string& value);

}  // namespace reminder::rows
