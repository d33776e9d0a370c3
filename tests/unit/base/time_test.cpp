#include "base/time.h"

#include <gtest/gtest.h>

namespace {

using base::Instant;
using base::LocalDate;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

LocalDate date(int year, unsigned month, unsigned day) {
  return {std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
}

Instant instant(const char* text) { return base::parseIsoInstant(text).value(); }

TEST(Time, LocalDaysBeginAtSeventeenHoursUtc) {
  EXPECT_EQ(base::localDate(instant("2026-01-05T16:59:59.999999Z")), date(2026, 1, 5));
  EXPECT_EQ(base::localDate(instant("2026-01-05T17:00:00Z")), date(2026, 1, 6));
  EXPECT_EQ(base::toInstant(date(2026, 1, 6)), instant("2026-01-05T17:00:00Z"));
  EXPECT_EQ(base::toInstant(date(2026, 1, 6), hours{10} + minutes{15}),
            instant("2026-01-06T03:15:00Z"));
  EXPECT_EQ(base::toLocal(instant("2026-01-06T03:15:00Z")).sinceMidnight, hours{10} + minutes{15});
}

TEST(Time, InstantsBeforeTheEpochAreOrdinary) {
  const auto early = instant("1945-09-02T07:00:00.000001Z");
  EXPECT_EQ(base::localDate(early), date(1945, 9, 2));
  EXPECT_EQ(base::isoInstant(early), "1945-09-02T07:00:00.000001Z");
}

TEST(Time, DaysAreCounted) {
  EXPECT_EQ(base::addDays(date(2024, 2, 28), 2), date(2024, 3, 1));
  EXPECT_EQ(base::addDays(date(2026, 1, 1), -1), date(2025, 12, 31));
  EXPECT_EQ(base::daysBetween(date(2026, 1, 1), date(2026, 2, 1)), 31);
  EXPECT_EQ(base::daysBetween(date(2026, 2, 1), date(2026, 1, 1)), -31);
}

// a day or a month below ten carries a zero.
TEST(Time, WritesDatesTheVietnameseWay) {
  EXPECT_EQ(base::viDate(date(2026, 1, 6)), "06/01/2026");
  EXPECT_EQ(base::viDateTime(instant("2026-01-06T03:15:59Z")), "06/01/2026 10:15");
  EXPECT_EQ(base::viDateTime(instant("2026-01-06T20:00:00Z")), "07/01/2026 03:00");
}

TEST(Time, WritesDatesForMachines) {
  EXPECT_EQ(base::isoDate(date(2026, 1, 6)), "2026-01-06");
  EXPECT_EQ(base::slashDate(date(2026, 1, 6)), "2026/01/06");
  EXPECT_EQ(base::slashDateTime(instant("2026-01-06T03:15:07.9Z")), "2026/01/06 10:15:07");
  EXPECT_EQ(base::isoInstant(instant("2026-01-06T03:15:00Z")), "2026-01-06T03:15:00.000000Z");
}

TEST(Time, ReadsBackWhatItWrites) {
  const auto at = instant("2026-12-31T23:59:59.123456Z");
  EXPECT_EQ(base::parseIsoInstant(base::isoInstant(at)), at);
  EXPECT_EQ(base::parseSlashDateTime("2026/01/06 10:15:07"), instant("2026-01-06T03:15:07Z"));
  EXPECT_EQ(base::parseIsoInstant("2026-01-06T03:15:00.5Z"),
            instant("2026-01-06T03:15:00Z") + microseconds{500'000});
}

TEST(Time, ReadsVietnameseDates) {
  EXPECT_EQ(base::parseViDate("06/01/2026"), date(2026, 1, 6));
  EXPECT_EQ(base::parseViDate("6/1/2026"), date(2026, 1, 6));
  EXPECT_EQ(base::parseViDate("29/2/2024"), date(2024, 2, 29));
}

TEST(Time, RefusesDatesThatAreNone) {
  for (const char* const text :
       {"",           "29/02/2026", "31/04/2026", "00/01/2026", "1/0/2026", "1/13/2026",
        "1/1/26",     "1/1/02026",  "1/1",        "1/1/",       "//2026",   "001/1/2026",
        "1/001/2026", "a/1/2026",   "-1/1/2026",  "+1/1/2026",  "1/1/1899", "1/1/2026 ",
        " 1/1/2026",  "1-1-2026",   "1/1/2026/1", "2026/01/06"}) {
    EXPECT_EQ(base::parseViDate(text), std::nullopt) << text;
  }
  for (const char* const text : {"", "2026-1-6", "2026-02-29", "26-01-06", "2026/01/06",
                                 "2026-01-06 ", "2026-01-0x", "2026--1-06", "0000-00-00"}) {
    EXPECT_EQ(base::parseIsoDate(text), std::nullopt) << text;
  }
  for (const char* const text : {"", "2026-01-06", "2026/13/06", "2026/1/6"}) {
    EXPECT_EQ(base::parseSlashDate(text), std::nullopt) << text;
  }
}

TEST(Time, RefusesInstantsThatAreNone) {
  for (const char* const text :
       {"", "Z", "2026-01-06T03:15:00", "2026-01-06 03:15:00Z", "2026-01-06T24:00:00Z",
        "2026-01-06T03:60:00Z", "2026-01-06T03:15:60Z", "2026-01-06T03:15Z",
        "2026-01-06T03:15:00.Z", "2026-01-06T03:15:00,5Z", "2026-01-06T03:15:00.1234567Z",
        "2026-01-06T03:15:00.-5Z", "2026-01-06T03:15:00+07:00", "2026-02-30T03:15:00Z"}) {
    EXPECT_EQ(base::parseIsoInstant(text), std::nullopt) << text;
  }
  for (const char* const text : {"", "2026/01/06", "2026/01/06T10:15:07", "2026/01/06 10:15",
                                 "2026/01/06 25:15:07", "2026/01/06 10:15:07 "}) {
    EXPECT_EQ(base::parseSlashDateTime(text), std::nullopt) << text;
  }
}

}  // namespace
