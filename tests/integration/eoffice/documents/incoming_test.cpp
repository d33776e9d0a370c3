#include "eoffice/documents/incoming.h"

#include <gtest/gtest.h>

#include "tests/integration/eoffice/documents/documents_fixture.h"

namespace {

using eoffice::documents::State;
using tests::codeOf;
using Incoming = tests::DocumentsTest;

TEST_F(Incoming, TakesTheSameUploadOnce) {
  EXPECT_EQ(receive("scan"), receive("scan"));
  EXPECT_NE(receive("scan"), receive("other"));
}

TEST_F(Incoming, RefusesAFileWithASecrecyMark) {
  pdf.facts.secrecy = eoffice::SecrecyMark{.text = "TỐI MẬT"};
  const auto refused = incoming.receive(
      people->clerk, {.blob = blobs.put("x"), .fileName = "x.pdf", .requestKey = "k"});
  ASSERT_EQ(codeOf(refused), "document.secret_refused");
  EXPECT_EQ(refused.error().facts.front().second, "TỐI MẬT");
}

TEST_F(Incoming, RefusesAStatedSecrecyAndAMarkedAbstract) {
  const auto id = receive();
  EXPECT_EQ(codeOf(incoming.registerIncoming(
                people->clerk, {.target = {id, 0}, .fields = goodFields(), .secrecy = "mat"})),
            "document.secret_refused");
  auto fields = goodFields();
  fields.subject = "(Mật) Báo cáo tình hình";
  EXPECT_EQ(codeOf(incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = fields})),
            "document.secret_refused");
  fields.subject = "V/v tăng cường bảo vệ bí mật nhà nước";
  EXPECT_EQ(codeOf(incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = fields})),
            "ok");
}

TEST_F(Incoming, TellsEveryFaultOfTheFieldsAtOnce) {
  const auto id = receive();
  eoffice::documents::Fields fields;
  fields.issuedDate = base::parseIsoDate("2026-02-01");
  const auto refused =
      incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = fields});
  ASSERT_FALSE(refused);
  std::vector<std::string> faulty{refused.error().field};
  for (const auto& other : refused.error().others) faulty.push_back(other.field);
  EXPECT_EQ(faulty, (std::vector<std::string>{"code_number", "code_notation", "issuer_name",
                                              "subject", "type", "issued_date"}));
}

TEST_F(Incoming, PointsOutADuplicate) {
  const auto first = receive("one");
  ASSERT_TRUE(
      incoming.registerIncoming(people->clerk, {.target = {first, 0}, .fields = goodFields()}));
  const auto second = receive("two");
  const auto refused =
      incoming.registerIncoming(people->clerk, {.target = {second, 0}, .fields = goodFields()});
  ASSERT_EQ(codeOf(refused), "document.duplicate");
  EXPECT_EQ(refused.error().facts.front().second, "1");
  EXPECT_EQ(codeOf(incoming.registerIncoming(
                people->clerk,
                {.target = {second, 0}, .fields = goodFields(), .duplicateConfirmed = true})),
            "ok");
}

TEST_F(Incoming, GivesTheSameNumberToASecondAttempt) {
  const auto id = receive();
  const eoffice::documents::Registration input{.target = {id, 0}, .fields = goodFields()};
  EXPECT_EQ(incoming.registerIncoming(people->clerk, input).value().arrivalNumber, 1);
  EXPECT_EQ(incoming.registerIncoming(people->clerk, input).value().arrivalNumber, 1);
}

TEST_F(Incoming, RefusesToSubmitBeforeRegistration) {
  const auto id = receive();
  EXPECT_EQ(codeOf(incoming.submit(people->headOfOffice,
                                   {.target = {id, 0}, .leader = people->leader.post})),
            "document.wrong_state");
}

TEST_F(Incoming, SubmitsOnlyToSomebodyWhoMayDirect) {
  const auto id = registered();
  EXPECT_EQ(codeOf(incoming.submit(people->headOfOffice,
                                   {.target = {id, 0}, .leader = people->official.post})),
            "document.no_leader");
}

