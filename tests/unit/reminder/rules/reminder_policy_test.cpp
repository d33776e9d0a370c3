#include "reminder/rules/reminder_policy.h"

#include <gtest/gtest.h>

#include "reminder/calendar/calendar_files.h"
#include "reminder/rules/ladder_files.h"

namespace reminder {
namespace {

using namespace std::chrono_literals;

const WorkCalendar& vietnam() {
  static const WorkCalendar kCalendar(
      readCalendar(EOFFICE_SOURCE_DIR "/config/calendars", "vn").value());
  return kCalendar;
}

const LadderBook& book() {
  static const LadderBook kBook =
      readLadders(EOFFICE_SOURCE_DIR "/config/ladders/default.json").value();
  return kBook;
}

const Ladder& ladder() { return book().of(Urgency::Normal, "document"); }

base::LocalDate day(const char* iso) { return base::parseIsoDate(iso).value(); }
base::Instant at(const char* iso, std::chrono::microseconds sinceMidnight = 7h + 30min) {
  return base::toInstant(day(iso), sinceMidnight);
}

TimerFacts task(const char* due, base::Instant handled) {
  return {TaskState::InProgress, Urgency::Normal, day(due), handled};
}

std::string fired(const Decision& decision) { return decision.fire ? decision.fire->id : "-"; }

/// `before_5:superseded` for each rung that keeps silent.
std::vector<std::pair<std::string, Silence>> held(const Decision& decision) {
  std::vector<std::pair<std::string, Silence>> found;
  for (const auto& one : decision.held) found.emplace_back(one.rung->id, one.reason);
  return found;
}
using Held = std::vector<std::pair<std::string, Silence>>;

// --- when each rung goes out -------------------------------------------------------

struct TimesRow {
  const char* due;
  std::vector<const char*>
      days;  ///< before_5, before_3, before_1, due_day, late_1, late_3, late_10
};

class RungTimes : public testing::TestWithParam<TimesRow> {};

TEST_P(RungTimes, AreWorkdaysAroundTheDueDay) {
  const auto times = timesOf(ladder(), day(GetParam().due), vietnam());
  ASSERT_EQ(times.size(), GetParam().days.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    EXPECT_EQ(base::isoDate(times[i].day), GetParam().days[i]) << times[i].rung->id;
    EXPECT_EQ(times[i].at, at(GetParam().days[i]));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Due, RungTimes,
    testing::Values(
        // Within ordinary weeks.
        TimesRow{"2026-03-18",
                 {"2026-03-11", "2026-03-13", "2026-03-17", "2026-03-18", "2026-03-19",
                  "2026-03-23", "2026-04-01"}},
        // A Saturday: warned of on Friday, late on Monday.
        TimesRow{"2026-03-14",
                 {"2026-03-06", "2026-03-10", "2026-03-12", "2026-03-13", "2026-03-16",
                  "2026-03-18", "2026-03-27"}},
        // The first workday after Tết: the days before it are nine days back.
        TimesRow{"2026-02-23",
                 {"2026-02-09", "2026-02-11", "2026-02-13", "2026-02-23", "2026-02-24",
                  "2026-02-26", "2026-03-09"}},
        // In the middle of Tết.
        TimesRow{"2026-02-18",
                 {"2026-02-06", "2026-02-10", "2026-02-12", "2026-02-13", "2026-02-23",
                  "2026-02-25", "2026-03-06"}},
        // Around the swap of National Day: Saturday 22/8 is worked, Monday 31/8 is not.
        TimesRow{"2026-08-24",
                 {"2026-08-18", "2026-08-20", "2026-08-22", "2026-08-24", "2026-08-25",
                  "2026-08-27", "2026-09-10"}}));

TEST(RungTimes, LeaveOutWhatLiesBeyondTheCalendar) {
  const auto times = timesOf(ladder(), day("2050-12-28"), vietnam());
  ASSERT_FALSE(times.empty());
  EXPECT_EQ(times.back().rung->id, "late_1");
}

// --- decide ------------------------------------------------------------------------------------

struct DecisionRow {
  const char* name;
  base::Instant handled;
  base::Instant now;
  std::string fire;
  std::optional<base::Instant> next;
};

class Decide : public testing::TestWithParam<DecisionRow> {};

TEST_P(Decide, FiresTheRungWhoseTimeHasCome) {
  const auto& row = GetParam();
  const auto decision = decide(task("2026-03-18", row.handled), ladder(), row.now, vietnam());
  EXPECT_EQ(fired(decision), row.fire);
  EXPECT_EQ(decision.next, row.next);
  EXPECT_TRUE(decision.held.empty());
  EXPECT_EQ(decision.handledUpTo, row.fire == "-" ? row.handled : row.now);
}

INSTANTIATE_TEST_SUITE_P(
    Rungs, Decide,
    testing::Values(
        DecisionRow{"too early", at("2026-03-02", 9h), at("2026-03-11") - 1us, "-",
                    at("2026-03-11")},
        DecisionRow{"first", at("2026-03-02", 9h), at("2026-03-11"), "before_5", at("2026-03-13")},
        DecisionRow{"same instant again", at("2026-03-11"), at("2026-03-11"), "-",
                    at("2026-03-13")},
        DecisionRow{"second", at("2026-03-11"), at("2026-03-13"), "before_3", at("2026-03-17")},
        DecisionRow{"a little late", at("2026-03-11"), at("2026-03-13", 10h), "before_3",
                    at("2026-03-17")},
        DecisionRow{"eve", at("2026-03-13"), at("2026-03-17"), "before_1", at("2026-03-18")},
        DecisionRow{"due", at("2026-03-17"), at("2026-03-18"), "due_day", at("2026-03-19")},
        DecisionRow{"late", at("2026-03-18"), at("2026-03-19"), "late_1", at("2026-03-23")},
        DecisionRow{"later", at("2026-03-19"), at("2026-03-23"), "late_3", at("2026-04-01")},
        DecisionRow{"last", at("2026-03-23"), at("2026-04-01"), "late_10", std::nullopt},
        DecisionRow{"after the last", at("2026-04-01"), at("2026-06-01"), "-", std::nullopt},
        DecisionRow{"assigned on the day of a rung, after it", at("2026-03-17", 9h),
                    at("2026-03-17", 9h), "-", at("2026-03-18")},
        DecisionRow{"clock set back: R-75", at("2026-03-19"), at("2026-03-12"), "-",
                    at("2026-03-23")}),
    [](const auto& row) { return "Row" + std::to_string(row.index); });

TEST(Decide, CollapsesMissedRungsToTheLatest) {
  const auto decision =
      decide(task("2026-03-18", at("2026-03-02")), ladder(), at("2026-03-19", 9h), vietnam());
  EXPECT_EQ(fired(decision), "late_1");
  EXPECT_EQ(held(decision), (Held{{"before_5", Silence::Superseded},
                                  {"before_3", Silence::Superseded},
                                  {"before_1", Silence::Superseded},
                                  {"due_day", Silence::Superseded}}));
  EXPECT_EQ(decision.next, at("2026-03-23"));
}

TEST(Decide, HoldsWhatFallsIntoQuietHours) {
  const auto handled = at("2026-03-17");
  const auto evening =
      decide(task("2026-03-18", handled), ladder(), at("2026-03-18", 20h), vietnam());
  EXPECT_EQ(fired(evening), "-");
  EXPECT_EQ(held(evening), (Held{{"due_day", Silence::QuietHours}}));
  EXPECT_EQ(evening.handledUpTo, handled);
  EXPECT_EQ(evening.next, at("2026-03-19"));
  // In the morning the late rung has come due too: one reminder, not two.
  const auto morning = decide(task("2026-03-18", handled), ladder(), at("2026-03-19"), vietnam());
  EXPECT_EQ(fired(morning), "late_1");
  EXPECT_EQ(held(morning), (Held{{"due_day", Silence::Superseded}}));
}

struct QuietRow {
  base::Instant now;
  std::optional<base::Instant> until;  ///< Empty: it goes out.
};

class QuietHours : public testing::TestWithParam<QuietRow> {};

TEST_P(QuietHours, EndAtTheFirstWorkingMinute) {
  const auto decision =
      decide(task("2026-03-06", at("2026-03-02")), ladder(), GetParam().now, vietnam());
  EXPECT_EQ(decision.fire == nullptr, GetParam().until.has_value());
  if (GetParam().until) {
    EXPECT_EQ(decision.next, GetParam().until);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Edges, QuietHours,
    testing::Values(QuietRow{at("2026-03-06", 7h + 30min), std::nullopt},
                    QuietRow{at("2026-03-06", 11h + 30min - 1us), std::nullopt},
                    QuietRow{at("2026-03-06", 11h + 30min), at("2026-03-06", 13h + 30min)},
                    QuietRow{at("2026-03-06", 13h + 30min), std::nullopt},
                    QuietRow{at("2026-03-06", 17h - 1us), std::nullopt},
                    QuietRow{at("2026-03-06", 17h), at("2026-03-09")},
                    QuietRow{at("2026-03-06", 24h - 1us), at("2026-03-09")},
                    QuietRow{at("2026-03-07", 0h), at("2026-03-09")},
                    QuietRow{at("2026-03-08", 10h), at("2026-03-09")},
                    QuietRow{at("2026-03-09", 7h + 30min - 1us), at("2026-03-09")}));

TEST(Decide, LetsExpressTasksSpeakAtNight) {
  auto facts = task("2026-03-18", at("2026-03-17"));
  facts.urgency = Urgency::Express;
  const auto& express = book().of(Urgency::Express, "document");
  EXPECT_EQ(express.name, "express");
  EXPECT_EQ(fired(decide(facts, express, at("2026-03-18", 23h), vietnam())), "due_day");
  EXPECT_EQ(fired(decide(facts, express, at("2026-03-21", 3h), vietnam())), "late_1");
}

TEST(Decide, KeepsClosedAndReportedTasksSilent) {
  const std::pair<TaskState, Silence> rows[] = {
      {TaskState::Done, Silence::TaskClosed},
      {TaskState::Cancelled, Silence::TaskClosed},
      {TaskState::Reported, Silence::AwaitingConfirmation}};
  for (const auto& [state, reason] : rows) {
    auto facts = task("2026-03-18", at("2026-03-17"));
    facts.state = state;
    const auto decision = decide(facts, ladder(), at("2026-03-18"), vietnam());
    EXPECT_EQ(fired(decision), "-");
    EXPECT_EQ(held(decision), (Held{{"due_day", reason}}));
    EXPECT_FALSE(decision.next);
  }
}

TEST(Decide, HasNothingToSayWithoutADeadline) {
  TimerFacts facts{TaskState::InProgress, Urgency::Normal, std::nullopt, at("2026-03-02")};
  const auto decision = decide(facts, ladder(), at("2026-03-18"), vietnam());
  EXPECT_EQ(fired(decision), "-");
  EXPECT_TRUE(decision.held.empty());
  EXPECT_FALSE(decision.next);
}

TEST(Decide, SurvivesAClockFarBeyondTheCalendar) {
  const auto decision = decide(task("2026-03-18", at("2026-03-17")), ladder(),
                               base::toInstant(day("2099-01-01")), vietnam());
  EXPECT_EQ(fired(decision), "late_10");
}

// Every minute of three weeks: what fires does so in working time, each rung once, in order.
TEST(Decide, FiresEachRungOnceWheneverTheEngineLooks) {
  for (const auto step : {1min, 7min, 59min, 1441min, 3000min}) {
    auto handled = at("2026-03-02", 9h);
    std::vector<std::string> fires;
    for (auto now = handled; now < at("2026-04-10"); now += step) {
      const auto decision = decide(task("2026-03-18", handled), ladder(), now, vietnam());
      handled = decision.handledUpTo;
      if (decision.fire == nullptr) continue;
      fires.push_back(decision.fire->id);
      ASSERT_TRUE(vietnam().isWorkingTime(now));
    }
    if (step <= 59min) {
      EXPECT_EQ(fires, (std::vector<std::string>{"before_5", "before_3", "before_1", "due_day",
                                                 "late_1", "late_3", "late_10"}))
          << step.count();
    }
    ASSERT_FALSE(fires.empty());
    EXPECT_EQ(fires.back(), "late_10") << step.count();
  }
}

}  // namespace
}  // namespace reminder
