#include "eoffice/documents/incoming.h"

#include <gtest/gtest.h>

#include <future>
#include <set>

#include "eoffice/directory/delegation.h"
#include "eoffice/documents/uploads.h"

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

TEST_F(Incoming, WantsAPersonsLookWhereAMarkOfSecrecyWasRead) {
  const auto id = receive();
  database().transact([](base::db::Session& session) {
    session.execute(
        "/* test.secret */ UPDATE blob_text SET state = 4, error_code = 'reading.secret', findings "
        "= "
        "'[{\"field\":\"secrecy\",\"value\":\"MẬT\",\"sure\":true,\"places\":[[1,0,0,1,1]]}]'");
  });
  eoffice::documents::Registration input{.target = {id, 0}, .fields = goodFields()};
  const auto refused = incoming.registerIncoming(people->clerk, input);
  ASSERT_EQ(codeOf(refused), "document.secret_suspected");
  EXPECT_EQ(refused.error().facts.front().second, "MẬT");
  input.secrecyDenied = true;
  EXPECT_EQ(codeOf(incoming.registerIncoming(people->clerk, input)), "ok");
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

TEST_F(Incoming, WantsATypeOfTheListOrTheSendersOwn) {
  const auto id = receive();
  auto fields = goodFields();
  fields.typeName = "Tuyên ngôn";
  EXPECT_EQ(codeOf(incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = fields})),
            "field.unknown_type");
  database().transact([&](base::db::Session& session) {
    session.execute("/* test */ UPDATE document SET type_name = 'Tuyên ngôn' WHERE id = ?", {id});
  });
  EXPECT_EQ(codeOf(incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = fields})),
            "ok");
}

TEST_F(Incoming, TakesTypesThatOnlyOthersIssue) {
  auto fields = goodFields();
  fields.typeName = "nghị định";
  const auto id = receive();
  EXPECT_EQ(codeOf(incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = fields})),
            "ok");
}

TEST_F(Incoming, TakesNothingInvisibleForAnAbstract) {
  const auto id = receive();
  auto fields = goodFields();
  fields.subject = "\u200B\uFEFF\u2060";
  EXPECT_EQ(codeOf(incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = fields})),
            "field.missing");
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

TEST_F(Incoming, SaysThatARepeatedActIsDoneAlready) {
  const auto id = receive();
  const int seen = stored(id).version;
  for (const int version : {seen, 0}) {
    const auto done =
        incoming.registerIncoming(people->clerk, {.target = {id, version}, .fields = goodFields()});
    if (version == seen) {
      ASSERT_EQ(codeOf(done), "ok");
      clock.advance(std::chrono::minutes(3));
    }
  }
  const auto again =
      incoming.registerIncoming(people->clerk, {.target = {id, seen}, .fields = goodFields()});
  ASSERT_EQ(codeOf(again), "document.done_by_you");
  EXPECT_EQ(again.error().facts.front().second, "06/01/2026 09:00");
  EXPECT_EQ(stored(id).incoming->arrivalNumber, 1);
  // Of somebody else's act it is not said.
  auto other = people->clerk;
  other.post = people->recordsKeeper.post;
  EXPECT_EQ(
      codeOf(incoming.registerIncoming(other, {.target = {id, seen}, .fields = goodFields()})),
      "document.changed_meanwhile");
}

TEST_F(Incoming, MakesOneDocumentOfARequestThatCameTwiceAtOnce) {
  const auto blob = blobs.put("scan");
  const auto take = [&] {
    return incoming.receive(people->clerk,
                            {.blob = blob, .fileName = "scan.pdf", .requestKey = "twice"});
  };
  std::vector<std::future<base::Result<eoffice::DocumentId>>> taken;
  for (int i = 0; i < 6; ++i) taken.push_back(std::async(std::launch::async, take));
  std::set<std::int64_t> ids;
  for (auto& one : taken) ids.insert(one.get().value().value());
  EXPECT_EQ(ids.size(), 1U);
}

TEST_F(Incoming, WarnsOneOfTwoDoublesThatAreRegisteredAtOnce) {
  std::vector<eoffice::DocumentId> ids;
  for (int i = 0; i < 4; ++i) ids.push_back(receive("scan " + std::to_string(i)));
  std::vector<std::future<std::string>> answers;
  for (const auto id : ids) {
    answers.push_back(std::async(std::launch::async, [&, id] {
      return codeOf(
          incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = goodFields()}));
    }));
  }
  std::multiset<std::string> codes;
  for (auto& answer : answers) codes.insert(answer.get());
  EXPECT_EQ(codes.count("ok"), 1U);
  EXPECT_EQ(codes.count("document.duplicate"), 3U);
}

