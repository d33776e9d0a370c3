#include "reminder/calendar/work_calendar.h"

#include <gtest/gtest.h>

#include <stdexcept>

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
base::Instant local(const char* iso, std::chrono::microseconds sinceMidnight) {
  return base::toInstant(day(iso), sinceMidnight);
}

struct KindRow {
  const char* date;
  DayKind kind;
};

class KindOfDay : public testing::TestWithParam<KindRow> {};

TEST_P(KindOfDay, IsAsDecided) { EXPECT_EQ(vietnam().kind(day(GetParam().date)), GetParam().kind); }

INSTANTIATE_TEST_SUITE_P(
    Year2025, KindOfDay,
    testing::Values(
        KindRow{"2025-01-01", DayKind::Holiday}, KindRow{"2025-01-24", DayKind::Workday},
        KindRow{"2025-01-25", DayKind::RestDay}, KindRow{"2025-01-27", DayKind::Holiday},
        KindRow{"2025-01-31", DayKind::Holiday}, KindRow{"2025-02-01", DayKind::RestDay},
        KindRow{"2025-02-03", DayKind::Workday}, KindRow{"2025-04-07", DayKind::Holiday},
        KindRow{"2025-04-26", DayKind::SwappedWork}, KindRow{"2025-05-02", DayKind::SwappedOff},
        KindRow{"2025-09-01", DayKind::Holiday}, KindRow{"2025-09-02", DayKind::Holiday},
        KindRow{"2025-09-03", DayKind::Workday}));
INSTANTIATE_TEST_SUITE_P(
    Year2026, KindOfDay,
    testing::Values(
        KindRow{"2026-01-01", DayKind::Holiday}, KindRow{"2026-01-02", DayKind::SwappedOff},
        KindRow{"2026-01-10", DayKind::SwappedWork}, KindRow{"2026-02-13", DayKind::Workday},
        KindRow{"2026-02-14", DayKind::RestDay}, KindRow{"2026-02-15", DayKind::RestDay},
        KindRow{"2026-02-16", DayKind::Holiday}, KindRow{"2026-02-20", DayKind::Holiday},
        KindRow{"2026-02-21", DayKind::RestDay}, KindRow{"2026-02-22", DayKind::RestDay},
        KindRow{"2026-02-23", DayKind::Workday}, KindRow{"2026-04-26", DayKind::Holiday},
        KindRow{"2026-04-27", DayKind::Compensation}, KindRow{"2026-04-28", DayKind::Workday},
        KindRow{"2026-04-29", DayKind::Workday}, KindRow{"2026-04-30", DayKind::Holiday},
        KindRow{"2026-05-01", DayKind::Holiday}, KindRow{"2026-05-04", DayKind::Workday},
        KindRow{"2026-08-22", DayKind::SwappedWork}, KindRow{"2026-08-31", DayKind::SwappedOff},
        KindRow{"2026-09-01", DayKind::Holiday}, KindRow{"2026-09-02", DayKind::Holiday},
        KindRow{"2026-09-03", DayKind::Workday}, KindRow{"2026-11-24", DayKind::Workday}));
// Nothing is decided for these years: the rules alone speak. R-61
INSTANTIATE_TEST_SUITE_P(
    ByRules, KindOfDay,
    testing::Values(
        KindRow{"2027-02-04", DayKind::Workday}, KindRow{"2027-02-05", DayKind::Holiday},
        KindRow{"2027-02-09", DayKind::Holiday}, KindRow{"2027-02-10", DayKind::Compensation},
        KindRow{"2027-02-11", DayKind::Compensation}, KindRow{"2027-02-12", DayKind::Workday},
        KindRow{"2027-04-16", DayKind::Holiday}, KindRow{"2027-05-01", DayKind::Holiday},
        KindRow{"2027-05-03", DayKind::Compensation}, KindRow{"2028-01-03", DayKind::Compensation},
        // 30/4/2028 is a Sunday and 1/5 a holiday: made good on Tuesday.
        KindRow{"2028-05-02", DayKind::Compensation}, KindRow{"2028-09-04", DayKind::Compensation},
        KindRow{"2029-09-03", DayKind::Compensation}));

TEST(WorkCalendar, HasTheLunarDaysOfUtcPlusSeven) {
  const char* const kTet[] = {"2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26",
                              "2029-02-13", "2030-02-02", "2031-01-23", "2032-02-11"};
  const char* const kHungKings[] = {"2025-04-07", "2026-04-26", "2027-04-16", "2028-04-04",
                                    "2029-04-23", "2030-04-12", "2031-04-01", "2032-04-19"};
  for (const char* date : kTet) EXPECT_EQ(vietnam().name(day(date)), "Tết Nguyên đán") << date;
  for (const char* date : kHungKings) {
    EXPECT_EQ(vietnam().name(day(date)), "Giỗ Tổ Hùng Vương") << date;
  }
}

