#include "reminder/tasks/task_service.h"

#include <gtest/gtest.h>

#include <thread>

#include "reminder/tasks/task_lists.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_database.h"

namespace reminder {
namespace {

using base::db::Session;
using namespace std::chrono_literals;

constexpr int kLeader = 1;
constexpr int kLead = 5;
constexpr int kSupport = 6;
constexpr int kFollower = 7;

base::LocalDate day(const char* iso) { return base::parseIsoDate(iso).value(); }

class Remembering : public TaskListener {
 public:
  void taskChanged(Session&, const Task& task, const TaskEvent& event) override {
    acts.push_back(event.act);
    last = task;
  }
  std::vector<TaskAct> acts;
  Task last;
};

class TaskServiceTest : public tests::OfficeDatabaseTest {
 protected:
  static Actor actor(int post) { return {ScopeId(1), HolderId(post), ReaderId(100 + post), {}}; }

  Assignment instruction(const std::string& key) const {
    Assignment assignment;
    assignment.key = key;
    assignment.source = {"document", 17};
    assignment.title = "  Báo cáo   tình hình thiên tai ";
    assignment.note = "Giao đồng chí chủ trì.";
    assignment.assigner = {HolderId(kLeader)};
    assignment.lead = {HolderId(kLead), GroupId(50)};
    assignment.supports = {{HolderId(kSupport), GroupId(51)}};
    assignment.followers = {{HolderId(kFollower), GroupId(52)}};
    assignment.deadline = Deadline::inWorkdays(5);
    return assignment;
  }
  base::Result<Task> assign(const Assignment& assignment, int who = kLeader) {
    return database().transact(
        [&](Session& s) { return tasks_.assign(s, actor(who), clock_.now(), assignment); });
  }
  template <class Act>
  base::Result<Task> act(Act&& work) {
    return database().transact([&](Session& s) { return work(s); });
  }
  base::Result<Task> report(int who, const Task& task, SourceRef result = {}) {
    return act([&](Session& s) {
      return tasks_.reportCompletion(s, actor(who), clock_.now(), task.id, task.version, "Đã xong",
                                     result);
    });
  }
  base::Result<Task> confirm(int who, const Task& task) {
    return act([&](Session& s) {
      return tasks_.confirm(s, actor(who), clock_.now(), task.id, task.version, "");
    });
  }
  std::vector<TaskEvent> history(const Task& task) {
    return database().read([&](Session& s) { return historyOf(s, task.id); });
  }
  std::map<int, Part> parts(const Task& task) {
    std::map<int, Part> found;
    database().read([&](Session& s) {
      for (const auto& one : participantsOf(s, task.id)) {
        found[static_cast<int>(one.seat.holder.value())] = one.part;
      }
    });
    return found;
  }
  static std::string code(const base::Result<Task>& result) {
    return result ? "" : result.error().code;
  }

  tests::ManualClock clock_{base::LocalDate{std::chrono::year{2026} / 3 / 2}, 9h};
  OneCalendar calendars_{readCalendar(EOFFICE_SOURCE_DIR "/config/calendars", "vn").value()};
  Remembering listener_;
  TaskService tasks_{calendars_, {&listener_}};
};

TEST_F(TaskServiceTest, AssignsToOneLeadWithADeadlineInWorkdays) {
  const auto task = assign(instruction("a")).value();
  EXPECT_EQ(task.title, "Báo cáo tình hình thiên tai");
  EXPECT_EQ(task.due, day("2026-03-09"));
  EXPECT_EQ(task.originalDue, task.due);
  EXPECT_EQ(task.state, TaskState::Assigned);
  EXPECT_EQ(parts(task), (std::map<int, Part>{{kLeader, Part::Assigner},
                                              {kLead, Part::Lead},
                                              {kSupport, Part::Support},
                                              {kFollower, Part::Follower}}));
  const auto events = history(task);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].note, "Giao đồng chí chủ trì.");
  EXPECT_EQ(events[0].actor.person, ReaderId(101));
  EXPECT_EQ(listener_.acts, std::vector{TaskAct::Assigned});
}

