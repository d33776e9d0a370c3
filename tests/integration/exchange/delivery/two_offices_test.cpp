// Two whole offices and a hub in one process, over loopback.
#include <gtest/gtest.h>

#include <thread>

#include "base/crypto/digest.h"
#include "exchange/envelope/writer.h"
#include "tests/support/exchange_fixture.h"

namespace exchange::delivery {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

tests::TestDatabase& wardRows() {
  static tests::TestDatabase rows("exchange_ward", tests::kOfficeMigrations);
  return rows;
}

class TwoOffices : public tests::HubDatabaseTest {
 protected:
  void SetUp() override {
    HubDatabaseTest::SetUp();
    hub_.importSample();
  }
  /// Until nothing moves any more; the clock passes every pause and lease.
  void settle() {
    int idle = 0;
    for (int round = 0; round < 60 && idle < 2; ++round) {
      const std::size_t moved = province_.tick() + ward_.tick();
      idle = moved == 0 ? idle + 1 : 0;
      clock_.advance(moved == 0 ? seconds(150) : seconds(1));
    }
  }
  DeliveryState stateAt(const std::string& organId, DocumentRef document = 1) {
    for (const ReceiverDelivery& delivery : province_.deliveries(document)) {
      if (delivery.organId == organId) {
        return delivery.state;
      }
    }
    ADD_FAILURE() << "no delivery to " << organId;
    return DeliveryState::Other;
  }
  std::vector<DeliveryState> eventsAt(const std::string& organId) {
    std::vector<DeliveryState> states;
    for (const ReceiverDelivery& delivery : province_.deliveries()) {
      if (delivery.organId == organId) {
        for (const DeliveryEvent& event : delivery.events) {
          states.push_back(event.state);
        }
      }
    }
    return states;
  }
  base::Result<OutboxId> answer(InboxId inbox, const std::string& code,
                                const std::string& description = "") {
    return ward_.rows.transact([&](base::db::Session& session) {
      return ward_.outbox.answer(session,
                                 {.inbox = inbox, .statusCode = code, .description = description});
    });
  }
  base::Result<OutboxId> askBack(const std::string& organId) {
    return province_.rows.transact([&](base::db::Session& session) {
      return province_.outbox.askBack(session, 1, organId, "Sai thẩm quyền", {.staff = "B"});
    });
  }
  DocumentEnvelope toWard(std::string_view bytes = "%PDF-1.7 test %%EOF") {
    DocumentEnvelope envelope = province_.sample(bytes);
    envelope.to.pop_back();
    return envelope;
  }
  /// Puts an envelope into the hub as a foreign system would.
  void sendRaw(const std::string& system, const std::string& from, const std::string& bytes,
               axis::MessageKind kind) {
    const base::BlobRef blob = foreignBlobs_.put(bytes);
    axis::AxisClient client({.url = hub_.url(), .credentials = {system, "secret-of-" + system}},
                            clock_);
    const auto sent = client.sendEdoc({.kind = kind,
                                       .from = from,
                                       .file = foreignBlobs_.path(blob.sha256),
                                       .digest = base::sha256(bytes)});
    ASSERT_TRUE(sent) << sent.error().code << sent.error().description;
  }
  std::string written(const DocumentEnvelope& envelope) {
    std::string xml;
    const auto done = writeEnvelope(envelope, base::localDate(clock_.now()), province_.blobs,
                                    [&](std::string_view bytes) { xml += bytes; });
    EXPECT_TRUE(done);
    return xml;
  }
  static std::string written(const StatusEnvelope& envelope) {
    std::string xml;
    EXPECT_TRUE(writeEnvelope(envelope, [&](std::string_view bytes) { xml += bytes; }));
    return xml;
  }

