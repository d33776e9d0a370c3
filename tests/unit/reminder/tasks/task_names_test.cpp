#include "reminder/tasks/task_names.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/texts.h"

namespace reminder {
namespace {

TEST(TaskNames, AreDistinctAndReadBack) {
  std::set<std::string_view> states;
  for (int code = 1; code <= 7; ++code) {
    const auto state = static_cast<TaskState>(code);
    EXPECT_TRUE(states.insert(nameOf(state)).second);
    EXPECT_EQ(taskStateNamed(nameOf(state)), state);
  }
  for (const auto timing : {Timing::None, Timing::InTime, Timing::Near, Timing::Late}) {
    EXPECT_EQ(timingNamed(nameOf(timing)), timing);
  }
  for (const auto part : {Part::Lead, Part::Support, Part::Follower, Part::Assigner}) {
    EXPECT_EQ(partNamed(nameOf(part)), part);
  }
  for (int code = 0; code <= 3; ++code) {
    const auto urgency = static_cast<Urgency>(code);
    EXPECT_EQ(urgencyNamed(nameOf(urgency)), urgency);
  }
  EXPECT_EQ(taskStateNamed("Done"), std::nullopt);
  EXPECT_EQ(timingNamed(""), std::nullopt);
}

TEST(TaskNames, HaveTexts) {
  const base::Texts texts(EOFFICE_SOURCE_DIR "/templates/texts");
  for (int code = 1; code <= 7; ++code) {
    EXPECT_TRUE(texts.has("task.state." + std::string(nameOf(static_cast<TaskState>(code)))));
  }
  for (int code = 1; code <= 10; ++code) {
    EXPECT_TRUE(texts.has("task.act." + std::string(nameOf(static_cast<TaskAct>(code)))));
  }
  for (const auto timing : {Timing::None, Timing::InTime, Timing::Near, Timing::Late}) {
    EXPECT_TRUE(texts.has("task.timing." + std::string(nameOf(timing))));
  }
}

}  // namespace
}  // namespace reminder