TEST_F(TaskServiceTest, AnswersTheSameKeyWithTheSameTask) {
  const auto first = assign(instruction("a")).value();
  auto changed = instruction("a");
  changed.title = "Khác";
  const auto second = assign(changed).value();
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.title, first.title);
  EXPECT_EQ(history(first).size(), 1u);
}

TEST_F(TaskServiceTest, AnswersConcurrentAssignmentsOfOneKeyWithOneTask) {
  std::vector<std::thread> threads;
  std::vector<TaskId> ids(4);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    threads.emplace_back([&, i] {
      TaskService own(calendars_, {});
      ids[i] = database()
                   .transact([&](Session& s) {
                     return own.assign(s, actor(kLeader), clock_.now(), instruction("same"));
                   })
                   .value()
                   .id;
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto id : ids) EXPECT_EQ(id, ids[0]);
}

TEST_F(TaskServiceTest, TellsAllFaultsOfAnAssignmentAtOnce) {
  auto assignment = instruction("bad");
  assignment.title = " ";
  assignment.product = std::string(501, 'x');
  assignment.lead = {};
  assignment.supports.push_back({HolderId(kSupport)});
  assignment.deadline = Deadline::on(day("2026-03-01"));
  const auto refused = assign(assignment);
  ASSERT_FALSE(refused);
  std::vector<std::string> codes{refused.error().code + " " + refused.error().field};
  for (const auto& other : refused.error().others) codes.push_back(other.code + " " + other.field);
  EXPECT_EQ(codes,
            (std::vector<std::string>{"task.lead_missing lead", "task.holder_twice supports",
                                      "task.text_missing title", "task.text_too_long product",
                                      "task.due_in_past deadline"}));
}

struct DeadlineRow {
  Deadline deadline;
  const char* code;
};

TEST_F(TaskServiceTest, RefusesDeadlinesThatCannotBeReckoned) {
  const DeadlineRow rows[] = {{Deadline::inWorkdays(0), "task.workdays_out_of_range"},
                              {Deadline::inWorkdays(401), "task.workdays_out_of_range"},
                              {Deadline::on(day("2050-12-01")), "task.due_outside_calendar"},
                              {Deadline::on(day("2026-03-02")), ""},
                              {Deadline::inWorkdays(400), ""},
                              {Deadline::none(), ""}};
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    auto assignment = instruction("deadline" + std::to_string(i));
    assignment.deadline = rows[i].deadline;
    EXPECT_EQ(code(assign(assignment)), rows[i].code) << i;
  }
}

TEST_F(TaskServiceTest, KeepsAnInnerDeadlineWithinTheOuterOne) {
  const auto parent = assign(instruction("parent")).value();
  auto child = instruction("child");
  child.parent = parent.id;
  child.assigner = {HolderId(kLead), GroupId(50)};
  child.lead = {HolderId(8), GroupId(50)};
  child.deadline = Deadline::inWorkdays(6);
  EXPECT_EQ(code(assign(child, kLead)), "task.due_after_parent");
  child.deadline = Deadline::none();
  EXPECT_EQ(code(assign(child, kLead)), "task.due_after_parent");
  child.deadline = Deadline::inWorkdays(4);
  EXPECT_EQ(code(assign(child, kLead)), "");
}

TEST_F(TaskServiceTest, PassesOnWhatIsLateWithTheDayThatItHad) {
  const auto parent = assign(instruction("parent")).value();
  clock_.set(base::toInstant(day("2026-04-20"), 10h));
  auto child = instruction("child");
  child.parent = parent.id;
  child.assigner = {HolderId(kLead), GroupId(50)};
  child.lead = {HolderId(8), GroupId(50)};
  child.deadline = Deadline::on(base::addDays(*parent.due, 1));
  EXPECT_EQ(code(assign(child, kLead)), "task.due_in_past");
  child.deadline = Deadline::on(*parent.due);
  EXPECT_EQ(code(assign(child, kLead)), "");
}

