// Lists and counts against an oracle: every task judged one by one in C++.
#include "reminder/tasks/task_lists.h"

#include <gtest/gtest.h>

#include <random>

#include "reminder/tasks/task_service.h"
#include "tests/support/test_database.h"

namespace reminder {
namespace {

using base::db::Session;
using namespace std::chrono_literals;

const base::LocalDate kToday = std::chrono::year{2026} / 3 / 16;

class TaskListsTest : public tests::OfficeDatabaseTest {
 protected:
  /// 240 tasks of two agencies, three units, twelve posts, in every state and timing.
  void SetUp() override {
    OfficeDatabaseTest::SetUp();
    std::mt19937 random(20260316);
    const auto pick = [&](int least, int most) {
      return std::uniform_int_distribution(least, most)(random);
    };
    database().transact([&](Session& s) {
      for (int i = 0; i < 240; ++i) {
        const ScopeId scope(pick(1, 2));
        const int lead = pick(1, 12);
        const Actor leader{scope, HolderId(90), ReaderId(190), {}};
        Assignment assignment;
        assignment.key = std::to_string(i);
        assignment.title = "Việc " + assignment.key;
        assignment.assigner = {HolderId(90)};
        assignment.lead = {HolderId(lead), lead == 12 ? GroupId() : GroupId(50 + lead % 3)};
        assignment.supports = {{HolderId(lead % 12 + 1), GroupId(50 + (lead + 1) % 3)}};
        assignment.source = {"document", pick(1, 9)};
        if (pick(0, 4) > 0) {
          assignment.deadline = Deadline::on(base::addDays(kToday, pick(-8, 14)));
        }
        const auto start = base::toInstant(base::addDays(kToday, -20), 8h);
        auto task = tasks_.assign(s, leader, start, assignment).value();
        play(s, leader, task, pick(0, 5), base::toInstant(base::addDays(kToday, pick(-9, 0)), 15h));
      }
    });
    database().read([&](Session& s) {
      for (int scope : {1, 2}) {
        const auto page =
            listTasks(s, all(scope), {}, TaskOrder::NewestFirst, kToday, calendar(), 1000);
        all_.insert(all_.end(), page.tasks.begin(), page.tasks.end());
      }
    });
    ASSERT_EQ(all_.size(), 240u);
  }

  void play(Session& s, const Actor& leader, Task task, int how, base::Instant at) {
    const Actor lead{task.scope, task.lead.holder, {}, {}};
    if (how == 1) task = tasks_.see(s, lead, at, task.id).value();
    if (how == 5) task = tasks_.cancel(s, leader, at, task.id, task.version, "x").value();
    if (how >= 2 && how <= 4) {
      task = tasks_.reportCompletion(s, lead, at, task.id, task.version, "x", {}).value();
    }
    if (how == 3) task = tasks_.confirm(s, leader, at + 48h, task.id, task.version, "").value();
    if (how == 4) {
      task = tasks_.returnForRework(s, leader, at, task.id, task.version, "x").value();
    }
  }

  static TaskRights all(int scope) { return {ScopeId(scope), true, {}, {}}; }
  const WorkCalendar& calendar() const { return calendars_.of({}); }

  std::int64_t oracle(const std::function<bool(const Task&)>& matches) const {
    return std::count_if(all_.begin(), all_.end(), matches);
  }
  std::vector<Task> list(const TaskRights& rights, const TaskFilter& filter) {
    return database().read([&](Session& s) {
      return listTasks(s, rights, filter, TaskOrder::DueFirst, kToday, calendar(), 1000).tasks;
    });
  }
  std::int64_t count(const TaskRights& rights, const TaskFilter& filter) {
    return database().read(
        [&](Session& s) { return countTasks(s, rights, filter, kToday, calendar()); });
  }

