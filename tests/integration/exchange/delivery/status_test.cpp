// What receivers tell of our documents, and what we ask of them.
#include "tests/integration/exchange/delivery/two_offices.h"

namespace exchange::delivery {
namespace {

TEST_F(TwoOffices, RefusalOfOurDocumentIsShownWithItsReason) {
  ASSERT_TRUE(province_.send(toWard("damaged bytes")));
  settle();
  EXPECT_EQ(stateAt("H32.21"), DeliveryState::Refused);
  EXPECT_EQ(province_.deliveries().front().events.back().description, "vì arrival.damaged");
  EXPECT_EQ(province_.deliveries().front().waits, WaitsFor::Sender);
}

TEST_F(TwoOffices, StatusesComeInAnyOrderMoreThanOnceAndWithStrangeCodes) {
  ASSERT_TRUE(province_.send(toWard()));
  province_.worker->tick();
  StatusEnvelope status = tests::sampleStatus();
  const auto say = [&](const std::string& code, seconds after) {
    status.statusCode = code;
    status.timestamp =
        EnvelopeTime::of(base::toInstant(tests::kToday, hours(10)) + seconds(30) + after);
    sendRaw("ward", "H32.21", written(status), axis::MessageKind::Status);
  };
  clock_.advance(seconds(600));
  say("05", seconds(60));
  say("03", seconds(60));
  say("01", seconds(0));
  say("09", seconds(90));
  status.description = "another envelope of the same news";
  say("05", seconds(60));
  // Without a DocumentId: by code, day and receiver; under the other form of the code.
  status.responseFor.documentId = "unknown";
  status.responseFor.organId = "000.00.00.H32";
  say("06", seconds(120));
  // Of another year: not this document.
  status.responseFor.promulgationDate = EnvelopeDate::of(
      base::LocalDate{std::chrono::year(2025), std::chrono::month(1), std::chrono::day(6)});
  say("02", seconds(200));
  province_.poller->tick();
  EXPECT_EQ(stateAt("H32.21"), DeliveryState::Completed);
  EXPECT_EQ(eventsAt("H32.21"),
            (std::vector{DeliveryState::Accepted, DeliveryState::Sent, DeliveryState::Delivered,
                         DeliveryState::Registered, DeliveryState::InProgress, DeliveryState::Other,
                         DeliveryState::Completed}));
  EXPECT_EQ(province_.count("SELECT COUNT(*) FROM exchange_inbox WHERE state = 5"), 1);
  EXPECT_EQ(province_.count("SELECT COUNT(*) FROM exchange_inbox WHERE acknowledged_at IS NULL"),
            0);
}

TEST_F(TwoOffices, ADocumentIsAskedBackRefusedAskedAgainAndGivenBack) {
  ASSERT_TRUE(province_.send(toWard()));
  EXPECT_EQ(askBack("H32.21").error().code, "delivery.not_sent");
  EXPECT_EQ(askBack("H32.22").error().code, "delivery.unknown_delivery");
  settle();
  const InboxId inbox = ward_.events.arrived.front().inbox;
  ASSERT_TRUE(askBack("000.00.21.H32")) << "under either form of the code";
  EXPECT_EQ(askBack("H32.21").error().code, "delivery.recall_pending");
  settle();
  ASSERT_EQ(ward_.events.recalls.size(), 1u);
  EXPECT_EQ(ward_.events.recalls.front().inbox, inbox);
  EXPECT_EQ(ward_.events.recalls.front().document, 1000 + inbox.value());
  EXPECT_EQ(ward_.events.recalls.front().reason, "Sai thẩm quyền");
  EXPECT_EQ(province_.deliveries().front().waits, WaitsFor::RecallAnswer);

  ASSERT_TRUE(answer(inbox, "16", "Đã xử lý"));
  settle();
  EXPECT_EQ(stateAt("H32.21"), DeliveryState::RecallRefused);
  ASSERT_TRUE(askBack("H32.21"));
  settle();
  ASSERT_TRUE(answer(inbox, "15"));
  settle();
  EXPECT_EQ(stateAt("H32.21"), DeliveryState::RecallAgreed);
  EXPECT_EQ(askBack("H32.21").error().code, "delivery.recalled");
  EXPECT_EQ(answer(inbox, "13").error().code, "delivery.code_not_for_receiver");
  EXPECT_EQ(answer(InboxId(999'999), "03").error().code, "delivery.unknown_inbox");
}

TEST_F(TwoOffices, WhatHappenedToADocumentIsNeverRewritten) {
  ASSERT_TRUE(province_.send(toWard()));
  settle();
  for (const char* sql : {"UPDATE delivery_event SET happened_at = NOW(6)",
                          "DELETE FROM delivery_event WHERE state = 1"}) {
    const auto rewrite = [&] {
      province_.rows.transact([&](base::db::Session& session) { session.execute(sql); });
    };
    EXPECT_THROW(rewrite(), base::db::Error) << sql;
  }
  EXPECT_EQ(province_.count("SELECT COUNT(*) FROM delivery_event"), 3);
}

}  // namespace
}  // namespace exchange::delivery