TEST_F(TaskServiceTest, NamesOtherSupportsAndFollowers) {
  const auto task = assign(instruction("a")).value();
  const auto change = [&](int who, const std::vector<Seat>& supports) {
    return act([&](Session& s) {
      return tasks_.changeParts(s, actor(who), clock_.now(), task.id, task.version, supports, {},
                                "Đổi người phối hợp");
    });
  };
  EXPECT_EQ(code(change(kLead, {})), "task.not_yours");
  EXPECT_EQ(code(change(kLeader, {{HolderId(kLead)}})), "task.holder_twice");
  ASSERT_EQ(code(change(kLeader, {{HolderId(8), GroupId(51)}})), "");
  const auto now = parts(task);
  EXPECT_FALSE(now.contains(kSupport));
  EXPECT_FALSE(now.contains(kFollower));
  EXPECT_EQ(now.at(8), Part::Support);
  EXPECT_EQ(history(task).back().act, TaskAct::PartsChanged);
}

TEST_F(TaskServiceTest, IsDeclinedByItsLead) {
  const auto task = assign(instruction("a")).value();
  const auto decline = [&](int who, const std::string& reason) {
    return act([&](Session& s) {
      return tasks_.decline(s, actor(who), clock_.now(), task.id, task.version, reason);
    });
  };
  EXPECT_EQ(code(decline(kLeader, "Không")), "task.not_yours");
  EXPECT_EQ(code(decline(kLead, "")), "task.text_missing");
  EXPECT_EQ(decline(kLead, "Không thuộc việc của phòng").value().state, TaskState::Cancelled);
}

TEST_F(TaskServiceTest, GoesFromAssignedToDone) {
  auto task = assign(instruction("a")).value();
  task =
      act([&](Session& s) { return tasks_.see(s, actor(kLead), clock_.now(), task.id); }).value();
  EXPECT_EQ(task.state, TaskState::Received);
  clock_.set(base::toInstant(day("2026-03-04"), 10h));
  task = act([&](Session& s) {
           return tasks_.reportProgress(s, actor(kLead), clock_.now(), task.id, task.version,
                                        "Đã thu số liệu");
         }).value();
  EXPECT_EQ(task.state, TaskState::InProgress);
  clock_.set(base::toInstant(day("2026-03-09"), 23h));
  task = report(kLead, task, {"document", 18}).value();
  EXPECT_EQ(task.state, TaskState::Reported);
  EXPECT_EQ(task.result, (SourceRef{"document", 18}));
  clock_.set(base::toInstant(day("2026-03-30"), 10h));  // the assigner took three weeks: R-63
  EXPECT_EQ(timingOf(task, day("2026-03-30"), calendars_.of(task.scope)), Timing::InTime);
  task = confirm(kLeader, task).value();
  EXPECT_EQ(task.state, TaskState::Done);
  EXPECT_EQ(timingOf(task, day("2026-12-30"), calendars_.of(task.scope)), Timing::InTime);
  std::vector<TaskAct> acts;
  for (const auto& event : history(task)) acts.push_back(event.act);
  EXPECT_EQ(acts, (std::vector{TaskAct::Assigned, TaskAct::Received, TaskAct::Progress,
                               TaskAct::Reported, TaskAct::Confirmed}));
  EXPECT_EQ(listener_.acts, acts);
}

TEST_F(TaskServiceTest, ComesBackOnceAndIsJudgedByTheAcceptedReport) {
  auto task = assign(instruction("a")).value();
  task = report(kLead, task, {"document", 18}).value();
  task = act([&](Session& s) {
           return tasks_.returnForRework(s, actor(kLeader), clock_.now(), task.id, task.version,
                                         "Thiếu số liệu xã");
         }).value();
  EXPECT_EQ(task.state, TaskState::Returned);
  EXPECT_FALSE(task.reportedAt);
  EXPECT_FALSE(task.result.valid());
  clock_.set(base::toInstant(day("2026-03-10"), 8h));  // a day late
  task = report(kLead, task).value();
  task = confirm(kLeader, task).value();
  EXPECT_EQ(timingOf(task, day("2026-03-10"), calendars_.of(task.scope)), Timing::Late);
}

