// What becomes of a message between our outbox and the axis.
#include "exchange/delivery/outbox_store.h"
#include "tests/integration/exchange/delivery/two_offices.h"

namespace exchange::delivery {
namespace {

TEST_F(TwoOffices, EnqueueingTwiceIsOnceAndWrongEnvelopesAreRefused) {
  const auto first = province_.send(toWard());
  const auto second = province_.send(toWard());
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(province_.deliveries().size(), 1u);
  EXPECT_EQ(province_.deliveries().front().events.size(), 1u);

  DocumentEnvelope foreign = toWard();
  foreign.from.organId = "H33";
  EXPECT_EQ(province_.send(foreign).error().code, "delivery.foreign_sender");
  DocumentEnvelope secret = toWard();
  secret.subject = "(MẬT) Về việc khác";
  EXPECT_EQ(province_.send(secret).error().code, "envelope.secret_refused");
}

TEST_F(TwoOffices, ALostAnswerIsRepeatedWithTheSameBytes) {
  ASSERT_TRUE(province_.send(toWard()));
  province_.trouble.lostAnswer = 1;
  EXPECT_EQ(province_.worker->tick(), 1u);
  EXPECT_EQ(stateAt("H32.21"), DeliveryState::Accepted) << "nobody told us that it is there";
  EXPECT_NE(province_.deliveries().front().lastError, "");
  // Meanwhile the receiver has it, and says so before we know that it was sent.
  ward_.tick();
  province_.poller->tick();
  EXPECT_EQ(stateAt("H32.21"), DeliveryState::Delivered);
  settle();
  EXPECT_EQ(stateAt("H32.21"), DeliveryState::Delivered);
  EXPECT_EQ(eventsAt("H32.21"),
            (std::vector{DeliveryState::Accepted, DeliveryState::Sent, DeliveryState::Delivered}));
  EXPECT_EQ(hub_.count("SELECT COUNT(*) FROM hub_message WHERE kind = 1"), 1);
  EXPECT_EQ(province_.deliveries().front().lastError, "");
}

TEST_F(TwoOffices, WhileTheAxisIsAwayOneMessageAsksAndThenAllGo) {
  for (int i = 0; i < 5; ++i) {
    DocumentEnvelope envelope = toWard();
    envelope.documentId = "H32,x," + std::to_string(i);
    ASSERT_TRUE(province_.send(envelope, 10 + i));
  }
  province_.trouble.silent = 3;
  EXPECT_EQ(province_.worker->tick(), 1u);
  EXPECT_EQ(province_.worker->tick(), 0u) << "it is left alone";
  clock_.advance(seconds(2));
  EXPECT_EQ(province_.worker->tick(), 1u);
  clock_.advance(seconds(4));
  EXPECT_EQ(province_.worker->tick(), 1u);
  clock_.advance(seconds(8));
  EXPECT_EQ(province_.worker->tick(), 5u) << "back: what waited is due at once";
  EXPECT_EQ(hub_.count("SELECT COUNT(*) FROM hub_message"), 5);
}

TEST_F(TwoOffices, AfterDaysOfSilenceItIsGivenUpAndToldAndCanBeSentAgain) {
  const auto id = province_.send(toWard());
  ASSERT_TRUE(id);
  province_.trouble.silent = 1000;
  for (int i = 0; i < 400 && province_.events.changes.empty(); ++i) {
    province_.worker->tick();
    clock_.advance(std::chrono::minutes(30));
  }
  ASSERT_EQ(province_.events.changes.size(), 1u);
  EXPECT_EQ(province_.events.changes.front().now, DeliveryState::Failed);
  EXPECT_EQ(province_.events.changes.front().document, 1);
  EXPECT_EQ(province_.deliveries().front().waits, WaitsFor::Sender);
  province_.trouble.silent = 0;
  EXPECT_EQ(province_.worker->tick(), 0u);

  // The hub believes no timestamp of another week, so the clock of both is one.
  const auto resend = [&] {
    return province_.rows.transact(
        [&](base::db::Session& session) { return province_.outbox.resend(session, *id); });
  };
  ASSERT_TRUE(resend());
  EXPECT_EQ(resend().error().code, "delivery.not_failed");
  EXPECT_EQ(stateAt("H32.21"), DeliveryState::Accepted);
  clock_.advance(hours(1));
  settle();
  EXPECT_EQ(stateAt("H32.21"), DeliveryState::Delivered);
}

TEST_F(TwoOffices, AReceiverThatTheAxisDoesNotKnowFailsAtOnce) {
  DocumentEnvelope envelope = toWard();
  envelope.to.push_back({"H32.404"});
  ASSERT_TRUE(province_.send(envelope));
  province_.worker->tick();
  EXPECT_EQ(stateAt("H32.21"), DeliveryState::Failed);
  ASSERT_EQ(province_.events.changes.size(), 2u);
  EXPECT_NE(province_.events.changes.front().event.description.find("H32.404"), std::string::npos);
  EXPECT_EQ(hub_.count("SELECT COUNT(*) FROM hub_message"), 0);
}

TEST_F(TwoOffices, AMessageThatCannotBeMadeStandsInNobodysWayAndIsGivenUpInTheEnd) {
  const DocumentEnvelope broken = toWard("%PDF-1.7 whose bytes are lost %%EOF");
  ASSERT_TRUE(province_.send(broken, 1));
  province_.blobs.remove(broken.attachments.front().blob.sha256);
  DocumentEnvelope good = toWard();
  good.documentId = "H32,good";
  ASSERT_TRUE(province_.send(good, 2));
  EXPECT_EQ(province_.worker->tick(), 2u);
  EXPECT_EQ(stateAt("H32.21", 1), DeliveryState::Accepted);
  EXPECT_EQ(stateAt("H32.21", 2), DeliveryState::Sent);
  EXPECT_EQ(province_.deliveries(1).front().attempts, 1);
  EXPECT_EQ(province_.deliveries(1).front().lastError.rfind("failure: ", 0), 0u);

  EXPECT_EQ(province_.worker->tick(), 0u) << "it is put off";
  clock_.advance(seconds(2));
  EXPECT_EQ(province_.worker->tick(), 1u);
  clock_.advance(seconds(1));
  EXPECT_EQ(province_.worker->tick(), 0u) << "for longer each time";
  clock_.advance(seconds(2));
  EXPECT_EQ(province_.worker->tick(), 1u);
  clock_.advance(hours(6 * 24));
  province_.worker->tick();
  EXPECT_EQ(stateAt("H32.21", 1), DeliveryState::Failed);
}

TEST_F(TwoOffices, AClaimLastsLongerForBytesThatTakeLonger) {
  const auto id = province_.send(toWard());
  ASSERT_TRUE(id);
  const auto claimedUntil = [&] {
    return province_.rows.transact([&](base::db::Session& session) {
      const auto now = clock_.now();
      EXPECT_TRUE(
          outbox_store::claim(session, outbox_store::Age::Fresh, "node/1", now, now + seconds(30)));
      const auto until = session.get("SELECT claimed_until FROM exchange_outbox").instant(0);
      outbox_store::releaseClaims(session, "node");
      return until;
    });
  };
  EXPECT_EQ(claimedUntil(), clock_.now() + seconds(30));
  province_.rows.transact([](base::db::Session& session) {
    session.execute("UPDATE exchange_outbox SET blob_size = 50 * 1024 * 1024 + 1");
  });
  EXPECT_EQ(claimedUntil(), clock_.now() + seconds(80));
}

TEST_F(TwoOffices, TwoWhoClaimAtOnceGetTwoMessages) {
  for (int i = 0; i < 20; ++i) {
    DocumentEnvelope envelope = toWard();
    envelope.documentId = "H32,x," + std::to_string(i);
    ASSERT_TRUE(province_.send(envelope, 10 + i));
  }
  const auto claim = [&](base::db::Session& session) {
    const auto now = clock_.now();
    const auto message =
        outbox_store::claim(session, outbox_store::Age::Fresh, "node/1", now, now + seconds(30));
    return message ? message->id.value() : 0;
  };
  province_.rows.apart([&](base::db::Session& other) {
    other.runPlain("START TRANSACTION");
    const auto first = claim(other);
    const auto second = province_.rows.transact(claim);
    EXPECT_NE(first, 0);
    EXPECT_NE(second, 0) << "the first one has locked what it did not take";
    EXPECT_NE(first, second);
    other.runPlain("ROLLBACK");
  });
}

}  // namespace
}  // namespace exchange::delivery
