#include "base/clock.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/manual_clock.h"
#include "tests/support/temporary_folder.h"

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

TEST(Clock, TheSystemsGoesForward) {
  const base::SystemClock clock;
  const auto before = clock.now();
  EXPECT_LE(before, clock.now());
}

TEST(Clock, ARehearsalMovesTheSystemsTime) {
  const tests::TemporaryFolder folder;
  const auto file = folder.path() / "offset";
  std::ofstream(file) << "86400\n";
  const base::RehearsalClock clock(file);
  const auto moved = clock.now();
  const auto offset = moved - base::SystemClock().now();
  EXPECT_GT(offset, days{1} - seconds{5});
  EXPECT_LE(offset, days{1});
}

TEST(Clock, ARehearsalWithoutAFileIsTheSystemsTime) {
  for (const char* const content : {"", "tomorrow"}) {
    const tests::TemporaryFolder folder;
    const auto file = folder.path() / "offset";
    if (*content != '\0') std::ofstream(file) << content;
    const auto moved = base::RehearsalClock(file).now();
    const auto offset = moved - base::SystemClock().now();
    EXPECT_LE(offset, seconds{0});
    EXPECT_GT(offset, seconds{-5});
  }
}

TEST(Clock, TheManualOneMovesByHandAndKnowsTheLocalDay) {
  tests::ManualClock clock(*base::parseIsoDate("2026-01-06"), hours{23});
  EXPECT_EQ(base::isoDate(clock.today()), "2026-01-06");
  clock.advance(hours{1});
  EXPECT_EQ(base::isoDate(clock.today()), "2026-01-07");
  clock.set(*base::parseIsoInstant("2026-03-01T00:00:00Z"));
  EXPECT_EQ(base::viDateTime(clock.now()), "01/03/2026 07:00");
}

}  // namespace
