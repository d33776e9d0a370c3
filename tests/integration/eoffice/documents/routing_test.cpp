#include "eoffice/documents/routing.h"

#include <gtest/gtest.h>

#include <future>

#include "eoffice/directory/delegation.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/reorganisation.h"
#include "eoffice/documents/assignment.h"
#include "eoffice/documents/chain_keeper.h"
#include "eoffice/documents/receivers.h"
#include "eoffice/documents/views.h"

#include "tests/integration/eoffice/documents/documents_fixture.h"

namespace {

using base::db::Session;
using eoffice::Caller;
using eoffice::DocumentId;
using eoffice::PostId;
using eoffice::Role;
using eoffice::documents::Chain;
using eoffice::documents::Instruction;
using eoffice::documents::Part;
using eoffice::documents::Receiver;
using eoffice::documents::ReceiverRow;
using eoffice::documents::ReceiverState;
using eoffice::documents::State;
using eoffice::documents::StepKind;
using tests::codeOf;

class Routing : public tests::DocumentsTest {
 protected:
  void SetUp() override {
    DocumentsTest::SetUp();
    second = official("second", "Lê Văn Hai");
    third = official("third", "Trần Thị Ba");
  }

  Caller official(const std::string& login, const std::string& name, Role role = Role::Official) {
    return database().transact([&](Session& session) {
      const auto person = tests::addPerson(session, login, name);
      return tests::callerIn(session, tests::addPost(session, person, people->agency, people->room,
                                                     role, "Chuyên viên"));
    });
  }
  DocumentId submitted() {
    const auto id = registered();
    EXPECT_EQ(codeOf(incoming.submit(people->headOfOffice,
                                     {.target = {id, 0}, .leader = people->leader.post})),
              "ok");
    return id;
  }
  // The leader gives it to the head of unit, ten workdays.
  DocumentId led() {
    const auto id = submitted();
    EXPECT_EQ(codeOf(incoming.direct(people->leader, {.target = {id, 0},
                                                      .text = "Chủ trì tham mưu",
                                                      .lead = people->headOfUnit.post,
                                                      .workdays = 10})),
              "ok");
    return id;
  }
  Instruction below(DocumentId id, PostId lead, std::optional<int> workdays = 5) {
    return {.target = {id, 0}, .text = "Xử lý giúp", .lead = lead, .workdays = workdays};
  }
  Chain chainOf(DocumentId id) {
    return database().read(
        [&](Session& session) { return eoffice::documents::readChain(session, id); });
  }
  ReceiverRow receiverOf(DocumentId id, PostId post) {
    ReceiverRow found;
    for (const auto& one : chainOf(id).receivers) {
      if (one.post == post) found = one;
    }
    return found;
  }
  bool sees(const Caller& caller, DocumentId id) {
    return database().read(
        [&](Session& session) { return eoffice::documents::maySee(session, caller, id); });
  }
  std::vector<StepKind> openFor(const Caller& caller, DocumentId id) {
    return database().read([&](Session& session) {
      const auto detail = eoffice::documents::detail(session, caller, id);
      return detail ? detail->open : std::vector<StepKind>{};
    });
  }
  reminder::Task taskOf(DocumentId id, PostId post) {
    const auto row = receiverOf(id, post);
    return database().read([&](Session& session) {
      return eoffice::documents::findTaskOf(session, people->leader, post, row.task).value();
    });
  }
  bool look(const Caller& caller, DocumentId id) {
    return eoffice::documents::noteView(database(), caller, id, clock.now());
  }