TEST_F(TaskServiceTest, ClosesAtOnceWhereNoConfirmationIsNeeded) {
  auto assignment = instruction("a");
  assignment.confirmation = Confirmation::NotNeeded;
  const auto task = report(kLead, assign(assignment).value()).value();
  EXPECT_EQ(task.state, TaskState::Done);
  EXPECT_TRUE(task.closedAt);
}

TEST_F(TaskServiceTest, MovesTheDueDayForTheAssignerAlone) {
  const auto task = assign(instruction("a")).value();
  const auto change = [&](int who, Deadline deadline, const char* reason) {
    return act([&](Session& s) {
      return tasks_.changeDue(s, actor(who), clock_.now(), task.id, task.version, deadline, reason);
    });
  };
  EXPECT_EQ(code(change(kLead, Deadline::inWorkdays(9), "xin thêm")), "task.not_yours");
  EXPECT_EQ(code(change(kSupport, Deadline::inWorkdays(9), "xin thêm")), "task.not_yours");
  EXPECT_EQ(code(change(kLeader, Deadline::inWorkdays(9), " ")), "task.text_missing");
  EXPECT_EQ(code(change(kLeader, Deadline::on(day("2026-03-01")), "lùi")), "task.due_in_past");
  const auto moved = change(kLeader, Deadline::on(day("2026-03-20")), "gia hạn").value();
  EXPECT_EQ(moved.due, day("2026-03-20"));
  EXPECT_EQ(moved.originalDue, day("2026-03-09"));
  const auto event = history(task).back();
  EXPECT_EQ(event.dueBefore, day("2026-03-09"));
  EXPECT_EQ(event.dueAfter, day("2026-03-20"));
}

TEST_F(TaskServiceTest, HandsTheLeadOver) {
  auto task = assign(instruction("a")).value();
  task = act([&](Session& s) {
           return tasks_.handOver(s, actor(kLead), clock_.now(), task.id, task.version,
                                  {HolderId(kSupport), GroupId(51)}, "đi công tác");
         }).value();
  EXPECT_EQ(task.lead.holder, HolderId(kSupport));
  EXPECT_EQ(parts(task), (std::map<int, Part>{{kLeader, Part::Assigner},
                                              {kSupport, Part::Lead},
                                              {kLead, Part::Follower},
                                              {kFollower, Part::Follower}}));
  EXPECT_EQ(code(report(kLead, task)), "task.not_yours");
  EXPECT_EQ(code(report(kSupport, task)), "");
}

TEST_F(TaskServiceTest, RefusesAnotherVersionAndAnotherScope) {
  const auto task = assign(instruction("a")).value();
  auto stale = task;
  stale.version = 7;
  EXPECT_EQ(code(report(kLead, stale)), "task.changed_meanwhile");
  const auto foreign = act([&](Session& s) {
    return tasks_.confirm(s, {ScopeId(2), HolderId(kLeader), ReaderId(1), {}}, clock_.now(),
                          task.id, task.version, "");
  });
  EXPECT_EQ(code(foreign), "task.not_found");
  EXPECT_EQ(foreign.error().kind, base::RefusalKind::NotFound);
}

