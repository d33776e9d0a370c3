// A document on its whole way, and a kill at every step of it.
#include "tests/integration/exchange/delivery/two_offices.h"

#include <thread>

namespace exchange::delivery {
namespace {

TEST_F(TwoOffices, ADocumentPassesThroughItsFourStates) {
  ASSERT_TRUE(province_.send(province_.sample(), 7));
  EXPECT_EQ(stateAt("H32.21", 7), DeliveryState::Accepted);
  EXPECT_EQ(province_.deliveries(7).front().waits, WaitsFor::Axis);

  EXPECT_EQ(province_.worker->tick(), 1u);
  EXPECT_EQ(stateAt("H32.21", 7), DeliveryState::Sent);
  EXPECT_EQ(stateAt("H32.48", 7), DeliveryState::Sent);
  clock_.advance(seconds(5));

  ward_.tick();
  ASSERT_EQ(ward_.events.arrived.size(), 1u);
  const ReceivedDocument& arrived = ward_.events.arrived.front();
  EXPECT_EQ(arrived.receiver, "H32.21");
  EXPECT_EQ(arrived.envelope.subject, tests::sampleDocument().subject);
  EXPECT_EQ(ward_.blobs.read(arrived.envelope.attachments.front().blob.sha256),
            "%PDF-1.7 test %%EOF");
  EXPECT_TRUE(ward_.blobs.has(arrived.raw.sha256));
  province_.tick();
  EXPECT_EQ(stateAt("H32.21", 7), DeliveryState::Delivered);
  EXPECT_EQ(stateAt("H32.48", 7), DeliveryState::Sent) << "the other one has not fetched it";

  clock_.advance(seconds(60));
  ASSERT_TRUE(answer(arrived.inbox, "03", "Số đến 57"));
  ASSERT_TRUE(answer(arrived.inbox, "03", "Số đến 57")) << "idempotent";
  settle();
  const auto deliveries = province_.deliveries(7);
  EXPECT_EQ(deliveries.front().state, DeliveryState::Registered);
  EXPECT_EQ(deliveries.front().events.back().description, "Số đến 57");
  EXPECT_EQ(deliveries.front().events.size(), 4u);
  EXPECT_EQ(deliveries.front().organName, "Ủy ban nhân dân phường Nha Trang");

  ASSERT_TRUE(answer(arrived.inbox, "06"));
  settle();
  EXPECT_EQ(stateAt("H32.21", 7), DeliveryState::Completed);
  EXPECT_EQ(province_.deliveries(7).front().waits, WaitsFor::Nothing);
  const auto answers = ward_.rows.read(
      [&](base::db::Session& session) { return answersOf(session, arrived.inbox); });
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(answers.front().statusCode, "01");
  EXPECT_TRUE(answers.back().sentAt);
}

TEST_F(TwoOffices, WhateverIsKilledEndsInTheSameState) {
  for (tests::TestOffice* victim : {&province_, &ward_}) {
    bool killed = true;
    for (int step = 0; killed && step < 400; ++step) {
      tests::TestDatabase::hub().clear();
      tests::TestDatabase::office().clear();
      wardRows().clear();
      hub_.importSample();
      clock_.set(base::toInstant(tests::kToday, hours(10)));
      province_.start();
      ward_.start();
      ASSERT_TRUE(province_.send(toWard()));
      victim->steps = {.next = 0, .killAt = step};
      killed = false;
      for (int round = 0; round < 4; ++round) {
        for (tests::TestOffice* office : {&province_, &ward_}) {
          try {
            office->tick();
          } catch (const tests::Killed&) {
            killed = true;
            office->start();
          }
        }
        clock_.advance(seconds(1));
      }
      victim->steps.killAt = -1;
      settle();
      ASSERT_EQ(eventsAt("H32.21"), (std::vector{DeliveryState::Accepted, DeliveryState::Sent,
                                                 DeliveryState::Delivered}))
          << "killed at step " << step;
      ASSERT_EQ(stateAt("H32.21"), DeliveryState::Delivered) << step;
      ASSERT_EQ(ward_.count("SELECT COUNT(*) FROM exchange_inbox WHERE kind = 1"), 1) << step;
      ASSERT_EQ(ward_.count("SELECT COUNT(*) FROM exchange_inbox WHERE document_ref IS NULL"), 0);
      ASSERT_EQ(ward_.count("SELECT COUNT(*) FROM exchange_outbox WHERE state <> 2"), 0) << step;
      ASSERT_EQ(ward_.count("SELECT COUNT(*) FROM exchange_outbox"), 1) << step;
      ASSERT_EQ(ward_.count("SELECT COUNT(*) FROM exchange_fetch"), 0) << step;
      ASSERT_EQ(
          province_.count("SELECT COUNT(*) FROM exchange_inbox WHERE acknowledged_at IS NULL"), 0)
          << step;
      ASSERT_EQ(hub_.count("SELECT COUNT(*) FROM hub_message"), 2) << step;
      ASSERT_EQ(hub_.count("SELECT COUNT(*) FROM hub_delivery WHERE state <> 3"), 0) << step;
    }
    EXPECT_FALSE(killed) << "every step was reached";
    victim->steps = {};
  }
}

TEST_F(TwoOffices, SubmitToDeliveredTakesNoMoreThanTwoPolls) {
  for (tests::TestOffice* office : {&province_, &ward_}) {
    office->workerOptions.look = std::chrono::milliseconds(200);
    office->pollerOptions.interval = std::chrono::milliseconds(100);
    office->start();
    office->worker->start();
    office->poller->start();
  }
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(province_.send(toWard()));
  province_.worker->wake();
  while (stateAt("H32.21") != DeliveryState::Delivered &&
         std::chrono::steady_clock::now() - begin < seconds(20)) {
    std::this_thread::yield();
  }
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(stateAt("H32.21"), DeliveryState::Delivered);
  RecordProperty(
      "milliseconds",
      static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
  for (tests::TestOffice* office : {&province_, &ward_}) {
    office->poller->stop();
    office->worker->stop();
  }
}

}  // namespace
}  // namespace exchange::delivery