TEST_F(Incoming, WantsExactlyOneLead) {
  const auto id = registered();
  ASSERT_TRUE(
      incoming.submit(people->headOfOffice, {.target = {id, 0}, .leader = people->leader.post}));
  EXPECT_EQ(
      codeOf(incoming.direct(people->leader, {.target = {id, 0}, .text = "x", .workdays = 5})),
      "instruction.no_lead");
  EXPECT_EQ(codeOf(incoming.direct(people->leader, {.target = {id, 0},
                                                    .text = "x",
                                                    .lead = people->official.post,
                                                    .supports = {people->headOfUnit.post}})),
            "instruction.no_deadline");
  const auto done = incoming.direct(people->leader, {.target = {id, 0},
                                                     .text = "x",
                                                     .lead = people->official.post,
                                                     .supports = {people->headOfUnit.post},
                                                     .workdays = 5});
  ASSERT_EQ(codeOf(done), "ok");
  // Five workdays after Tuesday 06/01: Saturday 10/01 is worked for 02/01.
  EXPECT_EQ(*done->due, *base::parseIsoDate("2026-01-12"));
}

TEST_F(Incoming, IsDirectedOnlyByTheLeaderThatItWaitsFor) {
  const auto id = registered();
  ASSERT_TRUE(
      incoming.submit(people->headOfOffice, {.target = {id, 0}, .leader = people->leader.post}));
  EXPECT_EQ(codeOf(incoming.direct(
                people->headOfOffice,
                {.target = {id, 0}, .text = "x", .lead = people->official.post, .workdays = 1})),
            "document.not_yours");
  EXPECT_EQ(codeOf(incoming.direct(people->official, {.target = {id, 0}, .text = "x"})),
            "permission.denied");
}

TEST_F(Incoming, SaysThatSomebodyWasFaster) {
  const auto id = registered();
  const int seen = stored(id).version;
  ASSERT_TRUE(
      incoming.submit(people->headOfOffice, {.target = {id, seen}, .leader = people->leader.post}));
  EXPECT_EQ(codeOf(incoming.submit(people->headOfOffice,
                                   {.target = {id, seen}, .leader = people->leader.post})),
            "document.changed_meanwhile");
}

TEST_F(Incoming, IsFinishedByItsLead) {
  const auto id = directed();
  EXPECT_EQ(codeOf(incoming.finish(people->headOfUnit, {id, 0}, "xong")), "document.unknown");
  EXPECT_EQ(codeOf(incoming.finish(people->official, {id, 0}, "xong")), "ok");
  EXPECT_EQ(stored(id).state, State::Finished);
}

TEST_F(Incoming, IsHiddenFromAdministratorsAndFromThoseWithoutAPart) {
  const auto id = registered();
  const auto sees = [&](const eoffice::Caller& caller) {
    return database().read([&](base::db::Session& session) {
      return eoffice::documents::detail(session, caller, id).has_value();
    });
  };
  EXPECT_TRUE(sees(people->clerk));
  EXPECT_TRUE(sees(people->leader));
  EXPECT_FALSE(sees(people->official));
  EXPECT_FALSE(sees(people->systemAdmin));
  EXPECT_FALSE(sees(people->unitAdmin));
}

TEST_F(Incoming, CountsOpenExactlyTheListsThatTheyCount) {
  registered("one");
  registered("two");
  receive("three");
  database().read([&](base::db::Session& session) {
    using eoffice::documents::Box;
    const auto counts = eoffice::documents::boxCounts(session, people->headOfOffice);
    EXPECT_EQ(counts.at(static_cast<std::size_t>(Box::ToSubmit)), 2);
    EXPECT_EQ(
        eoffice::documents::inBox(session, people->headOfOffice, Box::ToSubmit, {}).rows.size(),
        2U);
    EXPECT_EQ(eoffice::documents::inBox(session, people->clerk, Box::ToRegister, {}).total, 1);
  });
}

TEST_F(Incoming, IsFoundWithoutMarks) {
  registered();
  const auto found = [&](const std::string& words) {
    return database().read([&](base::db::Session& session) {
      return eoffice::documents::list(session, people->clerk, {.words = words}, {}).total;
    });
  };
  EXPECT_EQ(found("cai cach HANH chinh"), 1);
  EXPECT_EQ(found("vpcp-kgvx"), 1);
  EXPECT_EQ(found("khong co"), 0);
  EXPECT_EQ(found("100%"), 0);
}

}  // namespace