  tests::ManualClock clock_{tests::kToday, hours(10)};
  tests::HubServer hub_{clock_};
  tests::TestOffice province_{tests::TestDatabase::office(), hub_, clock_, "H32.01", {"H32"}};
  tests::TestOffice ward_{wardRows(), hub_, clock_, "ward", {"H32.21"}};
  tests::TemporaryFolder foreign_;
  base::BlobStore foreignBlobs_{foreign_.path() / "blobs", 0};
};

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

TEST_F(TwoOffices, TheSameDocumentUnderAnotherDocIdIsADuplicate) {
  DocumentEnvelope envelope = toWard();
  sendRaw("H32.01", "H32", written(envelope), axis::MessageKind::Document);
  envelope.traces.push_back({"axis", EnvelopeTime::of(clock_.now())});
  sendRaw("H32.01", "H32", written(envelope), axis::MessageKind::Document);
  settle();
  EXPECT_EQ(ward_.events.arrived.size(), 1u);
  EXPECT_EQ(ward_.count("SELECT COUNT(*) FROM exchange_inbox WHERE state = 3"), 1);
  EXPECT_EQ(ward_.count("SELECT COUNT(*) FROM exchange_outbox"), 1) << "one answer";

  // The same id with other content is no duplicate: nothing is lost, and the office is told.
  envelope.subject = "V/v khác";
  sendRaw("H32.01", "H32", written(envelope), axis::MessageKind::Document);
  settle();
  ASSERT_EQ(ward_.events.arrived.size(), 2u);
  EXPECT_TRUE(ward_.events.arrived.back().sameIdOtherContent);
}

TEST_F(TwoOffices, RecallUpdateAndReplacementArriveAsWhatTheyAre) {
  DocumentEnvelope envelope = toWard();
  envelope.business.kind = BusinessKind::Update;
  envelope.business.documentId = "never seen here";
  ASSERT_TRUE(province_.send(envelope));
  settle();
  ASSERT_EQ(ward_.events.arrived.size(), 1u);
  EXPECT_EQ(ward_.events.arrived.front().envelope.business.kind, BusinessKind::Update);
  EXPECT_EQ(ward_.count("SELECT business_kind FROM exchange_inbox"), 2);
}

struct BadArrival {
  const char* name;
  const char* reason;
  std::function<void(DocumentEnvelope&, tests::TestOffice&)> spoil;
};

class TwoOfficesBadArrival : public TwoOffices, public testing::WithParamInterface<BadArrival> {};

TEST_P(TwoOfficesBadArrival, IsRefusedWithStatus02AndItsReason) {
  DocumentEnvelope envelope = toWard();
  std::string xml = written(envelope);
  GetParam().spoil(envelope, province_);
  if (std::string(GetParam().name) == "Secret") {
    const std::string subject = "V/v đẩy mạnh cải cách hành chính";
    for (auto at = xml.find(subject); at != std::string::npos; at = xml.find(subject, at + 5)) {
      xml.replace(at, subject.size(), "(MẬT) Việc khác");
    }
  } else {
    xml = written(envelope);
  }
  sendRaw("H32.01", "H32", xml, axis::MessageKind::Document);
  settle();
  EXPECT_TRUE(ward_.events.arrived.empty());
  ASSERT_EQ(ward_.events.refused.size(), 1u);
  EXPECT_EQ(ward_.events.refused.front().second.code, GetParam().reason);
  EXPECT_EQ(ward_.count("SELECT COUNT(*) FROM exchange_inbox WHERE state = 2"), 1);
  EXPECT_EQ(hub_.count("SELECT COUNT(*) FROM hub_delivery WHERE state <> 3"), 0);
  // The province did not send it through its outbox, so the status has no document there.
  EXPECT_EQ(province_.count("SELECT COUNT(*) FROM exchange_inbox WHERE kind = 2 AND state = 5 "
                            "AND status_code = '02'"),
            1);
}

INSTANTIATE_TEST_SUITE_P(Table, TwoOfficesBadArrival,
                         testing::Values(BadArrival{"Damaged", "arrival.damaged",
                                                    [](DocumentEnvelope& envelope,
                                                       tests::TestOffice& office) {
                                                      envelope.attachments = {tests::attachmentOf(
                                                          office.blobs, "a.pdf", "damaged bytes")};
                                                    }},
                                         BadArrival{"Secret", "arrival.secret",
                                                    [](DocumentEnvelope&, tests::TestOffice&) {}}),
                         [](const auto& test) { return test.param.name; });

TEST_F(TwoOffices, WhatIsNotForUsIsRefused) {
  ward_.organs = tests::TestOrgans({"H32.22"});
  ASSERT_TRUE(province_.send(toWard()));
  province_.tick();
  ward_.tick();
  ASSERT_EQ(ward_.events.refused.size(), 1u);
  EXPECT_EQ(ward_.events.refused.front().second.code, "arrival.misaddressed");
  EXPECT_EQ(hub_.count("SELECT COUNT(*) FROM hub_delivery WHERE state <> 3"), 0);
}

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

TEST_F(TwoOffices, OneCopyForEachOwnAgencyOfTheEnvelope) {
  tests::TestOffice both(wardRows(), hub_, clock_, "H32.01", {"H32", "H32.05"});
  DocumentEnvelope envelope = ward_.sample();
  envelope.from.organId = "H32.21";
  envelope.to = {{"H32"}, {"000.00.05.H32"}};
  envelope.documentId = "H32.21,x";
  both.organs.forms["000.00.05.H32"] = "H32.05";
  std::string xml;
  ASSERT_TRUE(writeEnvelope(envelope, tests::kToday, ward_.blobs,
                            [&](std::string_view bytes) { xml += bytes; }));
  sendRaw("ward", "H32.21", xml, axis::MessageKind::Document);
  both.poller->tick();
  ASSERT_EQ(both.events.arrived.size(), 2u);
  EXPECT_EQ(both.events.arrived[0].receiver, "H32");
  EXPECT_EQ(both.events.arrived[1].receiver, "H32.05");
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