TEST_F(Incoming, BelongsToWhoBroughtTheFile) {
  using eoffice::documents::Brought;
  const auto blob = blobs.put("brought before");
  database().transact([&](base::db::Session& session) {
    eoffice::documents::noteUpload(session, clock, people->headOfOffice, blob);
  });
  const auto take = [&](const eoffice::Caller& caller, const std::string& sha256) {
    return incoming.receive(caller, {.blob = {sha256, 0},
                                     .fileName = "scan.pdf",
                                     .requestKey = "key",
                                     .brought = Brought::Before});
  };
  // A foreign file, one that nobody has brought, and what is no hash: the same answer.
  for (const auto& hash : {blob.sha256, std::string(64, 'a'), std::string("../etc/passwd")}) {
    EXPECT_EQ(codeOf(take(people->clerk, hash)), "upload.unknown") << hash;
  }
  pdf.facts.secrecy = eoffice::SecrecyMark{.text = "MẬT"};  // What is in it is not told either.
  EXPECT_EQ(codeOf(take(people->clerk, blob.sha256)), "upload.unknown");
  pdf.facts.secrecy.reset();

  database().transact([&](base::db::Session& session) {
    eoffice::documents::noteUpload(session, clock, people->clerk, blob);
  });
  auto elsewhere = people->clerk;  // The same person in another agency's post.
  elsewhere.agency = eoffice::AgencyId(people->agency.value() + 1);
  EXPECT_EQ(codeOf(take(elsewhere, blob.sha256)), "upload.unknown");
  const auto taken = take(people->clerk, blob.sha256);
  ASSERT_EQ(codeOf(taken), "ok");

  clock.advance(eoffice::documents::kUploadLife);
  database().transact([&](base::db::Session& session) {
    EXPECT_FALSE(eoffice::documents::purgeUploads(session, clock.now()));
    EXPECT_EQ(session.get("SELECT COUNT(*) FROM upload").integer(0), 0);
  });
  // The same request is still the same; a new one needs the file again.
  EXPECT_EQ(take(people->clerk, blob.sha256).value(), *taken);
  EXPECT_EQ(codeOf(incoming.receive(people->clerk, {.blob = blob,
                                                    .fileName = "scan.pdf",
                                                    .requestKey = "later",
                                                    .brought = Brought::Before})),
            "upload.unknown");
}

TEST_F(Incoming, IsSubmittedByTheClerkWhereNobodyHeadsTheOffice) {
  database().transact([&](base::db::Session& session) {
    session.execute("/* test */ UPDATE post SET valid_to = '2025-12-31' WHERE role = 4");
  });
  const auto id = registered();
  EXPECT_EQ(
      codeOf(incoming.submit(people->clerk, {.target = {id, 0}, .leader = people->leader.post})),
      "ok");
}

TEST_F(Incoming, IsSubmittedByTheHeadOfOfficeWhereThereIsOne) {
  const auto id = registered();
  EXPECT_EQ(
      codeOf(incoming.submit(people->clerk, {.target = {id, 0}, .leader = people->leader.post})),
      "document.not_yours");
}

TEST_F(Incoming, IsDirectedByTheDelegateOfTheLeader) {
  using eoffice::directory::Scope;
  // The official's own role directs nothing and reads nothing of the agency.
  database().transact([&](base::db::Session& session) {
    ASSERT_TRUE(eoffice::directory::delegate(
        session, clock, people->leader,
        {people->leader.post, people->official.post, clock.today(), clock.today(),
         static_cast<eoffice::directory::Scopes>(Scope::Direct)}));
  });
  const auto id = registered();
  ASSERT_TRUE(
      incoming.submit(people->headOfOffice, {.target = {id, 0}, .leader = people->leader.post}));
  const auto seen = database().read([&](base::db::Session& session) {
    return eoffice::documents::detail(session, people->official, id);
  });
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->open, std::vector{eoffice::documents::StepKind::Direct});
  EXPECT_EQ(codeOf(incoming.direct(people->official, {.target = {id, 0},
                                                      .text = "Giao phòng xử lý",
                                                      .lead = people->headOfUnit.post,
                                                      .workdays = 5})),
            "ok");
  EXPECT_EQ(codeOf(incoming.finish(people->official, {id, 0}, "xong")), "document.not_yours");
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
  EXPECT_EQ(codeOf(incoming.direct(people->clerk, {.target = {id, 0}, .text = "x"})),
            "permission.denied");
  EXPECT_EQ(codeOf(incoming.direct(people->official, {.target = {id, 0}, .text = "x"})),
            "document.unknown");
}

TEST_F(Incoming, SaysThatSomebodyWasFaster) {
  const auto id = registered();
  const int seen = stored(id).version;
  ASSERT_TRUE(
      incoming.submit(people->headOfOffice, {.target = {id, seen}, .leader = people->leader.post}));
  EXPECT_EQ(codeOf(incoming.submit(people->headOfOffice,
                                   {.target = {id, seen}, .leader = people->leader.post})),
            "document.done_by_you");
  auto other = people->headOfOffice;
  other.post = people->clerk.post;
  EXPECT_EQ(codeOf(incoming.submit(other, {.target = {id, seen}, .leader = people->leader.post})),
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
