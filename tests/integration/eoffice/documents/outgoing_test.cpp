#include "eoffice/documents/outgoing.h"

#include <gtest/gtest.h>

#include "eoffice/directory/delegation.h"
#include "eoffice/documents/assignment.h"

#include "tests/integration/eoffice/documents/documents_fixture.h"

namespace {

using eoffice::documents::FileKind;
using eoffice::documents::State;
using tests::codeOf;
using Outgoing = tests::DocumentsTest;

eoffice::documents::Issue toTheWard(
    std::optional<std::optional<base::LocalDate>> replyBy = std::nullopt) {
  return {.receivers = {"H32.21"}, .replyBy = replyBy};
}

TEST_F(Outgoing, ReturnsWithARemarkAndComesBack) {
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  ASSERT_TRUE(outgoing.sendUp(people->official, {id, 0}, "Kính trình"));
  EXPECT_EQ(codeOf(outgoing.returnDraft(people->headOfUnit, {id, 0}, "  ")), "field.missing");
  ASSERT_TRUE(outgoing.returnDraft(people->headOfUnit, {id, 0}, "Bổ sung số liệu"));
  EXPECT_EQ(stored(id).state, State::Returned);
  auto better = goodDraft();
  better.file.blob = blobs.put("better draft");
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

TEST_F(Outgoing, RefusesANumberBeforeTheSignature) {  // R-11
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  ASSERT_TRUE(outgoing.sendUp(people->official, {id, 0}, ""));
  EXPECT_EQ(codeOf(outgoing.giveNumber(people->clerk, {id, 0})), "document.wrong_state");
}

TEST_F(Outgoing, RefusesTheSealBeforeTheSignature) {  // R-10
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  EXPECT_EQ(codeOf(outgoing.seal(people->clerk, {id, 0}, "right")), "document.wrong_state");
  const auto ready = signedDocument();
  EXPECT_EQ(codeOf(outgoing.seal(people->clerk, {ready, 0}, "right")), "document.wrong_state");
}

TEST_F(Outgoing, WritesOneDigitNumbersWithAZero) {  // R-6
  const auto id = signedDocument();
  EXPECT_EQ(outgoing.giveNumber(people->clerk, {id, 0}).value().symbol, "01/UBND-KGVX");
}

TEST_F(Outgoing, KeepsEveryVersion) {  // R-12
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
  EXPECT_EQ(codeOf(outgoing.issue(people->clerk, {id, 0}, {.receivers = {}, .replyBy = {}})),
            "issue.no_receiver");
  const auto refused = outgoing.issue(
      people->clerk, {id, 0}, {.receivers = {"H99", "H32.21", "h32.21", "H32"}, .replyBy = {}});
  ASSERT_EQ(codeOf(refused), "issue.unknown_receiver");
  ASSERT_EQ(refused.error().others.size(), 2U);
  EXPECT_EQ(refused.error().others[0].code, "issue.receiver_twice");
  EXPECT_EQ(refused.error().others[1].code, "issue.to_oneself");
  ASSERT_EQ(codeOf(outgoing.issue(people->clerk, {id, 0}, toTheWard())), "ok");
  EXPECT_EQ(stored(id).state, State::Issued);
  EXPECT_EQ(stored(answered).state, State::Finished);
  EXPECT_EQ(auditOf("document", answered.value()).back(), "document.finished");
  database().read([&](base::db::Session& session) {
    const auto deliveries = exchange::delivery::deliveriesOf(session, id.value());
    ASSERT_EQ(deliveries.size(), 1U);
    EXPECT_EQ(deliveries[0].organId, "H32.21");
    EXPECT_EQ(deliveries[0].state, exchange::delivery::DeliveryState::Accepted);
  });
}

TEST_F(Outgoing, IsIssuedAfterItsTaskWasReportedToo) {
  const auto answered = directed();
  const auto id = sealed(answered);
  database().transact([&](base::db::Session& session) {
    const auto task = session.get("/* test */ SELECT id, version FROM task").integer(0);
    const auto version = session.get("/* test */ SELECT version FROM task").integer(0);
    ASSERT_TRUE(tasks.reportCompletion(
        session, eoffice::documents::actorOf(people->official, people->official.post), clock.now(),
        reminder::TaskId(task), static_cast<int>(version), "Đã làm xong", {}));
  });
  EXPECT_EQ(codeOf(outgoing.issue(people->clerk, {id, 0}, toTheWard())), "ok");
  EXPECT_EQ(stored(answered).state, State::Finished);
}

TEST_F(Outgoing, AsksForAnAnswerByTheDayOfTheIssue) {
  const auto day = [](const char* text) { return base::parseIsoDate(text); };
  const auto dueOf = [&](const std::optional<base::LocalDate>& drafted,
                         std::optional<std::optional<base::LocalDate>> issued) {
    auto input = goodDraft();
    input.replyBy = drafted;
    input.file.requestKey.clear();
    const auto id = outgoing.draft(people->official, input).value();
    EXPECT_TRUE(outgoing.sendUp(people->official, {id, 0}, ""));
    EXPECT_TRUE(outgoing.approve(people->headOfUnit, {id, 0}, ""));
    EXPECT_TRUE(outgoing.sign(people->leader, {id, 0}, "right"));
    EXPECT_TRUE(outgoing.giveNumber(people->clerk, {id, 0}));
    EXPECT_TRUE(outgoing.seal(people->clerk, {id, 0}, "right"));
    EXPECT_EQ(codeOf(outgoing.issue(people->clerk, {id, 0}, toTheWard(day("2026-01-05")))),
              "field.date_in_past");
    EXPECT_EQ(codeOf(outgoing.issue(people->clerk, {id, 0}, toTheWard(issued))), "ok");
    return stored(id).fields.dueDate;
  };
  EXPECT_EQ(dueOf(std::nullopt, day("2026-01-20")), day("2026-01-20"));
  EXPECT_EQ(dueOf(day("2026-01-15"), std::nullopt), day("2026-01-15"));
  EXPECT_EQ(dueOf(day("2026-01-15"), std::optional<base::LocalDate>()), std::nullopt);
  database().read([&](base::db::Session& session) {
    const auto waiting =
        session.query("/* test */ SELECT content FROM exchange_outbox ORDER BY outbox_id");
    ASSERT_EQ(waiting.size(), 3U);
    EXPECT_NE(waiting[0].text(0).find("2026-01-20"), std::string::npos);
    EXPECT_NE(waiting[1].text(0).find("2026-01-15"), std::string::npos);
  });
}

TEST_F(Outgoing, WantsANotationThatIsOne) {
  for (const char* bad : {"UBND KGVX", "1234/UBND-KGVX", "UBND-/"}) {
    auto input = goodDraft();
    input.notation = bad;
    EXPECT_EQ(codeOf(outgoing.draft(people->official, input)), "field.bad_notation") << bad;
  }
}

TEST_F(Outgoing, DraftsNoTypeThatOnlyOthersIssue) {
  auto input = goodDraft();
  input.typeName = "Nghị định";
  EXPECT_EQ(codeOf(outgoing.draft(people->official, input)), "field.unknown_type");
}

TEST_F(Outgoing, KnowsTheFiveCompetences) {  // R-13
  for (const char* good : {"", "TM.", "KT.", "TL. CHỦ TỊCH", "TUQ.", "Q."}) {
    auto input = goodDraft();
    input.file.requestKey = std::string("key ") + good;
    input.competence = good;
    const auto id = outgoing.draft(people->official, input);
    ASSERT_EQ(codeOf(id), "ok") << good;
    EXPECT_EQ(stored(*id).outgoing->signerCompetence, good);
  }
  for (const char* bad : {"P.", "KT", "KT.CHỦ TỊCH", "thay mặt"}) {
    auto input = goodDraft();
    input.competence = bad;
    EXPECT_EQ(codeOf(outgoing.draft(people->official, input)), "field.unknown_competence") << bad;
  }
}

TEST_F(Outgoing, TellsTheDrafterWhereSignatureNumberAndDateGo) {
  pdf.found.signature = {.page = 2, .box = {}, .kind = eoffice::PlaceKind::Found};
  pdf.found.date = {.page = 1, .box = {}, .kind = eoffice::PlaceKind::DefaultCell};
  const auto examined =
      outgoing.examine(people->official, {.blob = blobs.put("draft"), .fileName = "draft.pdf"},
                       people->leader.post, "UBND-KGVX");
  ASSERT_TRUE(examined);
  EXPECT_EQ(examined->places.signature.page, 2);
  EXPECT_EQ(examined->places.date.kind, eoffice::PlaceKind::DefaultCell);
  EXPECT_EQ(codeOf(outgoing.examine(people->clerk, {.blob = blobs.put("draft")},
                                    people->leader.post, "UBND-KGVX")),
            "permission.denied");
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  const auto file = database().read([&](base::db::Session& session) {
    return *eoffice::documents::newestFile(session, id, FileKind::Draft);
  });
  EXPECT_EQ(file.signingPlaces,
            R"({"date":{"how":"default","page":1},"number":{"how":"found","page":1},)"
            R"("signature":{"how":"found","page":2}})");
}

TEST_F(Outgoing, RefusesAProtectedFileWhetherNewOrBetter) {
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  pdf.facts.encrypted = true;
  auto input = goodDraft();
  input.file = {.blob = blobs.put("protected"), .fileName = "x.pdf", .requestKey = "other"};
  EXPECT_EQ(codeOf(outgoing.draft(people->official, input)), "signing.protected");
  EXPECT_EQ(codeOf(outgoing.revise(people->official, {id, 0}, input)), "signing.protected");
}

TEST_F(Outgoing, GoesToNoSignerWhosePostHasEnded) {
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  ASSERT_TRUE(outgoing.sendUp(people->official, {id, 0}, ""));
  database().transact([&](base::db::Session& session) {
    session.execute("/* test */ UPDATE post SET valid_to = '2025-12-31' WHERE role = 5");
  });
  EXPECT_EQ(codeOf(outgoing.approve(people->headOfUnit, {id, 0}, "")), "draft.no_signer");
  EXPECT_EQ(codeOf(outgoing.returnDraft(people->headOfUnit, {id, 0}, "Chọn người ký khác")), "ok");
}

TEST_F(Outgoing, IsReviewedByTheDelegateOfTheHead) {  // R-30
  using eoffice::directory::Scope;
  eoffice::Caller deputy;
  database().transact([&](base::db::Session& session) {
    const auto stand =
        tests::addPost(session, tests::addPerson(session, "deputy", "Phó phòng"), people->agency,
                       people->room, eoffice::Role::Official, "Phó Trưởng phòng");
    deputy = tests::callerIn(session, stand);
    ASSERT_TRUE(
        eoffice::directory::delegate(session, clock, people->headOfUnit,
                                     {people->headOfUnit.post, stand, clock.today(), clock.today(),
                                      static_cast<eoffice::directory::Scopes>(Scope::Approve)}));
  });
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  EXPECT_EQ(codeOf(outgoing.approve(deputy, {id, 0}, "")), "document.unknown");
  ASSERT_TRUE(outgoing.sendUp(people->official, {id, 0}, ""));
  EXPECT_EQ(codeOf(outgoing.approve(deputy, {id, 0}, "")), "ok");
  EXPECT_EQ(codeOf(outgoing.approve(deputy, {id, 0}, "")), "document.done_by_you");
}

TEST_F(Outgoing, WritesDownAKeyThatDidNotOpen) {
  const auto id = outgoing.draft(people->official, goodDraft()).value();
  ASSERT_TRUE(outgoing.sendUp(people->official, {id, 0}, ""));
  ASSERT_TRUE(outgoing.approve(people->headOfUnit, {id, 0}, ""));
  EXPECT_EQ(codeOf(outgoing.sign(people->leader, {id, 0}, "wrong")), "signing.wrong_password");
  EXPECT_EQ(auditOf("document", id.value()).back(), "document.key_refused");
}

TEST_F(Outgoing, RefusesADraftThatStatesASecret) {  // R-4
  auto input = goodDraft();
  input.secrecy = "Tuyệt mật";
  EXPECT_EQ(codeOf(outgoing.draft(people->official, input)), "document.secret_refused");
}

TEST_F(Outgoing, AnswersOnlyWhatTheDrafterMaySee) {
  const auto other = registered("not theirs");
  EXPECT_EQ(codeOf(outgoing.draft(people->official, goodDraft(other))), "document.unknown");
}

}  // namespace
