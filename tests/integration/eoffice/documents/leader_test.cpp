#include <gtest/gtest.h>

#include <algorithm>

#include "eoffice/documents/phrases.h"
#include "eoffice/documents/proposals.h"
#include "eoffice/documents/receivers.h"
#include "eoffice/documents/routing.h"
#include "eoffice/documents/slip.h"

#include "tests/integration/eoffice/documents/documents_fixture.h"
#include "tests/support/run_command.h"

namespace {

using base::db::Session;
using eoffice::DocumentId;
using eoffice::documents::Instruction;
using eoffice::documents::PhraseMove;
using eoffice::documents::PhraseOwner;
using eoffice::documents::State;
using tests::codeOf;

class Leader : public tests::DocumentsTest {
 protected:
  DocumentId submitted(std::optional<Instruction> proposal = {},
                       const std::string& bytes = "scan") {
    const auto id = registered(bytes);
    EXPECT_EQ(codeOf(incoming.submit(people->headOfOffice, {.target = {id, 0},
                                                            .leader = people->leader.post,
                                                            .proposal = std::move(proposal)})),
              "ok");
    return id;
  }
  Instruction prepared(DocumentId id = {}) {
    return {.target = {id, 0},
            .text = "Chủ trì tham mưu",
            .lead = people->headOfUnit.post,
            .supports = {people->official.post},
            .workdays = 5};
  }
  eoffice::documents::InstructionRow instructionOf(DocumentId id) {
    return database()
        .read([&](Session& session) { return eoffice::documents::readChain(session, id); })
        .instructions.back();
  }
  std::vector<std::string> phrases(const eoffice::Caller& caller) {
    std::vector<std::string> lines;
    for (const auto& one : database().read(
             [&](Session& session) { return eoffice::documents::phrasesFor(session, caller); })) {
      lines.push_back(one.text);
    }
    return lines;
  }
  std::int64_t add(const std::string& text, PhraseOwner owner = PhraseOwner::Own) {
    const auto& caller = owner == PhraseOwner::Own ? people->leader : people->headOfOffice;
    return eoffice::documents::addPhrase(database(), clock, caller, owner, text).value();
  }