  eoffice::documents::ChainKeeper keeper;
  reminder::TaskService keptTasks{calendars, {&keeper}};
  eoffice::documents::Routing routing{office()};
  Caller second, third;
};

TEST_F(Routing, GivesEachReceiverADeadlineWithinTheLeads) {
  const auto id = submitted();
  Instruction input{.target = {id, 0},
                    .text = "Chủ trì",
                    .lead = people->headOfUnit.post,
                    .supports = {people->official.post, second.post},
                    .informed = {third.post},
                    .workdays = 10};
  input.supports[0].workdays = 12;
  const auto refused = incoming.direct(people->leader, input);
  ASSERT_EQ(codeOf(refused), "task.due_after_parent");
  EXPECT_EQ(refused.error().field, "supports");
  input.supports[0].workdays = 4;
  input.informed[0].due = base::parseIsoDate("2026-01-08");
  ASSERT_EQ(codeOf(incoming.direct(people->leader, input)), "ok");
  EXPECT_EQ(base::isoDate(*receiverOf(id, people->headOfUnit.post).due), "2026-01-19");
  EXPECT_EQ(base::isoDate(*receiverOf(id, people->official.post).due), "2026-01-10");
  EXPECT_EQ(base::isoDate(*receiverOf(id, second.post).due), "2026-01-19");
  EXPECT_EQ(base::isoDate(*receiverOf(id, third.post).due), "2026-01-08");
  EXPECT_EQ(openFor(people->official, id), std::vector{StepKind::Support});
  EXPECT_EQ(openFor(third, id), std::vector{StepKind::Read});
}

TEST_F(Routing, MeansTheHeadWhereAUnitIsNamed) {
  const auto id = submitted();
  ASSERT_EQ(
      codeOf(incoming.direct(
          people->leader, {.target = {id, 0}, .text = "Chủ trì", .lead = Receiver(people->room)})),
      "ok");
  const auto row = receiverOf(id, people->headOfUnit.post);
  EXPECT_EQ(row.unit, people->room);
  EXPECT_EQ(openFor(people->headOfUnit, id), std::vector{StepKind::Handle});
}

TEST_F(Routing, NamesTheSuccessorOfAUnitThatEndedYesterday) {
  const auto id = submitted();
  database().transact([&](Session& session) {
    const auto next = tests::addUnit(session, people->agency, "H32-NEW", "Phòng Văn hóa - Xã hội",
                                     people->office);
    ASSERT_EQ(
        codeOf(eoffice::directory::closeUnit(session, clock, people->systemAdmin, people->room,
                                             base::addDays(clock.today(), -1), next)),
        "ok");
  });
  for (const auto& lead : {Receiver(people->room), Receiver(people->official.post)}) {
    const auto refused =
        incoming.direct(people->leader, {.target = {id, 0}, .text = "Chủ trì", .lead = lead});
    ASSERT_EQ(codeOf(refused), "routing.unit_ended");
    EXPECT_EQ(refused.error().field, "lead");
    const auto sentence =
        texts.get(base::Language::Vi, "error.routing.unit_ended", refused.error().facts);
    EXPECT_NE(sentence.find("05/01/2026"), std::string::npos) << sentence;
    EXPECT_NE(sentence.find("Phòng Văn hóa - Xã hội"), std::string::npos) << sentence;
  }
}

TEST_F(Routing, SaysThatAUnitHasNoHead) {
  const auto id = submitted();
  const auto empty = database().transact([&](Session& session) {
    return tests::addUnit(session, people->agency, "H32-E", "Phòng mới", people->office);
  });
  EXPECT_EQ(codeOf(incoming.direct(
                people->leader, {.target = {id, 0}, .text = "Chủ trì", .lead = Receiver(empty)})),
            "routing.unit_without_head");
}

TEST_F(Routing, TellsWhoSubmitsThatTheLeaderIsAway) {
  const auto id = registered();
  database().transact([&](Session& session) {
    eoffice::directory::enterAbsence(session, people->leader.person, clock.today(),
                                     base::addDays(clock.today(), 3));
  });
  eoffice::documents::Submission input{.target = {id, 0}, .leader = people->leader.post};
  const auto refused = incoming.submit(people->headOfOffice, input);
  ASSERT_EQ(codeOf(refused), "routing.leader_away");
  EXPECT_EQ(refused.error().facts.back().second, "09/01/2026");
  input.awayConfirmed = true;
  EXPECT_EQ(codeOf(incoming.submit(people->headOfOffice, input)), "ok");
}

TEST_F(Routing, OpensTheStepForWhoStandsIn) {
  const auto id = registered();
  database().transact([&](Session& session) {
    ASSERT_TRUE(eoffice::directory::delegate(session, clock, people->leader,
                                             {.from = people->leader.post,
                                              .to = people->headOfUnit.post,
                                              .first = clock.today(),
                                              .last = base::addDays(clock.today(), 3),
                                              .scopes = 2}));
  });
  ASSERT_EQ(codeOf(incoming.submit(people->headOfOffice,
                                   {.target = {id, 0}, .leader = people->leader.post})),
            "ok");
  EXPECT_EQ(openFor(people->headOfUnit, id), std::vector{StepKind::Direct});
}

TEST_F(Routing, HandsStraightOverWithoutALeader) {
  const auto id = registered();
  EXPECT_EQ(codeOf(routing.handOver(people->official, below(id, second.post))),
            "permission.denied");
  ASSERT_EQ(codeOf(routing.handOver(people->clerk, below(id, people->official.post))), "ok");
  EXPECT_EQ(codeOf(routing.handOver(people->clerk, below(id, people->official.post))),
            "document.done_by_you");
  EXPECT_EQ(stored(id).state, State::Directed);
  ASSERT_EQ(codeOf(incoming.finish(people->official, {id, 0}, "Đã làm")), "ok");
  EXPECT_EQ(taskOf(id, people->official.post).state, reminder::TaskState::Done);
  EXPECT_EQ(stored(id).state, State::Finished);
}

TEST_F(Routing, SubmitsToALeaderWhatWasHandedToTheWrongOne) {
  const auto id = registered();
  ASSERT_EQ(codeOf(routing.handOver(people->clerk, below(id, people->official.post))), "ok");
  ASSERT_EQ(codeOf(routing.returnUp(people->official, {id, 0}, "Không thuộc việc của tôi")), "ok");
  EXPECT_EQ(stored(id).state, State::Registered);
  const auto first = receiverOf(id, people->official.post).task;
  ASSERT_EQ(codeOf(incoming.submit(people->headOfOffice,
                                   {.target = {id, 0}, .leader = people->leader.post})),
            "ok");
  ASSERT_EQ(codeOf(incoming.direct(people->leader, below(id, second.post))), "ok");
  const auto former = database().read([&](Session& session) {
    return eoffice::documents::findTaskOf(session, people->clerk, people->clerk.post, first);
  });
  EXPECT_EQ(former->state, reminder::TaskState::Cancelled);
  EXPECT_NE(receiverOf(id, second.post).task, first);
}

TEST_F(Routing, ForwardsThreeLevelsDownAndRisesAgain) {
  const auto id = led();
  const auto middle = official("middle", "Phạm Văn Giữa", Role::HeadOfUnit);
  ASSERT_EQ(codeOf(routing.forward(people->headOfUnit, below(id, middle.post, 8))), "ok");
  ASSERT_EQ(codeOf(routing.forward(middle, below(id, people->official.post, 6))), "ok");
  const auto chain = chainOf(id);
  ASSERT_EQ(chain.receivers.size(), 3U);
  EXPECT_EQ(chain.above(chain.receivers[2])->post, middle.post);
  EXPECT_EQ(chain.above(chain.receivers[1])->post, people->headOfUnit.post);
  EXPECT_EQ(chain.below(chain.receivers[0]).size(), 2U);
  EXPECT_EQ(receiverOf(id, middle.post).state, ReceiverState::PassedOn);
  EXPECT_LT(*receiverOf(id, people->official.post).due, *receiverOf(id, middle.post).due);

  ASSERT_EQ(codeOf(incoming.finish(people->official, {id, 0}, "Đã dự thảo")), "ok");
  EXPECT_EQ(stored(id).state, State::Directed);
  EXPECT_EQ(openFor(middle, id), std::vector{StepKind::Handle});
  ASSERT_EQ(codeOf(incoming.finish(middle, {id, 0}, "Đồng ý")), "ok");
  ASSERT_EQ(codeOf(incoming.finish(people->headOfUnit, {id, 0}, "Đã xong")), "ok");
  EXPECT_EQ(stored(id).state, State::Finished);
  EXPECT_EQ(taskOf(id, people->official.post).state, reminder::TaskState::Done);
  EXPECT_EQ(taskOf(id, people->headOfUnit.post).state, reminder::TaskState::Reported);
}

TEST_F(Routing, KeepsAnInnerDeadlineWithinTheOuterOne) {
  const auto id = led();
  EXPECT_EQ(codeOf(routing.forward(people->headOfUnit, below(id, people->official.post, 11))),
            "task.due_after_parent");
  ASSERT_EQ(
      codeOf(routing.forward(people->headOfUnit, below(id, people->official.post, std::nullopt))),
      "ok");
  EXPECT_EQ(receiverOf(id, people->official.post).due, receiverOf(id, people->headOfUnit.post).due);
}

TEST_F(Routing, PassesOnWhatIsLateAlready) {
  const auto id = led();
  clock.advance(std::chrono::hours(24 * 30));
  EXPECT_EQ(
      codeOf(routing.forward(people->headOfUnit, below(id, people->official.post, std::nullopt))),
      "ok");
}

TEST_F(Routing, ForwardsOnlyWhatLiesWithTheCaller) {
  const auto id = led();
  EXPECT_EQ(codeOf(routing.forward(people->official, below(id, second.post))), "permission.denied");
  EXPECT_EQ(codeOf(routing.forward(people->leader, below(id, second.post))),
            "routing.not_received");
  ASSERT_EQ(codeOf(routing.forward(people->headOfUnit, below(id, second.post))), "ok");
  EXPECT_EQ(codeOf(routing.forward(people->headOfUnit, below(id, third.post))),
            "document.done_by_you");
  EXPECT_EQ(codeOf(routing.forward(people->headOfUnit,
                                   {.target = {id, 1}, .text = "Nữa", .lead = third.post})),
            "document.done_by_you");
}

TEST_F(Routing, LetsASupportPassItsShareOn) {
  const auto id = submitted();
  ASSERT_EQ(codeOf(incoming.direct(people->leader, {.target = {id, 0},
                                                    .text = "Chủ trì",
                                                    .lead = second.post,
                                                    .supports = {people->headOfUnit.post},
                                                    .workdays = 10})),
            "ok");
  ASSERT_EQ(codeOf(routing.forward(people->headOfUnit, below(id, third.post, 3))), "ok");
  EXPECT_EQ(openFor(third, id), std::vector{StepKind::Support});
  EXPECT_EQ(openFor(second, id), std::vector{StepKind::Handle});
  ASSERT_EQ(codeOf(routing.finishSupport(third, {id, 0}, "Đã góp ý")), "ok");
  EXPECT_EQ(openFor(people->headOfUnit, id), std::vector{StepKind::Support});
  ASSERT_EQ(codeOf(routing.finishSupport(people->headOfUnit, {id, 0}, "Thống nhất")), "ok");
  EXPECT_EQ(codeOf(routing.finishSupport(people->headOfUnit, {id, 0}, "Thống nhất")),
            "document.done_by_you");
  EXPECT_EQ(stored(id).state, State::Directed);
}

TEST_F(Routing, ReturnsItToWhoAssignedWhileTheDeadlineRuns) {
  const auto id = led();
  const auto task = taskOf(id, people->headOfUnit.post);
  EXPECT_EQ(codeOf(routing.returnUp(people->headOfUnit, {id, 0}, " ")), "field.missing");
  ASSERT_EQ(codeOf(routing.returnUp(people->headOfUnit, {id, 0}, "Thuộc phòng khác")), "ok");
  EXPECT_EQ(codeOf(routing.returnUp(people->headOfUnit, {id, 0}, "Thuộc phòng khác")),
            "document.done_by_you");
  EXPECT_EQ(stored(id).state, State::Submitted);
  EXPECT_EQ(openFor(people->leader, id), std::vector{StepKind::Direct});
  EXPECT_TRUE(sees(people->headOfUnit, id));
  ASSERT_EQ(codeOf(incoming.direct(people->leader,
                                   {.target = {id, 0}, .text = "Giao lại", .lead = second.post})),
            "ok");
  const auto again = taskOf(id, second.post);
  EXPECT_EQ(again.id, task.id);
  EXPECT_EQ(again.due, task.due);
  EXPECT_EQ(again.originalDue, task.originalDue);
}

TEST_F(Routing, ReturnsWithinTheTreeToTheHeadOfUnit) {
  const auto id = led();
  ASSERT_EQ(codeOf(routing.forward(people->headOfUnit, below(id, people->official.post))), "ok");
  ASSERT_EQ(codeOf(routing.returnUp(people->official, {id, 0}, "Đang quá tải")), "ok");
  EXPECT_EQ(openFor(people->headOfUnit, id), std::vector{StepKind::Handle});
  ASSERT_EQ(codeOf(routing.forward(people->headOfUnit, below(id, second.post))), "ok");
  EXPECT_EQ(receiverOf(id, people->official.post).task, receiverOf(id, second.post).task);
  ASSERT_EQ(codeOf(incoming.finish(second, {id, 0}, "Xong")), "ok");
  ASSERT_EQ(codeOf(incoming.finish(people->headOfUnit, {id, 0}, "Xong")), "ok");
  EXPECT_EQ(stored(id).state, State::Finished);
}

TEST_F(Routing, LetsALeaderGiveASubmissionBack) {
  const auto id = submitted();
  ASSERT_EQ(codeOf(routing.returnUp(people->leader, {id, 0}, "Xin trình đồng chí khác")), "ok");
  EXPECT_EQ(stored(id).state, State::Registered);
  EXPECT_EQ(openFor(people->headOfOffice, id), std::vector{StepKind::Submit});
}

TEST_F(Routing, TakesBackWhatNobodyOpened) {
  const auto id = led();
  const auto receiver = receiverOf(id, people->headOfUnit.post).id;
  EXPECT_EQ(codeOf(routing.takeBack(people->headOfOffice, {id, 0}, receiver)), "routing.not_given");
  EXPECT_EQ(codeOf(routing.takeBack(people->leader, {id, 0}, receiver + 1000)),
            "routing.unknown_receiver");
  ASSERT_EQ(codeOf(routing.takeBack(people->leader, {id, 0}, receiver)), "ok");
  EXPECT_EQ(codeOf(routing.takeBack(people->leader, {id, 0}, receiver)), "document.done_by_you");
  EXPECT_FALSE(sees(people->headOfUnit, id));
  EXPECT_EQ(openFor(people->leader, id), std::vector{StepKind::Direct});
  ASSERT_EQ(codeOf(incoming.direct(people->leader, below(id, second.post))), "ok");
  EXPECT_EQ(taskOf(id, second.post).lead.holder.value(), second.post.value());
}

TEST_F(Routing, TakesNothingBackThatWasOpened) {
  const auto id = led();
  clock.advance(std::chrono::minutes(1));
  ASSERT_TRUE(look(people->headOfUnit, id));
  const auto refused =
      routing.takeBack(people->leader, {id, 0}, receiverOf(id, people->headOfUnit.post).id);
  ASSERT_EQ(codeOf(refused), "routing.seen_already");
  EXPECT_EQ(refused.error().facts.back().second, "06/01/2026 09:01");
}

TEST_F(Routing, CountsOnlyALookThatCameAfterTheGiving) {
  const auto id = submitted();
  ASSERT_TRUE(look(people->headOfOffice, id));  // reads every document of the agency
  clock.advance(std::chrono::minutes(1));
  ASSERT_EQ(codeOf(incoming.direct(people->leader, below(id, people->headOfOffice.post))), "ok");
  const auto receiver = receiverOf(id, people->headOfOffice.post).id;
  clock.advance(std::chrono::minutes(1));
  ASSERT_TRUE(look(people->headOfOffice, id));
  EXPECT_EQ(codeOf(routing.takeBack(people->leader, {id, 0}, receiver)), "routing.seen_already");
}

TEST_F(Routing, TakesBackOneOfSeveralReceivers) {
  const auto id = submitted();
  ASSERT_EQ(codeOf(incoming.direct(people->leader, {.target = {id, 0},
                                                    .text = "Chủ trì",
                                                    .lead = people->headOfUnit.post,
                                                    .supports = {second.post},
                                                    .informed = {third.post},
                                                    .workdays = 5})),
            "ok");
  ASSERT_EQ(codeOf(routing.takeBack(people->leader, {id, 0}, receiverOf(id, third.post).id)), "ok");
  EXPECT_FALSE(sees(third, id));
  EXPECT_TRUE(sees(second, id));
  EXPECT_EQ(stored(id).state, State::Directed);
  EXPECT_EQ(codeOf(routing.markRead(third, {id, 0})), "document.unknown");
}

TEST_F(Routing, DecidesBetweenTakingBackAndOpening) {
  for (int round = 0; round < 12; ++round) {
    const auto id = registered("race " + std::to_string(round));
    ASSERT_EQ(codeOf(routing.handOver(people->clerk, below(id, people->official.post))), "ok");
    const auto receiver = receiverOf(id, people->official.post).id;
    auto opening = std::async(std::launch::async, [&] { return look(people->official, id); });
    auto taking = std::async(std::launch::async, [&] {
      return codeOf(routing.takeBack(people->clerk, {id, 0}, receiver));
    });
    const auto taken = taking.get();
    const bool opened = opening.get();
    EXPECT_NE(opened, taken == "ok") << taken;
    EXPECT_EQ(sees(people->official, id), opened);
  }
}

TEST_F(Routing, GivesTheWorkToAnotherLead) {
  const auto id = led();
  ASSERT_EQ(codeOf(routing.forward(people->headOfUnit, below(id, people->official.post))), "ok");
  const auto task = taskOf(id, people->headOfUnit.post);
  EXPECT_EQ(codeOf(routing.reassign(people->leader, {id, 0}, people->headOfUnit.post, "Nhầm")),
            "routing.same_lead");
  ASSERT_EQ(codeOf(routing.reassign(people->leader, {id, 0}, second.post, "Chuyển việc")), "ok");
  const auto moved = taskOf(id, second.post);
  EXPECT_EQ(moved.id, task.id);
  EXPECT_EQ(moved.due, task.due);
  EXPECT_EQ(receiverOf(id, people->headOfUnit.post).state, ReceiverState::Replaced);
  EXPECT_EQ(receiverOf(id, people->official.post).state, ReceiverState::Replaced);
  EXPECT_TRUE(openFor(people->official, id).empty());
  EXPECT_EQ(openFor(second, id), std::vector{StepKind::Handle});
  EXPECT_TRUE(sees(people->headOfUnit, id));
  const auto events =
      database().read([&](Session& session) { return reminder::historyOf(session, moved.id); });
  EXPECT_EQ(events.back().act, reminder::TaskAct::HandedOver);
  EXPECT_EQ(events.back().leadBefore.value(), people->headOfUnit.post.value());
  EXPECT_EQ(events.back().note, "Chuyển việc");
}

TEST_F(Routing, FinishesWhatCameBackWasPassedOnAgainAndGivenToAnother) {
  const auto id = led();
  ASSERT_EQ(codeOf(routing.forward(people->headOfUnit, below(id, people->official.post))), "ok");
  ASSERT_EQ(codeOf(routing.returnUp(people->official, {id, 0}, "Đang bận")), "ok");
  ASSERT_EQ(
      codeOf(routing.forward(people->headOfUnit, below(id, people->official.post, std::nullopt))),
      "ok");
  ASSERT_EQ(codeOf(routing.reassign(people->headOfUnit, {id, 0}, second.post, "Cân đối")), "ok");
  ASSERT_EQ(codeOf(incoming.finish(second, {id, stored(id).version}, "Đã dự thảo")), "ok");
  ASSERT_EQ(codeOf(incoming.finish(people->headOfUnit, {id, stored(id).version}, "Đã xong")), "ok");
  EXPECT_EQ(stored(id).state, State::Finished);
}

TEST_F(Routing, ReopensTheStepOfWhoseReportIsGivenBack) {
  const auto id = led();
  ASSERT_EQ(codeOf(incoming.finish(people->headOfUnit, {id, 0}, "Xong")), "ok");
  const auto task = taskOf(id, people->headOfUnit.post);
  database().transact([&](Session& session) {
    ASSERT_TRUE(keptTasks.returnForRework(
        session, eoffice::documents::actorOf(people->leader, people->leader.post), clock.now(),
        task.id, task.version, "Bổ sung số liệu"));
  });
  EXPECT_EQ(stored(id).state, State::Directed);
  EXPECT_EQ(openFor(people->headOfUnit, id), std::vector{StepKind::Handle});
  ASSERT_EQ(codeOf(incoming.finish(people->headOfUnit, {id, 0}, "Đã bổ sung")), "ok");
}

TEST_F(Routing, ShowsADueDayThatMoved) {
  const auto id = led();
  const auto task = taskOf(id, people->headOfUnit.post);
  database().transact([&](Session& session) {
    ASSERT_TRUE(keptTasks.changeDue(
        session, eoffice::documents::actorOf(people->leader, people->leader.post), clock.now(),
        task.id, task.version, reminder::Deadline::inWorkdays(15), "Gia hạn"));
  });
  EXPECT_EQ(base::isoDate(*receiverOf(id, people->headOfUnit.post).due), "2026-01-26");
}

TEST_F(Routing, ClosesWhatIsOpenOnceAnAnswerHasLeft) {
  const auto id = submitted();
  ASSERT_EQ(codeOf(incoming.direct(people->leader, {.target = {id, 0},
                                                    .text = "Chủ trì",
                                                    .lead = people->headOfUnit.post,
                                                    .supports = {second.post},
                                                    .informed = {third.post},
                                                    .workdays = 5})),
            "ok");
  ASSERT_EQ(codeOf(routing.forward(people->headOfUnit, below(id, people->official.post, 3))), "ok");
  const auto answer = sealed(id);
  ASSERT_EQ(codeOf(outgoing.issue(people->clerk, {answer, 0}, {.receivers = {"H32.21"}})), "ok");
  EXPECT_EQ(stored(id).state, State::Finished);
  EXPECT_EQ(taskOf(id, people->headOfUnit.post).state, reminder::TaskState::Reported);
  EXPECT_EQ(taskOf(id, people->official.post).state, reminder::TaskState::Done);
  EXPECT_EQ(receiverOf(id, people->official.post).state, ReceiverState::Done);
  EXPECT_EQ(receiverOf(id, second.post).state, ReceiverState::Replaced);
  EXPECT_TRUE(openFor(second, id).empty());
  ASSERT_EQ(codeOf(routing.markRead(third, {id, 0})), "ok");
  EXPECT_EQ(codeOf(routing.markRead(third, {id, 0})), "document.done_by_you");
}

TEST_F(Routing, BoundsWhatIsWrittenAboutLooks) {
  const auto id = led();
  EXPECT_TRUE(look(people->headOfUnit, id));
  for (int minute = 0; minute < 9; ++minute) {
    clock.advance(std::chrono::minutes(1));
    look(people->headOfUnit, id);
  }
  clock.advance(std::chrono::minutes(2));
  look(people->headOfUnit, id);
  EXPECT_FALSE(look(second, id));
  const auto views =
      database().read([&](Session& session) { return eoffice::documents::viewsOf(session, id); });
  ASSERT_EQ(views.size(), 1U);
  EXPECT_EQ(views[0].times, 2);
  EXPECT_EQ(base::viDateTime(views[0].last), "06/01/2026 09:11");
}

TEST_F(Routing, LeavesATraceOfEachAct) {
  const auto id = led();
  ASSERT_TRUE(routing.forward(people->headOfUnit, below(id, people->official.post)));
  ASSERT_TRUE(routing.suggest(people->official, {id, 0}, "Đề nghị họp"));
  ASSERT_TRUE(routing.returnUp(people->official, {id, 0}, "Nhầm"));
  ASSERT_TRUE(routing.forward(people->headOfUnit, below(id, second.post)));
  ASSERT_TRUE(routing.takeBack(people->headOfUnit, {id, 0}, receiverOf(id, second.post).id));
  ASSERT_TRUE(routing.reassign(people->leader, {id, 0}, third.post, "Khác"));
  const auto acts = auditOf("document", id.value());
  EXPECT_EQ(std::vector<std::string>(acts.end() - 6, acts.end()),
            (std::vector<std::string>{"document.forwarded", "document.suggested",
                                      "document.returned_up", "document.forwarded",
                                      "document.taken_back", "document.reassigned"}));
}

}  // namespace