// Every act on every state, by everybody: what is allowed is exactly this.
TEST_F(TaskServiceTest, AllowsEachActInItsStatesToItsPeople) {
  struct Row {
    const char* name;
    std::function<base::Result<Task>(Session&, int, const Task&)> act;
    std::vector<int> who;
    std::vector<TaskState> from;
  };
  const auto now = clock_.now();
  const std::vector<TaskState> working = {TaskState::Assigned, TaskState::Received,
                                          TaskState::InProgress, TaskState::Returned};
  const std::vector<TaskState> open = {TaskState::Assigned, TaskState::Received,
                                       TaskState::InProgress, TaskState::Returned,
                                       TaskState::Reported};
  const Row rows[] = {
      {"progress",
       [&](Session& s, int who, const Task& t) {
         return tasks_.reportProgress(s, actor(who), now, t.id, t.version, "x");
       },
       {kLead, kSupport},
       working},
      {"complete",
       [&](Session& s, int who, const Task& t) {
         return tasks_.reportCompletion(s, actor(who), now, t.id, t.version, "x", {});
       },
       {kLead},
       working},
      {"confirm",
       [&](Session& s, int who, const Task& t) {
         return tasks_.confirm(s, actor(who), now, t.id, t.version, "");
       },
       {kLeader},
       {TaskState::Reported}},
      {"return",
       [&](Session& s, int who, const Task& t) {
         return tasks_.returnForRework(s, actor(who), now, t.id, t.version, "x");
       },
       {kLeader},
       {TaskState::Reported}},
      {"due",
       [&](Session& s, int who, const Task& t) {
         return tasks_.changeDue(s, actor(who), now, t.id, t.version, Deadline::inWorkdays(8), "x");
       },
       {kLeader},
       working},
      {"hand over",
       [&](Session& s, int who, const Task& t) {
         return tasks_.handOver(s, actor(who), now, t.id, t.version, {HolderId(9)}, "x");
       },
       {kLead, kLeader},
       working},
      {"cancel",
       [&](Session& s, int who, const Task& t) {
         return tasks_.cancel(s, actor(who), now, t.id, t.version, "x");
       },
       {kLeader},
       open}};
  const auto has = [](const auto& list, auto value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  };
  const auto task = assign(instruction("a")).value();
  for (const auto& row : rows) {
    for (int state = 1; state <= 7; ++state) {
      for (const int who : {kLeader, kLead, kSupport, kFollower, 99}) {
        std::string answer;
        try {
          database().transact([&](Session& s) {
            s.execute("UPDATE task SET state = ? WHERE id = ?", {state, task.id});
            answer = code(row.act(s, who, task));
            throw std::runtime_error("undo");
          });
        } catch (const std::runtime_error&) {
        }
        const std::string expected = !has(row.who, who) ? "task.not_yours"
                                     : !has(row.from, static_cast<TaskState>(state))
                                         ? "task.state_forbids"
                                         : "";
        EXPECT_EQ(answer, expected) << row.name << " in state " << state << " by " << who;
      }
    }
  }
}

TEST_F(TaskServiceTest, NeverRewritesHistory) {
  const auto task = assign(instruction("a")).value();
  for (const char* sql : {"UPDATE task_event SET note = 'x'", "DELETE FROM task_event"}) {
    EXPECT_THROW(database().transact([&](Session& s) { s.execute(sql); }), base::db::Error) << sql;
  }
  EXPECT_EQ(history(task).size(), 1u);
}

TEST_F(TaskServiceTest, CannotHaveASecondLeadEvenByHand) {
  const auto task = assign(instruction("a")).value();
  EXPECT_THROW(database().transact([&](Session& s) {
    s.execute("INSERT INTO task_part (task_id, part, holder_id, is_open) VALUES (?, 1, 33, 1)",
              {task.id});
  }),
               base::db::DuplicateKey);
}

TEST_F(TaskServiceTest, RemembersWhoHasSeenIt) {
  const auto task = assign(instruction("a")).value();
  const auto see = [&](int who) {
    return act([&](Session& s) { return tasks_.see(s, actor(who), clock_.now(), task.id); });
  };
  EXPECT_EQ(see(kFollower)->state, TaskState::Assigned);
  EXPECT_EQ(see(kLead)->version, 2);
  EXPECT_EQ(see(kLead)->version, 2);  // looking again changes nothing
  EXPECT_EQ(code(see(99)), "task.not_yours");
  database().read([&](Session& s) {
    for (const auto& one : participantsOf(s, task.id)) {
      const auto post = one.seat.holder.value();
      EXPECT_EQ(one.seenAt.has_value(), post == kFollower || post == kLead);
    }
  });
}

}  // namespace
}  // namespace reminder