  eoffice::documents::Proposals proposals{office(), incoming};
};

TEST_F(Leader, ConfirmsWhatTheHeadOfOfficePrepared) {
  const auto id = submitted(prepared());
  ASSERT_EQ(codeOf(proposals.confirm(people->leader, {id, 0})), "ok");
  const auto row = instructionOf(id);
  EXPECT_EQ(row.giver, people->leader.post);
  EXPECT_EQ(row.proposedBy, people->headOfOffice.post);
  EXPECT_TRUE(row.proposalKept);
  EXPECT_EQ(stored(id).state, State::Directed);
  EXPECT_EQ(codeOf(proposals.confirm(people->leader, {id, 0})), "proposal.none");
}

TEST_F(Leader, ChangesWhatWasPrepared) {
  const auto id = submitted(prepared());
  auto changed = prepared(id);
  changed.workdays = 3;
  ASSERT_EQ(codeOf(incoming.direct(people->leader, changed)), "ok");
  EXPECT_EQ(instructionOf(id).proposedBy, people->headOfOffice.post);
  EXPECT_FALSE(instructionOf(id).proposalKept);
}

TEST_F(Leader, DoesWithoutWhatWasPrepared) {
  const auto id = submitted(prepared());
  EXPECT_EQ(codeOf(proposals.discard(people->headOfOffice, {id, 0})), "document.not_yours");
  ASSERT_EQ(codeOf(proposals.discard(people->leader, {id, 0})), "ok");
  ASSERT_EQ(codeOf(incoming.direct(people->leader, prepared(id))), "ok");
  EXPECT_FALSE(instructionOf(id).proposedBy.valid());
}

TEST_F(Leader, LetsOnlyNamedAssistantsPrepare) {
  EXPECT_EQ(codeOf(proposals.nameAssistant(people->official, people->headOfUnit.post)),
            "permission.denied");
  EXPECT_EQ(codeOf(proposals.nameAssistant(people->leader, people->leader.post)),
            "proposal.no_assistant");
  const auto before = submitted();
  EXPECT_EQ(codeOf(proposals.propose(people->official, prepared(before))), "document.unknown");
  ASSERT_EQ(codeOf(proposals.nameAssistant(people->leader, people->official.post)), "ok");
  const auto id = submitted({}, "another");
  auto input = prepared(id);
  input.supports.clear();
  EXPECT_EQ(codeOf(proposals.propose(people->official, input)), "ok");
  ASSERT_EQ(codeOf(proposals.endAssistant(people->leader, people->official.post)), "ok");
  EXPECT_EQ(codeOf(proposals.propose(people->official, input)), "proposal.not_assistant");
  EXPECT_EQ(codeOf(proposals.endAssistant(people->leader, people->official.post)),
            "proposal.no_assistant");
}

TEST_F(Leader, KeepsPhrasesInTheirOrder) {
  add("một");
  add("hai");
  const auto third = add("ba");
  add("của cơ quan", PhraseOwner::Agency);
  ASSERT_TRUE(
      eoffice::documents::movePhrase(database(), clock, people->leader, third, PhraseMove::Up));
  EXPECT_EQ(phrases(people->leader), (std::vector<std::string>{"một", "ba", "hai", "của cơ quan"}));
  EXPECT_EQ(phrases(people->headOfUnit), std::vector<std::string>{"của cơ quan"});
  EXPECT_EQ(codeOf(eoffice::documents::removePhrase(database(), clock, people->headOfUnit, third)),
            "phrase.unknown");
  ASSERT_TRUE(eoffice::documents::removePhrase(database(), clock, people->leader, third));
  EXPECT_EQ(codeOf(eoffice::documents::addPhrase(database(), clock, people->leader,
                                                 PhraseOwner::Own, " hai ")),
            "phrase.twice");
  EXPECT_EQ(codeOf(eoffice::documents::addPhrase(database(), clock, people->official,
                                                 PhraseOwner::Own, "x")),
            "permission.denied");
  EXPECT_EQ(codeOf(eoffice::documents::addPhrase(database(), clock, people->leader,
                                                 PhraseOwner::Agency, "x")),
            "permission.denied");
}

TEST_F(Leader, PrintsTheSlipInTheThreePartsOfTheForm) {
  eoffice::documents::Routing routing{office()};
  const auto id = submitted(prepared());
  ASSERT_TRUE(proposals.confirm(people->leader, {id, 0}));
  ASSERT_TRUE(routing.forward(people->headOfUnit, {.target = {id, 0},
                                                   .text = "Giao nghiên cứu",
                                                   .lead = people->official.post,
                                                   .workdays = 3}));
  ASSERT_TRUE(routing.suggest(people->official, {id, 0}, "Đề nghị họp các phòng"));
  const auto slip = database().read([&](Session& session) {
    return eoffice::documents::slipOf(session, texts, people->leader, id);
  });
  ASSERT_TRUE(slip);
  ASSERT_EQ(slip->leaders.size(), 1U);
  ASSERT_EQ(slip->leaders[0].receivers.size(), 2U);
  EXPECT_TRUE(slip->leaders[0].receivers[1].due);
  ASSERT_EQ(slip->units.size(), 1U);
  EXPECT_EQ(slip->units[0].text, "Giao nghiên cứu");
  ASSERT_EQ(slip->handlers.size(), 1U);
  EXPECT_EQ(slip->handlers[0].text, "Đề nghị họp các phòng");
  const auto file = folder.path() / "slip.pdf";
  eoffice::documents::printSlip(*slip, texts, "In từ hệ thống", file);
  const auto read = tests::runCommand("pdftotext -layout " + file.string() + " -");
  EXPECT_NE(read.output.find("Chủ trì tham mưu"), std::string::npos) << read.output;
  EXPECT_NE(read.output.find("12/01/2026"), std::string::npos) << read.output;
}

}  // namespace