TEST(WorkCalendar, ShowsWhatIsUnsettledWithoutCountingIt) {
  const auto& unsettled = vietnam().unsettled();
  ASSERT_EQ(unsettled.size(), 2u);
  EXPECT_EQ(unsettled[0].date, day("2026-11-24"));
  EXPECT_TRUE(vietnam().isWorkday(day("2026-11-24")));
}

struct AddRow {
  const char* from;
  int count;
  const char* expected;
};

class AddWorkdays : public testing::TestWithParam<AddRow> {};

TEST_P(AddWorkdays, CountsFromTheNextDay) {
  const auto& row = GetParam();
  EXPECT_EQ(base::isoDate(vietnam().addWorkdays(day(row.from), row.count)), row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Edges, AddWorkdays,
    testing::Values(AddRow{"2026-03-02", 1, "2026-03-03"},   // Mon
                    AddRow{"2026-03-06", 1, "2026-03-09"},   // Fri → Mon
                    AddRow{"2026-03-07", 1, "2026-03-09"},   // Sat
                    AddRow{"2026-03-08", 1, "2026-03-09"},   // Sun
                    AddRow{"2026-03-08", 0, "2026-03-09"},   // a rest day moves on
                    AddRow{"2026-03-09", 0, "2026-03-09"},   //
                    AddRow{"2026-03-09", -1, "2026-03-06"},  //
                    AddRow{"2026-03-08", -1, "2026-03-06"},  //
                    AddRow{"2026-03-02", 5, "2026-03-09"},   // a week
                    AddRow{"2026-02-13", 1, "2026-02-23"},   // over Tết
                    AddRow{"2026-02-12", 2, "2026-02-23"},   //
                    AddRow{"2026-02-18", 1, "2026-02-23"},   // from within Tết
                    AddRow{"2026-02-23", -1, "2026-02-13"},  //
                    AddRow{"2026-08-21", 1, "2026-08-22"},   // the worked Saturday
                    AddRow{"2026-08-21", 2, "2026-08-24"},   //
                    AddRow{"2026-08-28", 1, "2026-09-03"},   // over the swap and National Day
                    AddRow{"2026-04-24", 1, "2026-04-28"},   // Hùng Kings made good
                    AddRow{"2025-12-31", 1, "2026-01-05"},   // over New Year
                    AddRow{"2026-01-09", 1, "2026-01-10"},   // the worked Saturday
                    AddRow{"2028-02-28", 1, "2028-02-29"}    // leap day
                    ));

TEST(WorkCalendar, AgreesWithCountingDayByDay) {  // every day of three years
  const auto& calendar = vietnam();
  for (auto from = day("2025-12-01"); from < day("2027-03-01"); from = base::addDays(from, 1)) {
    int count = 0;
    for (int ahead = 0; ahead <= 60; ++ahead) {
      const auto to = base::addDays(from, ahead);
      if (ahead > 0 && calendar.isWorkday(to)) {
        ++count;
        ASSERT_EQ(calendar.addWorkdays(from, count), to) << base::isoDate(from);
      }
      ASSERT_EQ(calendar.workdaysBetween(from, to), count) << base::isoDate(from);
      ASSERT_EQ(calendar.workdaysBetween(to, from), -count) << base::isoDate(from);
    }
    int back = 0;
    for (int behind = 1; behind <= 30; ++behind) {
      const auto before = base::addDays(from, -behind);
      if (calendar.isWorkday(before)) {
        ASSERT_EQ(calendar.addWorkdays(from, -++back), before) << base::isoDate(from);
      }
    }
  }
}

TEST(WorkCalendar, FindsTheWorkdaysAroundADay) {
  EXPECT_EQ(vietnam().nextWorkday(day("2026-02-13")), day("2026-02-23"));
  EXPECT_EQ(vietnam().previousWorkday(day("2026-02-23")), day("2026-02-13"));
  EXPECT_EQ(vietnam().workdayOnOrAfter(day("2026-02-23")), day("2026-02-23"));
  EXPECT_EQ(vietnam().workdayOnOrAfter(day("2026-02-14")), day("2026-02-23"));
  EXPECT_EQ(vietnam().workdayOnOrBefore(day("2026-02-22")), day("2026-02-13"));
  EXPECT_EQ(vietnam().workdayOnOrBefore(day("2026-02-13")), day("2026-02-13"));
}

struct WorkingRow {
  const char* date;
  std::chrono::microseconds at;
  const char* nextDate;  ///< Where the first working minute from there is.
  std::chrono::microseconds next;
};

class WorkingTime : public testing::TestWithParam<WorkingRow> {};

TEST_P(WorkingTime, StartsAtTheFirstWorkingMinute) {
  const auto& row = GetParam();
  const auto at = local(row.date, row.at);
  const auto expected = local(row.nextDate, row.next);
  EXPECT_EQ(vietnam().workingTimeFrom(at), expected) << base::isoInstant(at);
  EXPECT_EQ(vietnam().isWorkingTime(at), at == expected);
}

INSTANTIATE_TEST_SUITE_P(
    Edges, WorkingTime,
    testing::Values(WorkingRow{"2026-03-02", 0h, "2026-03-02", 7h + 30min},
                    WorkingRow{"2026-03-02", 7h + 30min - 1us, "2026-03-02", 7h + 30min},
                    WorkingRow{"2026-03-02", 7h + 30min, "2026-03-02", 7h + 30min},
                    WorkingRow{"2026-03-02", 11h + 30min - 1us, "2026-03-02", 11h + 30min - 1us},
                    WorkingRow{"2026-03-02", 11h + 30min, "2026-03-02", 13h + 30min},
                    WorkingRow{"2026-03-02", 13h + 30min, "2026-03-02", 13h + 30min},
                    WorkingRow{"2026-03-02", 17h - 1us, "2026-03-02", 17h - 1us},
                    WorkingRow{"2026-03-02", 17h, "2026-03-03", 7h + 30min},
                    WorkingRow{"2026-03-02", 24h - 1us, "2026-03-03", 7h + 30min},
                    WorkingRow{"2026-03-06", 17h, "2026-03-09", 7h + 30min},
                    WorkingRow{"2026-03-07", 9h, "2026-03-09", 7h + 30min},
                    WorkingRow{"2026-02-13", 17h, "2026-02-23", 7h + 30min},
                    WorkingRow{"2026-08-22", 9h, "2026-08-22", 9h},
                    WorkingRow{"2026-08-31", 9h, "2026-09-03", 7h + 30min}));

TEST(WorkCalendar, MeasuresWorkingTime) {
  const auto between = [](const char* a, std::chrono::microseconds ta, const char* b,
                          std::chrono::microseconds tb) {
    return vietnam().workingTimeBetween(local(a, ta), local(b, tb));
  };
  EXPECT_EQ(between("2026-03-02", 0h, "2026-03-03", 0h), 7h + 30min);
  EXPECT_EQ(between("2026-03-02", 11h, "2026-03-02", 14h), 1h);
  EXPECT_EQ(between("2026-03-06", 16h, "2026-03-09", 8h), 1h + 30min);
  EXPECT_EQ(between("2026-02-14", 0h, "2026-02-23", 0h), 0h);
  EXPECT_EQ(between("2026-02-13", 16h, "2026-02-23", 8h), 1h + 30min);
  EXPECT_EQ(between("2026-03-02", 14h, "2026-03-02", 11h), -1h);
  EXPECT_EQ(between("2026-03-01", 12h, "2026-03-08", 12h), 5 * (7h + 30min));
}

TEST(WorkCalendar, EndsAWorkdayWithItsLastSpan) {
  EXPECT_EQ(vietnam().startOfWork(day("2026-03-02")), local("2026-03-02", 7h + 30min));
  EXPECT_EQ(vietnam().endOfWork(day("2026-03-02")), local("2026-03-02", 17h));
}

TEST(WorkCalendar, RefusesDaysItDoesNotKnow) {
  EXPECT_FALSE(vietnam().covers(day("2051-01-01")));
  EXPECT_THROW((void)vietnam().isWorkday(day("2051-01-01")), std::out_of_range);
  EXPECT_THROW((void)vietnam().addWorkdays(day("2050-12-30"), 400), std::out_of_range);
  EXPECT_THROW((void)vietnam().addWorkdays(day("2024-01-02"), -5), std::out_of_range);
}

TEST(WorkCalendar, ChangesItsFingerprintWithAnyDayOrHour) {
  auto parts = readCalendar(EOFFICE_SOURCE_DIR "/config/calendars", "vn").value();
  const auto before = WorkCalendar(parts).fingerprint();
  EXPECT_EQ(before, vietnam().fingerprint());
  auto storm = parts;
  storm.days.push_back({day("2026-10-06"), DayKind::LocalOff, "Nghỉ bão", "Công điện 12"});
  EXPECT_NE(WorkCalendar(storm).fingerprint(), before);
  parts.hours.back().to = 17h + 30min;
  EXPECT_NE(WorkCalendar(parts).fingerprint(), before);
}

}  // namespace
}  // namespace reminder
