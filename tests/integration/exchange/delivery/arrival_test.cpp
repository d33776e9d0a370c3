// What becomes of an envelope that the axis lists for us.
#include "tests/integration/exchange/delivery/two_offices.h"
#include "tests/support/test_pki.h"

namespace exchange::delivery {
namespace {

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

TEST_F(TwoOffices, AMessageThatFailsEachTimeStandsInNobodysWay) {
  DocumentEnvelope poison = toWard();
  poison.subject = "V/v làm hỏng";
  poison.documentId = "H32,poison";
  ward_.events.poison = poison.subject;
  sendRaw("H32.01", "H32", written(poison), axis::MessageKind::Document);
  sendRaw("H32.01", "H32", written(toWard()), axis::MessageKind::Document);
  ward_.poller->tick();
  ASSERT_EQ(ward_.events.arrived.size(), 1u);
  EXPECT_EQ(ward_.events.arrived.front().envelope.documentId, toWard().documentId);
  EXPECT_EQ(ward_.count("SELECT COUNT(*) FROM exchange_inbox"), 1) << "nothing half-done";

  // It is tried again, after longer and longer, while others pass.
  for (int attempt = 2; attempt <= 4; ++attempt) {
    EXPECT_EQ(ward_.poller->tick(), 0u);
    EXPECT_EQ(ward_.count("SELECT attempts FROM exchange_fetch"), attempt - 1);
    clock_.advance(seconds(1 << attempt));
    DocumentEnvelope next = toWard();
    next.documentId = "H32,next," + std::to_string(attempt);
    sendRaw("H32.01", "H32", written(next), axis::MessageKind::Document);
    EXPECT_EQ(ward_.poller->tick(), 1u);
    EXPECT_EQ(ward_.count("SELECT attempts FROM exchange_fetch"), attempt);
  }
  EXPECT_EQ(hub_.count("SELECT COUNT(*) FROM hub_delivery WHERE state <> 3"), 1) << "it is kept";
  ward_.events.poison = "none";
  settle();
  EXPECT_EQ(ward_.events.arrived.back().envelope.documentId, "H32,poison");
  EXPECT_EQ(ward_.events.arrived.size(), 5u);
  EXPECT_EQ(hub_.count("SELECT COUNT(*) FROM hub_delivery WHERE state <> 3"), 0);
}

TEST_F(TwoOffices, ASignersCertificateMayNameItsAgencyInEitherForm) {
  const auto verifier = EnvelopeVerifier::fromPem(tests::sharedPki().rootPem());
  ward_.verifier = &*verifier;
  ward_.start();
  const auto arriveSignedBy = [&](const std::string& code) {
    const auto signer =
        EnvelopeSigner::fromPkcs12Bytes(tests::sharedPki().agencyPkcs12(code), "secret");
    province_.keys.signer = &*signer;
    DocumentEnvelope envelope = toWard();
    envelope.documentId = "H32,signed by " + code;
    EXPECT_TRUE(province_.send(envelope));
    settle();
    return ward_.events.arrived.back().signature;
  };
  EXPECT_TRUE(arriveSignedBy("H32").good());
  EXPECT_TRUE(arriveSignedBy("000.00.00.H32").good());
  EXPECT_TRUE(arriveSignedBy("000.00.21.H32").has(SignatureFault::SignerIsNotSender));
  EXPECT_TRUE(arriveSignedBy("no code at all").has(SignatureFault::SignerIsNotSender));
  ASSERT_EQ(ward_.events.arrived.size(), 4u);
}

}  // namespace
}  // namespace exchange::delivery
