#include "exchange/envelope/foreign_date.h"

#include <gtest/gtest.h>

namespace exchange {
namespace {

struct Row {
  const char* text;
  const char* day;  ///< Empty: unreadable.
  bool standard;
};

class ForeignDate : public testing::TestWithParam<Row> {};

TEST_P(ForeignDate, IsReadStrictlyAndFlagged) {
  const EnvelopeDate date = readDate(GetParam().text);
  EXPECT_EQ(GetParam().text, date.text);
  EXPECT_EQ(GetParam().day, date.day ? base::isoDate(*date.day) : "");
  EXPECT_EQ(GetParam().standard, date.standard);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, ForeignDate,
    testing::Values(
        Row{"2026/01/06", "2026-01-06", true}, Row{"", "", true},
        Row{"2026/1/6", "2026-01-06", false}, Row{"06/01/2026", "2026-01-06", false},
        Row{"6/1/2026", "2026-01-06", false}, Row{"2026-01-06", "2026-01-06", false},
        Row{"06-01-2026", "2026-01-06", false}, Row{"06.01.2026", "2026-01-06", false},
        Row{"20260106", "2026-01-06", false}, Row{"2026/01/06 10:15:00", "2026-01-06", false},
        Row{"2026-01-06T10:15:00", "2026-01-06", false},
        Row{"2026-01-06T23:15:00Z", "2026-01-07", false},
        Row{"2026-01-06T23:15:00.123+07:00", "2026-01-06", false}, Row{"2014/02/30", "", false},
        Row{"13/13/2026", "", false}, Row{"01/30/2026", "", false}, Row{"2026/01", "", false},
        Row{"2026/01-06", "", false}, Row{"06/01/26", "", false}, Row{"0030/10/20", "", false},
        Row{"2026/01/06x", "", false}, Row{"2026/01/06 25:00:00", "", false},
        Row{"hôm nay", "", false}, Row{"99999999", "", false}, Row{"2026/01/06 10", "", false},
        Row{"2026-01-06T10:15:00+7", "", false}, Row{"999999999999999999/1/1", "", false}));

TEST(ForeignTime, KeepsTheLocalInstant) {
  const EnvelopeTime time = readTime("2026/01/06 10:15:00");
  EXPECT_TRUE(time.standard);
  EXPECT_EQ("2026-01-06T03:15:00.000000Z", base::isoInstant(*time.instant));
  EXPECT_EQ(*time.instant, *readTime("2026-01-06T03:15:00Z").instant);
  EXPECT_EQ(*time.instant, *readTime("06/01/2026 10:15").instant);
  EXPECT_FALSE(readTime("06/01/2026 10:15").standard);
  EXPECT_FALSE(readTime("2026/01/06").standard);
  EXPECT_TRUE(readTime("2026/01/06").instant);
}

}  // namespace
}  // namespace exchange
