#include "eoffice/app/upkeep.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

namespace eoffice::app {
namespace {

using namespace std::chrono_literals;

TEST(Upkeep, RunsEachJobAgainAndAgainAlsoAfterOneThatFails) {
  std::promise<void> twice;
  int runs = 0;
  Upkeep upkeep({{"fails", [] { throw std::runtime_error("the database is away"); }},
                 {"counts",
                  [&] {
                    if (++runs == 2) twice.set_value();
                  }}},
                1ms);
  testing::internal::CaptureStderr();
  upkeep.start();
  EXPECT_EQ(twice.get_future().wait_for(20s), std::future_status::ready);
  upkeep.stop();
  const auto log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("upkeep.failed job=fails"), std::string::npos) << log;
}

TEST(Upkeep, BeginsAtOnceAndStopsWithoutWaitingForTheHour) {
  std::promise<void> ran;
  Upkeep upkeep({{"job", [&] { ran.set_value(); }}});
  upkeep.start();
  EXPECT_EQ(ran.get_future().wait_for(20s), std::future_status::ready);
  upkeep.stop();
  upkeep.stop();
}

}  // namespace
}  // namespace eoffice::app
