#include "reminder/tasks/task.h"

#include <gtest/gtest.h>

#include "reminder/calendar/calendar_files.h"

namespace reminder {
namespace {

using namespace std::chrono_literals;

const WorkCalendar& vietnam() {
  static const WorkCalendar kCalendar(
      readCalendar(EOFFICE_SOURCE_DIR "/config/calendars", "vn").value());
  return kCalendar;
}

base::LocalDate day(const char* iso) { return base::parseIsoDate(iso).value(); }

struct TimingRow {
  TaskState state;
  const char* due;       ///< Empty: none.
  const char* reported;  ///< Empty: no report stands.
  const char* today;
  Timing expected;
};

class TimingOf : public testing::TestWithParam<TimingRow> {};

TEST_P(TimingOf, IsJudgedAtTodayOrAtTheReport) {
  const auto& row = GetParam();
  Task task;
  task.state = row.state;
  task.due = base::parseIsoDate(row.due);
  if (*row.reported != 0) task.reportedAt = base::toInstant(day(row.reported), 24h - 1us);
  EXPECT_EQ(timingOf(task, day(row.today), vietnam()), row.expected);
}

INSTANTIATE_TEST_SUITE_P(  // today is Monday 2026-03-16 unless a row says more
    Open, TimingOf,
    testing::Values(
        TimingRow{TaskState::InProgress, "", "", "2026-03-16", Timing::None},
        TimingRow{TaskState::InProgress, "2026-03-15", "", "2026-03-16", Timing::Late},
        TimingRow{TaskState::InProgress, "2026-03-16", "", "2026-03-16", Timing::Near},
        TimingRow{TaskState::InProgress, "2026-03-19", "", "2026-03-16", Timing::Near},
        TimingRow{TaskState::InProgress, "2026-03-20", "", "2026-03-16", Timing::InTime},
        TimingRow{TaskState::Returned, "2026-03-20", "", "2026-03-17", Timing::Near},
        // Friday's third workday is Tuesday; a Saturday in between is nearer still.
        TimingRow{TaskState::Assigned, "2026-03-25", "", "2026-03-20", Timing::Near},
        TimingRow{TaskState::Assigned, "2026-03-26", "", "2026-03-20", Timing::InTime},
        TimingRow{TaskState::Assigned, "2026-03-22", "", "2026-03-18", Timing::Near},
        // Over Tết only three workdays lie between 11/2 and 24/2.
        TimingRow{TaskState::Assigned, "2026-02-23", "", "2026-02-11", Timing::Near},
        TimingRow{TaskState::Assigned, "2026-02-24", "", "2026-02-11", Timing::InTime}));
INSTANTIATE_TEST_SUITE_P(  // a slow assigner does not make a task late
    ReportedAndClosed, TimingOf,
    testing::Values(
        TimingRow{TaskState::Reported, "2026-03-16", "2026-03-16", "2026-03-30", Timing::InTime},
        TimingRow{TaskState::Reported, "2026-03-16", "2026-03-17", "2026-03-17", Timing::Late},
        TimingRow{TaskState::Done, "2026-03-16", "2026-03-16", "2026-12-30", Timing::InTime},
        TimingRow{TaskState::Done, "2026-03-16", "2026-03-17", "2026-03-17", Timing::Late},
        TimingRow{TaskState::Done, "", "2026-03-17", "2026-03-17", Timing::None},
        TimingRow{TaskState::Cancelled, "2026-03-16", "", "2026-03-30", Timing::None}));

TEST(TimingOf, NearMeansAtMostThreeWorkdaysLeft) {  // every pair of days of four months
  Task task;
  for (auto today = day("2026-01-05"); today < day("2026-05-05"); today = base::addDays(today, 1)) {
    for (int ahead = 0; ahead < 20; ++ahead) {
      task.due = base::addDays(today, ahead);
      const bool near = vietnam().workdaysBetween(today, *task.due) <= 3;
      ASSERT_EQ(timingOf(task, today, vietnam()) == Timing::Near, near)
          << base::isoDate(today) << " " << base::isoDate(*task.due);
    }
  }
}

TEST(DueOf, CountsWorkdaysFromTheDayAfter) {
  EXPECT_EQ(dueOf(Deadline::inWorkdays(5), day("2026-03-02"), vietnam()), day("2026-03-09"));
  EXPECT_EQ(dueOf(Deadline::inWorkdays(1), day("2026-02-13"), vietnam()), day("2026-02-23"));
  EXPECT_EQ(dueOf(Deadline::on(day("2026-03-07")), day("2026-03-02"), vietnam()),
            day("2026-03-07"));
  EXPECT_EQ(dueOf(Deadline::none(), day("2026-03-02"), vietnam()), std::nullopt);
}

}  // namespace
}  // namespace reminder
