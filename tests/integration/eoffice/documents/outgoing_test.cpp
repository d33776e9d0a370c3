#include "eoffice/documents/outgoing.h"

#include <gtest/gtest.h>

#include "tests/integration/eoffice/documents/documents_fixture.h"

namespace {

using eoffice::documents::FileKind;
using eoffice::documents::State;
using tests::codeOf;
using Outgoing = tests::DocumentsTest;

TEST_F(Outgoing, ReturnsWithARemarkAndComesBack) {
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  ASSERT_TRUE(outgoing.sendUp(people->official, {id, 0}, "Kính trình"));
  EXPECT_EQ(codeOf(outgoing.returnDraft(people->headOfUnit, {id, 0}, "  ")), "field.missing");
  ASSERT_TRUE(outgoing.returnDraft(people->headOfUnit, {id, 0}, "Bổ sung số liệu"));
  EXPECT_EQ(stored(id).state, State::Returned);
  auto better = goodDraft();
  better.blob = blobs.put("better draft");
  better.subject = "V/v báo cáo kết quả quý IV";
  ASSERT_TRUE(outgoing.revise(people->official, {id, 0}, better));
  ASSERT_TRUE(outgoing.sendUp(people->official, {id, 0}, ""));
  ASSERT_TRUE(outgoing.approve(people->headOfUnit, {id, 0}, ""));
  EXPECT_EQ(stored(id).state, State::Approved);
  EXPECT_EQ(stored(id).fields.subject, "V/v báo cáo kết quả quý IV");
}

TEST_F(Outgoing, IsReviewedByTheHeadAlone) {
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  ASSERT_TRUE(outgoing.sendUp(people->official, {id, 0}, ""));
  EXPECT_EQ(codeOf(outgoing.approve(people->official, {id, 0}, "")), "permission.denied");
  EXPECT_EQ(codeOf(outgoing.approve(people->leader, {id, 0}, "")), "document.not_yours");
}

TEST_F(Outgoing, IsSignedByItsSignerWithTheRightPin) {
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  ASSERT_TRUE(outgoing.sendUp(people->official, {id, 0}, ""));
  ASSERT_TRUE(outgoing.approve(people->headOfUnit, {id, 0}, ""));
  EXPECT_EQ(codeOf(outgoing.sign(people->headOfOffice, {id, 0}, "right")), "document.not_yours");
  EXPECT_EQ(codeOf(outgoing.sign(people->leader, {id, 0}, "wrong")), "signing.wrong_password");
  EXPECT_EQ(stored(id).state, State::Approved);
  EXPECT_EQ(codeOf(outgoing.sign(people->leader, {id, 0}, "right")), "ok");
}

TEST_F(Outgoing, RefusesANumberBeforeTheSignature) {
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  ASSERT_TRUE(outgoing.sendUp(people->official, {id, 0}, ""));
  EXPECT_EQ(codeOf(outgoing.giveNumber(people->clerk, {id, 0})), "document.wrong_state");
}

TEST_F(Outgoing, RefusesTheSealBeforeTheSignature) {
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  EXPECT_EQ(codeOf(outgoing.seal(people->clerk, {id, 0}, "right")), "document.wrong_state");
  const auto ready = signedDocument();
  EXPECT_EQ(codeOf(outgoing.seal(people->clerk, {ready, 0}, "right")), "document.wrong_state");
}

TEST_F(Outgoing, WritesOneDigitNumbersWithAZero) {
  const auto id = signedDocument();
  EXPECT_EQ(outgoing.giveNumber(people->clerk, {id, 0}).value().symbol, "01/UBND-KGVX");
}

TEST_F(Outgoing, KeepsEveryVersion) {
  const auto id = signedDocument();
  ASSERT_TRUE(outgoing.giveNumber(people->clerk, {id, 0}));
  ASSERT_TRUE(outgoing.seal(people->clerk, {id, 0}, "right"));
  const auto detail = database().read([&](base::db::Session& session) {
    return *eoffice::documents::detail(session, people->clerk, id);
  });
  ASSERT_EQ(detail.files.size(), 4U);
  EXPECT_EQ(blobs.read(detail.files[0].blob.sha256), "draft");
  EXPECT_EQ(blobs.read(detail.files[3].blob.sha256).substr(0, 5), "draft");
  EXPECT_EQ(detail.files[3].kind, FileKind::Sealed);
}

TEST_F(Outgoing, IsIssuedToKnownReceiversAndEndsWhatItAnswers) {
  const auto answered = directed();
  const auto id = signedDocument(answered);
  ASSERT_TRUE(outgoing.giveNumber(people->clerk, {id, 0}));
  ASSERT_TRUE(outgoing.seal(people->clerk, {id, 0}, "right"));
  EXPECT_EQ(codeOf(outgoing.issue(people->clerk, {id, 0}, {})), "issue.no_receiver");
  const auto refused = outgoing.issue(people->clerk, {id, 0}, {"H99", "H32.21", "H32.21", "H32"});
  ASSERT_EQ(codeOf(refused), "issue.unknown_receiver");
  ASSERT_EQ(refused.error().others.size(), 2U);
  EXPECT_EQ(refused.error().others[0].code, "issue.receiver_twice");
  EXPECT_EQ(refused.error().others[1].code, "issue.to_oneself");
  ASSERT_EQ(codeOf(outgoing.issue(people->clerk, {id, 0}, {"H32.21"})), "ok");
  EXPECT_EQ(stored(id).state, State::Issued);
  EXPECT_EQ(stored(answered).state, State::Finished);
  database().read([&](base::db::Session& session) {
    const auto deliveries = exchange::delivery::deliveriesOf(session, id.value());
    ASSERT_EQ(deliveries.size(), 1U);
    EXPECT_EQ(deliveries[0].organId, "H32.21");
    EXPECT_EQ(deliveries[0].state, exchange::delivery::DeliveryState::Accepted);
  });
}

TEST_F(Outgoing, RefusesADraftThatStatesASecret) {
  auto input = goodDraft();
  input.secrecy = "Tuyệt mật";
  EXPECT_EQ(codeOf(outgoing.draft(people->official, input)), "document.secret_refused");
}

TEST_F(Outgoing, AnswersOnlyWhatTheDrafterMaySee) {
  const auto other = registered("not theirs");
  EXPECT_EQ(codeOf(outgoing.draft(people->official, goodDraft(other))), "document.unknown");
}

}  // namespace
