#include "exchange/delivery/timeline.h"

#include <gtest/gtest.h>

#include "exchange/delivery/pacing.h"

namespace exchange::delivery {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr base::Instant kStart{std::chrono::hours(500'000)};

DeliveryEvent event(DeliveryState state, seconds at, seconds learnt) {
  return {.state = state, .at = kStart + at, .learntAt = kStart + learnt};
}

TEST(Timeline, LaterWordWinsWhateverArrivesFirst) {
  const std::vector<DeliveryEvent> events = {
      event(DeliveryState::Registered, seconds(60), seconds(70)),
      event(DeliveryState::Delivered, seconds(10), seconds(90))};
  EXPECT_EQ(latest(events).state, DeliveryState::Registered);
}

TEST(Timeline, InTheSameSecondTheRankDecides) {
  const std::vector<DeliveryEvent> events = {
      event(DeliveryState::InProgress, seconds(60), seconds(61)),
      event(DeliveryState::Registered, seconds(60), seconds(62))};
  EXPECT_EQ(latest(events).state, DeliveryState::InProgress);
}

TEST(Timeline, WhatNobodyKnowsChangesNoState) {
  const std::vector<DeliveryEvent> events = {
      event(DeliveryState::Delivered, seconds(1), seconds(1)),
      event(DeliveryState::Other, seconds(9), seconds(9))};
  EXPECT_EQ(latest(events).state, DeliveryState::Delivered);
  EXPECT_EQ(latest({events[1]}).state, DeliveryState::Other);
}

TEST(Timeline, AReceiverWhoseClockIsSlowAnswersAfterTheSending) {
  const std::vector<DeliveryEvent> before = {event(DeliveryState::Accepted, seconds(0), seconds(0)),
                                             event(DeliveryState::Sent, seconds(5), seconds(5))};
  EXPECT_EQ(placed(DeliveryState::Delivered, kStart - seconds(600), kStart + seconds(7), before),
            kStart + seconds(5));
}

TEST(Timeline, AReceiverWhoseClockIsFastAnswersBeforeWeLearnt) {
  EXPECT_EQ(placed(DeliveryState::Delivered, kStart + seconds(600), kStart + seconds(7), {}),
            kStart + seconds(7));
}

TEST(Timeline, AnAnswerToARecallComesAfterTheLastRequest) {
  const std::vector<DeliveryEvent> before = {
      event(DeliveryState::RecallAsked, seconds(20), seconds(20)),
      event(DeliveryState::RecallRefused, seconds(30), seconds(30)),
      event(DeliveryState::RecallAsked, seconds(40), seconds(40))};
  EXPECT_EQ(placed(DeliveryState::RecallAgreed, kStart + seconds(35), kStart + seconds(50), before),
            kStart + seconds(40));
  EXPECT_EQ(placed(DeliveryState::Completed, kStart + seconds(35), kStart + seconds(50), before),
            kStart + seconds(35))
      << "a step of the work may have been before the request";
}

TEST(DeliveryStates, EachCodeHasItsState) {
  const std::map<std::string, DeliveryState> codes = {
      {"01", DeliveryState::Delivered},    {"02", DeliveryState::Refused},
      {"03", DeliveryState::Registered},   {"04", DeliveryState::Assigned},
      {"05", DeliveryState::InProgress},   {"06", DeliveryState::Completed},
      {"15", DeliveryState::RecallAgreed}, {"16", DeliveryState::RecallRefused},
      {"07", DeliveryState::Other},        {"", DeliveryState::Other}};
  for (const auto& [code, state] : codes) {
    EXPECT_EQ(stateOfStatusCode(code), state) << code;
    EXPECT_EQ(stateByName(stateName(state)), state);
  }
  EXPECT_FALSE(stateByName("eaten"));
}

TEST(Pacing, ATryIsRepeatedLaterAndLater) {
  EXPECT_EQ(backOff(1, seconds(1), seconds(60), 0.5), seconds(1));
  EXPECT_EQ(backOff(4, seconds(1), seconds(60), 0.5), seconds(8));
  EXPECT_EQ(backOff(40, seconds(1), seconds(60), 0.5), seconds(60));
  EXPECT_EQ(backOff(1, seconds(10), seconds(60), 0), seconds(8));
  EXPECT_EQ(backOff(1, seconds(10), seconds(60), 1), seconds(12));
}

TEST(Pacing, MoreAtOnceWhileTheAxisAnswers) {
  Pacing pacing({.start = 2, .most = 3});
  EXPECT_TRUE(pacing.begin(kStart));
  EXPECT_TRUE(pacing.begin(kStart));
  EXPECT_FALSE(pacing.begin(kStart));
  EXPECT_FALSE(pacing.answered());
  EXPECT_TRUE(pacing.begin(kStart));
  EXPECT_TRUE(pacing.begin(kStart));
  EXPECT_FALSE(pacing.begin(kStart)) << "never more than the most";
}

TEST(Pacing, OneAtATimeAsksWhetherTheAxisIsBack) {
  Pacing pacing({.start = 2, .most = 4, .firstPause = milliseconds(1000)});
  ASSERT_TRUE(pacing.begin(kStart));
  ASSERT_TRUE(pacing.begin(kStart));
  pacing.silent(kStart, 0.5);
  pacing.silent(kStart, 0.5);  // Under way at the same time: one silence.
  EXPECT_TRUE(pacing.away());
  EXPECT_EQ(pacing.pausedUntil(), kStart + seconds(1));
  EXPECT_FALSE(pacing.begin(kStart));
  ASSERT_TRUE(pacing.begin(kStart + seconds(1)));
  EXPECT_FALSE(pacing.begin(kStart + seconds(1))) << "one probe";
  pacing.silent(kStart + seconds(1), 0.5);
  EXPECT_EQ(pacing.pausedUntil(), kStart + seconds(3));
  ASSERT_TRUE(pacing.begin(kStart + seconds(3)));
  EXPECT_TRUE(pacing.answered()) << "it is back";
  EXPECT_FALSE(pacing.away());
}

}  // namespace
}  // namespace exchange::delivery