  OneCalendar calendars_{readCalendar(EOFFICE_SOURCE_DIR "/config/calendars", "vn").value()};
  TaskService tasks_{calendars_, {}};
  std::vector<Task> all_;
};

TEST_F(TaskListsTest, JudgesTimingAsTheRuleDoes) {
  for (const auto timing : {Timing::None, Timing::InTime, Timing::Near, Timing::Late}) {
    TaskFilter filter;
    filter.timings = {timing};
    const auto expected = oracle([&](const Task& task) {
      return task.scope == ScopeId(1) && timingOf(task, kToday, calendar()) == timing;
    });
    EXPECT_GT(expected, 0);
    EXPECT_EQ(count(all(1), filter), expected) << static_cast<int>(timing);
    for (const auto& task : list(all(1), filter)) {
      EXPECT_EQ(timingOf(task, kToday, calendar()), timing) << task.id.value();
    }
  }
}

TEST_F(TaskListsTest, CountsWhatTheListsShow) {
  const TaskRights rights[] = {all(1),
                               all(2),
                               {ScopeId(1), false, {}, {GroupId(51)}},
                               {ScopeId(1), false, {HolderId(3), HolderId(4)}, {}},
                               {ScopeId(1), false, {HolderId(3)}, {GroupId(50), GroupId(52)}},
                               {ScopeId(1), false, {}, {}}};
  for (const auto& right : rights) {
    const auto overview =
        database().read([&](Session& s) { return overviewOf(s, right, kToday, calendar()); });
    EXPECT_EQ(overview.all.all(), count(right, listBehind(std::nullopt)));
    EXPECT_EQ(overview.all.late, count(right, listBehind(Timing::Late)));
    EXPECT_EQ(overview.all.near, count(right, listBehind(Timing::Near)));
    EXPECT_EQ(overview.all.inTime, count(right, listBehind(Timing::InTime)));
    for (const auto& [group, open] : overview.groups) {
      const auto size = [&](std::optional<Timing> timing) {
        return static_cast<std::int64_t>(list(right, listBehind(timing, group)).size());
      };
      EXPECT_EQ(open.late, size(Timing::Late)) << group.value();
      EXPECT_EQ(open.near, size(Timing::Near)) << group.value();
      EXPECT_EQ(open.inTime, size(Timing::InTime)) << group.value();
      EXPECT_EQ(open.all(), size(std::nullopt)) << group.value();
    }
  }
}

TEST_F(TaskListsTest, ShowsAReaderNothingElse) {
  const TaskRights mine{ScopeId(1), false, {HolderId(3)}, {GroupId(51)}};
  std::map<TaskId, bool> allowed;
  database().read([&](Session& s) {
    for (const auto& task : all_) {
      bool takesPart = false;
      for (const auto& one : participantsOf(s, task.id)) {
        takesPart |= one.seat.holder == HolderId(3) || one.seat.group == GroupId(51);
      }
      allowed[task.id] = takesPart && task.scope == ScopeId(1);
      EXPECT_EQ(findTask(s, mine, task.id).has_value(), allowed[task.id]) << task.id.value();
    }
  });
  const auto shown = list(mine, {});
  EXPECT_EQ(static_cast<std::int64_t>(shown.size()),
            oracle([&](const Task& task) { return allowed[task.id]; }));
  for (const auto& task : shown) EXPECT_TRUE(allowed[task.id]);
  EXPECT_TRUE(list({ScopeId(1), false, {}, {}}, {}).empty());
}

TEST_F(TaskListsTest, NarrowsByPartStateAndSource) {
  TaskFilter assignedByMe;
  assignedByMe.holder = HolderId(90);
  assignedByMe.part = Part::Assigner;
  assignedByMe.states = {TaskState::Reported};
  EXPECT_EQ(count(all(1), assignedByMe), oracle([](const Task& task) {
              return task.scope == ScopeId(1) && task.state == TaskState::Reported;
            }));
  TaskFilter ledByMe;
  ledByMe.holder = HolderId(3);
  ledByMe.part = Part::Lead;
  EXPECT_EQ(count(all(1), ledByMe), oracle([](const Task& task) {
              return task.scope == ScopeId(1) && task.lead.holder == HolderId(3);
            }));
  TaskFilter ofDocument;
  ofDocument.source = {"document", 4};
  EXPECT_EQ(count(all(1), ofDocument), oracle([](const Task& task) {
              return task.scope == ScopeId(1) && task.source.id == 4;
            }));
}

TEST_F(TaskListsTest, PagesWhatIsToBeDoneFirst) {
  database().read([&](Session& s) {
    std::vector<Task> paged;
    std::vector<TaskId> back;
    TaskPlace place7;
    for (bool more = true; more;) {
      const auto page = listTasks(s, all(1), listBehind(std::nullopt), TaskOrder::DueFirst, kToday,
                                  calendar(), 7, place7);
      paged.insert(paged.end(), page.tasks.begin(), page.tasks.end());
      more = page.more;
      ASSERT_LE(page.tasks.size(), 7u);
      place7.key = taskKeyFrom(textOf(page.last));
      ASSERT_TRUE(place7.key);
    }
    // Back again from the last one: the same tasks in the same order.
    place7.side = TaskPlace::Side::Before;
    back.push_back(paged.back().id);
    for (bool more = true; more;) {
      const auto page = listTasks(s, all(1), listBehind(std::nullopt), TaskOrder::DueFirst, kToday,
                                  calendar(), 7, place7);
      for (auto task = page.tasks.rbegin(); task != page.tasks.rend(); ++task)
        back.push_back(task->id);
      more = page.more;
      place7.key = page.first;
    }
    ASSERT_EQ(back.size(), paged.size());
    for (std::size_t i = 0; i < paged.size(); ++i)
      EXPECT_EQ(back[back.size() - 1 - i], paged[i].id);
    for (const char* text :
         {"", "17", "17.", "x.20260106", "17.20261301", "17.20260106x", "-1.20260106"}) {
      EXPECT_FALSE(taskKeyFrom(text)) << text;
    }
    EXPECT_EQ(static_cast<std::int64_t>(paged.size()), oracle([](const Task& task) {
                return task.scope == ScopeId(1) && isOpen(task.state);
              }));
    const auto place = [&](const Task& task) {
      const auto last = base::LocalDate{std::chrono::year{9999} / 12 / 31};
      const bool inTime = task.reportedAt && timingOf(task, kToday, calendar()) == Timing::InTime;
      return inTime ? base::addDays(last, -1) : task.due.value_or(last);
    };
    for (std::size_t i = 1; i < paged.size(); ++i) {
      EXPECT_LE(place(paged[i - 1]), place(paged[i]));
    }
  });
}

TEST_F(TaskListsTest, NamesTheLongestLateFirst) {
  const auto late = database().read([&](Session& s) { return longestLate(s, all(1), kToday, 5); });
  ASSERT_EQ(late.size(), 5u);
  for (std::size_t i = 1; i < late.size(); ++i) EXPECT_LE(late[i - 1].due, late[i].due);
  for (const auto& task : late) EXPECT_EQ(timingOf(task, kToday, calendar()), Timing::Late);
}

TEST_F(TaskListsTest, DividesDoneOnTimeByDoneAndOpenLate) {
  const auto from = base::addDays(kToday, -5);
  const auto in = [&](const Task& task) {
    const auto reported = base::localDate(*task.reportedAt);
    return reported >= from && reported <= kToday;
  };
  for (const auto& group : {std::optional<GroupId>(), std::optional(GroupId(51))}) {
    const auto rate =
        database().read([&](Session& s) { return onTimeRate(s, all(1), from, kToday, group); });
    const auto mine = [&](const Task& task) {
      return task.scope == ScopeId(1) && task.due && (!group || task.lead.group == *group);
    };
    EXPECT_EQ(rate.doneOnTime, oracle([&](const Task& task) {
                return mine(task) && task.state == TaskState::Done && in(task) &&
                       timingOf(task, kToday, calendar()) == Timing::InTime;
              }));
    EXPECT_EQ(rate.doneLate, oracle([&](const Task& task) {
                return mine(task) && task.state == TaskState::Done && in(task) &&
                       timingOf(task, kToday, calendar()) == Timing::Late;
              }));
    EXPECT_EQ(rate.openLate, oracle([&](const Task& task) {
                return mine(task) && isOpen(task.state) &&
                       timingOf(task, kToday, calendar()) == Timing::Late;
              }));
  }
}

TEST(OnTimeRate, RoundsDown) {
  EXPECT_EQ((OnTimeRate{2, 1, 0}.permille()), 666);
  EXPECT_EQ((OnTimeRate{999, 0, 1}.permille()), 999);
  EXPECT_EQ((OnTimeRate{5, 0, 0}.permille()), 1000);
  EXPECT_EQ((OnTimeRate{0, 0, 0}.permille()), std::nullopt);
}

}  // namespace
}  // namespace reminder
