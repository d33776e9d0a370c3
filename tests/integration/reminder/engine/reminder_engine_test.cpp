#include "reminder/engine/reminder_engine.h"

#include <thread>

#include "reminder/engine/firing_round.h"
#include "reminder/tasks/task_lists.h"

#include "tests/integration/reminder/engine/engine_fixture.h"

namespace reminder {
namespace {

using base::db::Session;
using Lines = std::vector<std::string>;

TEST_F(EngineTest, ClimbsTheWholeLadder) {
  const auto office = process();
  assign(*office, "a", 5, Deadline::on(dayOf("2026-03-18")));
  for (const char* day : {"2026-03-11", "2026-03-13", "2026-03-17", "2026-03-18", "2026-03-19",
                          "2026-03-23", "2026-04-01", "2026-04-02"}) {
    tickAt(*office, day);
    tick(*office);  // a second look changes nothing
  }
  EXPECT_EQ(fires(), (Lines{"before_5 105", "before_3 105", "before_1 105", "before_1 109",
                            "due_day 105", "due_day 109", "late_1 105", "late_1 109", "late_3 105",
                            "late_3 108", "late_10 105", "late_10 101"}));
  EXPECT_EQ(notices(), (Lines{"task_near 105", "task_near 105", "task_near 105",
                              "task_near_watched 109", "task_today 105", "task_today_watched 109",
                              "task_late 105", "task_late_watched 109", "task_late 105",
                              "task_late_watched 108", "task_late 105", "task_late_watched 101"}));
  EXPECT_EQ(transport_.sent.size(), 12u);
  EXPECT_TRUE(silences().empty());
}

TEST_F(EngineTest, WritesOneMailForOnePersonAndTime) {
  const auto office = process();
  for (int i = 0; i < 7; ++i) {
    assign(*office, std::to_string(i), 5 + i % 2, Deadline::on(dayOf("2026-03-18")));
  }
  tickAt(*office, "2026-03-18");
  ASSERT_EQ(transport_.sent.size(), 3u);  // posts 5 and 6, and the head of both
  std::map<std::string, std::string> subjects;
  for (const auto& mail : transport_.sent) subjects[mail.mail.to] = mail.mail.subject;
  EXPECT_EQ(subjects["p105@office.vn"], "4");
  EXPECT_EQ(subjects["p106@office.vn"], "3");
  EXPECT_EQ(subjects["p109@office.vn"], "7");
}

TEST_F(EngineTest, GathersTheBatchesOfARoundIntoOneMail) {
  EngineOptions small;
  small.batch = 2;
  const auto office = process(database(), small);
  for (int i = 0; i < 9; ++i) {
    assign(*office, std::to_string(i), 5, Deadline::on(dayOf("2026-03-18")));
  }
  tickAt(*office, "2026-03-11");
  ASSERT_EQ(transport_.sent.size(), 1u);
  EXPECT_EQ(transport_.sent[0].mail.subject, "9");
}

TEST_F(EngineTest, CollapsesWhatAForwardJumpMissed) {
  const auto office = process();
  assign(*office, "a", 5, Deadline::on(dayOf("2026-03-18")));
  tickAt(*office, "2026-03-19");
  EXPECT_EQ(fires(), (Lines{"late_1 105", "late_1 109"}));
  EXPECT_EQ(silences(), (Lines{"before_5 5", "before_3 5", "before_1 5", "due_day 5"}));
}

TEST_F(EngineTest, SendsNothingTwiceWhenTheClockIsSetBack) {
  const auto office = process();
  assign(*office, "a", 5, Deadline::on(dayOf("2026-03-18")));
  tickAt(*office, "2026-03-11");
  // A year ahead by mistake: the last rung goes out, and the ladder has ended.
  clock_.set(morning("2027-03-11"));
  tick(*office);
  const auto before = fires();
  EXPECT_EQ(before.back(), "late_10 101");
  // Back on the true day: nothing again, and the rungs to come are still to come.
  tickAt(*office, "2026-03-11");
  EXPECT_EQ(fires(), before);
  tickAt(*office, "2026-03-13");
  auto after = before;
  after.push_back("before_3 105");
  EXPECT_EQ(fires(), after);
  // A second back before a rung that went out: its key is there.
  clock_.set(morning("2026-03-13") - 10min);
  tick(*office);
  tickAt(*office, "2026-03-13");
  EXPECT_EQ(fires(), after);
}

TEST_F(EngineTest, HoldsWhatFallsIntoTheNight) {
  const auto office = process();
  assign(*office, "a", 5, Deadline::on(dayOf("2026-03-18")));
  assign(*office, "express", 6, Deadline::on(dayOf("2026-03-18")), Urgency::Express);
  clock_.set(base::toInstant(dayOf("2026-03-18"), 20h));  // the office was down all day
  tick(*office);
  EXPECT_EQ(fires(), (Lines{"due_day 106", "due_day 109"}));
  EXPECT_EQ(office->engine.nextDue(), morning("2026-03-19"));
  tickAt(*office, "2026-03-19");
  // One reminder for what was held and for what is new, on each task.
  EXPECT_EQ(fires(), (Lines{"due_day 106", "due_day 109", "late_1 105", "late_1 109", "late_1 106",
                            "late_1 109", "late_1 108", "late_1 101"}));
}

TEST_F(EngineTest, IsSilentOnceTheTaskIsReportedOrClosed) {
  const auto office = process();
  const auto reported = assign(*office, "r", 5, Deadline::on(dayOf("2026-03-18")));
  const auto cancelled = assign(*office, "c", 6, Deadline::on(dayOf("2026-03-18")));
  database().transact([&](Session& session) {
    office->tasks.reportCompletion(session, official(5), clock_.now(), reported.id, 1, "xong", {})
        .value();
    office->tasks.cancel(session, leader(), clock_.now(), cancelled.id, 1, "thôi").value();
  });
  EXPECT_EQ(office->engine.nextDue(), std::nullopt);
  tickAt(*office, "2026-03-19");
  EXPECT_TRUE(fires().empty());
  EXPECT_EQ(silences(), (Lines{"before_5 2", "before_5 1"}));
  // Returned: the ladder goes on from there.
  database().transact([&](Session& session) {
    office->tasks.returnForRework(session, leader(), clock_.now(), reported.id, 2, "thiếu số liệu")
        .value();
  });
  tickAt(*office, "2026-03-23");
  EXPECT_EQ(fires(), (Lines{"late_3 105", "late_3 108"}));
}

TEST_F(EngineTest, SaysNothingOfWhatWasDoneBeforeTheMailWasWritten) {
  const auto office = process();
  const auto task = assign(*office, "a", 5, Deadline::on(dayOf("2026-03-18")));
  const auto other = assign(*office, "b", 6, Deadline::on(dayOf("2026-03-18")));
  clock_.set(morning("2026-03-11"));
  // The reminders are written, but the digests are not closed yet: another timer is still due.
  database().transact([&](Session& session) {
    (void)FiringRound(calendars_, ladders_, people_).run(session, clock_.now(), 10);
    office->tasks.reportCompletion(session, official(5), clock_.now(), task.id, 1, "xong", {})
        .value();
  });
  tick(*office);
  ASSERT_EQ(transport_.sent.size(), 1u);
  EXPECT_EQ(transport_.sent[0].mail.to, "p106@office.vn");
  EXPECT_TRUE(other.id.valid());
}

TEST_F(EngineTest, FollowsADueDayThatMoved) {
  const auto office = process();
  const auto task = assign(*office, "a", 5, Deadline::on(dayOf("2026-03-18")));
  tickAt(*office, "2026-03-11");
  database().transact([&](Session& session) {
    office->tasks
        .changeDue(session, leader(), clock_.now(), task.id, 1, Deadline::on(dayOf("2026-03-25")),
                   "gia hạn")
        .value();
  });
  EXPECT_EQ(silences(), (Lines{"before_3 9"}));
  tickAt(*office, "2026-03-13");
  EXPECT_EQ(fires(), (Lines{"before_5 105"}));
  tickAt(*office, "2026-03-18");
  EXPECT_EQ(fires(), (Lines{"before_5 105", "before_5 105"}));
}

TEST_F(EngineTest, ReckonsAgainWhenTheCalendarChanges) {
  auto office = process();
  const auto counted = assign(*office, "workdays", 5, Deadline::inWorkdays(5));  // due 09/3
  assign(*office, "date", 6, Deadline::on(dayOf("2026-03-09")));
  tick(*office);
  EXPECT_EQ(office->engine.nextDue(), morning("2026-03-04"));  // before_3
  auto parts = readCalendar(EOFFICE_SOURCE_DIR "/config/calendars", "vn").value();
  parts.days.push_back({dayOf("2026-03-05"), DayKind::LocalOff, "Nghỉ bão", "Công điện"});
  OneCalendar storm(std::move(parts));
  Process restarted(database(), clock_, storm, ladders_, people_, transport_);
  restarted.engine.tick();
  database().read([&](Session& session) {
    const auto task = findTask(session, {ScopeId(1), true, {}, {}}, counted.id).value();
    EXPECT_EQ(task.due, dayOf("2026-03-10"));
    EXPECT_EQ(task.originalDue, dayOf("2026-03-09"));
    const auto history = historyOf(session, counted.id);
    EXPECT_EQ(history.back().act, TaskAct::DueReckoned);
    EXPECT_EQ(history.back().dueBefore, dayOf("2026-03-09"));
  });
  // 09/3 minus three workdays is a day earlier now: 03/3.
  EXPECT_EQ(restarted.engine.nextDue(), morning("2026-03-03"));
}

TEST_F(EngineTest, GoesOnWhenANewCalendarEndsTooEarlyForATask) {
  auto office = process();
  clock_.set(morning("2026-11-02"));
  const auto beyond = assign(*office, "beyond", 5, Deadline::inWorkdays(80));
  assign(*office, "inside", 6, Deadline::inWorkdays(6));
  auto parts = readCalendar(EOFFICE_SOURCE_DIR "/config/calendars", "vn").value();
  parts.lastYear = 2026;
  OneCalendar shorter(std::move(parts));
  Process restarted(database(), clock_, shorter, ladders_, people_, transport_);
  EXPECT_NO_THROW(restarted.engine.tick());
  EXPECT_EQ(restarted.engine.nextDue(), morning("2026-11-03"));  // before_5 of the other
  database().read([&](Session& session) {
    EXPECT_EQ(findTask(session, {ScopeId(1), true, {}, {}}, beyond.id)->due, beyond.due);
  });
}

TEST_F(EngineTest, TellsWhoeverHoldsThePostWhenItFires) {
  const auto office = process();
  assign(*office, "absent", 5, Deadline::on(dayOf("2026-03-18")));
  assign(*office, "vacant", 6, Deadline::on(dayOf("2026-03-18")));
  assign(*office, "head", 9, Deadline::on(dayOf("2026-03-18")));
  people_.persons[HolderId(5)] = 777;
  people_.vacant[HolderId(6)] = true;
  people_.noMail[777] = true;
  tickAt(*office, "2026-03-11");
  EXPECT_EQ(fires(), (Lines{"before_5 777", "before_5 109", "before_5 109"}));
  EXPECT_EQ(silences(), (Lines{"before_5 6", "before_5 8"}));
  ASSERT_EQ(transport_.sent.size(), 1u);
  EXPECT_EQ(transport_.sent[0].mail.subject, "2");
  tickAt(*office, "2026-03-17");
  EXPECT_EQ(silences().back(), "before_1 8");
  EXPECT_EQ(lines("SELECT CONCAT(rung, ' ', reason) FROM reminder_silence WHERE reason = 7"),
            (Lines{"before_1 7"}));
}

TEST_F(EngineTest, PutsOffATaskThatCannotBeDecidedOn) {
  const auto office = process();
  assign(*office, "a", 5, Deadline::on(dayOf("2026-03-18")));
  assign(*office, "bad", 6, Deadline::on(dayOf("2026-03-18")));
  assign(*office, "c", 7, Deadline::on(dayOf("2026-03-18")));
  people_.poison = HolderId(6);
  tickAt(*office, "2026-03-11");
  EXPECT_EQ(fires(), (Lines{"before_5 105", "before_5 107"}));
  people_.poison = {};
  clock_.advance(1h);
  tick(*office);
  EXPECT_EQ(fires(), (Lines{"before_5 105", "before_5 107", "before_5 106"}));
}

TEST_F(EngineTest, PutsOffATaskThatTheDatabaseRefuses) {
  const auto office = process();
  assign(*office, "bad", 6, Deadline::on(dayOf("2026-03-18")));
  assign(*office, "c", 7, Deadline::on(dayOf("2026-03-18")));
  people_.poison = HolderId(6);
  people_.fail = [](Session& session) {
    session.execute("/* test.bad */ DO CAST('x' AS nothing)");
  };
  tickAt(*office, "2026-03-11");
  EXPECT_EQ(fires(), (Lines{"before_5 107"}));
  // What passes by itself is no fault of the task: the round is run again.
  people_.fail = [](Session&) { throw base::db::Deadlock(1213, "test", "deadlock"); };
  clock_.advance(1h);
  EXPECT_THROW(office->engine.tick(), base::db::Deadlock);
  people_.poison = {};
  tick(*office);
  EXPECT_EQ(fires(), (Lines{"before_5 107", "before_5 106"}));
}

TEST_F(EngineTest, RingsTheBellForEachAct) {
  const auto office = process();
  const auto task = assign(*office, "a", 5, Deadline::inWorkdays(5));
  database().transact([&](Session& session) {
    office->tasks.reportCompletion(session, official(5), clock_.now(), task.id, 1, "xong", {})
        .value();
    office->tasks.returnForRework(session, leader(), clock_.now(), task.id, 2, "thiếu").value();
  });
  EXPECT_EQ(lines("SELECT CONCAT(kind, ' ', reader_id) FROM notification ORDER BY id"),
            (Lines{"task_assigned 105", "task_reported 101", "task_returned 105"}));
}

TEST_F(EngineTest, MailsNothingWithoutAMailServer) {
  const auto office = process();
  assign(*office, "a", 5, Deadline::on(dayOf("2026-03-18")));
  clock_.set(morning("2026-03-11"));
  ReminderEngine bellOnly({database(), clock_, office->metrics, calendars_, ladders_, people_,
                           office->timers, office->tasks, office->writer, office->outbox, nullptr});
  bellOnly.tick();
  EXPECT_EQ(notices(), (Lines{"task_near 105"}));
  tick(*office);  // a server that is there later is not flooded with what is past
  EXPECT_TRUE(transport_.sent.empty());
}

TEST_F(EngineTest, SharesTheWorkOfManyProcesses) {
  constexpr int kTasks = 120;
  EngineOptions small;
  small.batch = 7;
  const auto office = process();
  for (int i = 0; i < kTasks; ++i) {
    assign(*office, std::to_string(i), 20 + i % 10, Deadline::on(dayOf("2026-03-18")));
  }
  clock_.set(morning("2026-03-17"));
  std::vector<std::unique_ptr<Process>> processes;
  for (int i = 0; i < 3; ++i) processes.push_back(process(database(), small));
  std::vector<std::thread> threads;
  for (auto& one : processes) {
    threads.emplace_back([&one] { one->engine.tick(); });
  }
  for (auto& thread : threads) thread.join();
  tick(*office);
  EXPECT_EQ(fires().size(), 2u * kTasks);  // holder and head, each once
  EXPECT_EQ(notices().size(), 2u * kTasks);
  std::map<std::string, int> sum;
  for (const auto& mail : transport_.sent) sum[mail.mail.to] += std::stoi(mail.mail.subject);
  EXPECT_EQ(sum["p109@office.vn"], kTasks);
  EXPECT_EQ(transport_.sent.size(), 11u);
}

TEST_F(EngineTest, WakesByItselfWhenTheClockJumps) {
  EngineOptions quick;
  quick.clockWatch = 2ms;
  const auto office = process(database(), quick);
  office->engine.start();
  assign(*office, "a", 5, Deadline::on(dayOf("2026-03-18")));
  clock_.set(morning("2026-03-18"));
  const auto patience = std::chrono::steady_clock::now() + 20s;
  const auto mailed = [&] {
    return database().read([](Session& session) {
      return session.get("SELECT COUNT(*) FROM mail_outbox WHERE state = 3").integer(0);
    });
  };
  while (mailed() < 2 && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
  office->engine.stop();
  EXPECT_EQ(fires(), (Lines{"due_day 105", "due_day 109"}));
  EXPECT_EQ(transport_.sent.size(), 2u);
}

}  // namespace
}  // namespace reminder
