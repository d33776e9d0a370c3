#include "eoffice/directory/session_memory.h"

#include <gtest/gtest.h>

namespace eoffice::directory {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

const base::Instant kNow{hours(500'000)};

CurrentSession someSession() {
  CurrentSession session;
  session.login = "vanthu";
  session.expires = kNow + hours(12);
  return session;
}

TEST(SessionMemory, BelievesALookUpForItsLifeOnly) {
  SessionMemory memory(seconds(1));
  memory.keep("token", someSession(), kNow, memory.age());
  const auto known = memory.find("token", kNow + milliseconds(999));
  ASSERT_TRUE(known);
  EXPECT_EQ(known->login, "vanthu");
  EXPECT_FALSE(memory.find("another", kNow));
  EXPECT_FALSE(memory.find("token", kNow + seconds(1)));
}

TEST(SessionMemory, RemembersNothingWithoutALife) {
  SessionMemory memory(seconds(0));
  memory.keep("token", someSession(), kNow, memory.age());
  EXPECT_FALSE(memory.find("token", kNow));
}

TEST(SessionMemory, ForgetsAtOnceWhatWasEnded) {
  SessionMemory memory(seconds(1));
  memory.keep("token", someSession(), kNow, memory.age());
  memory.forgetAll();
  EXPECT_FALSE(memory.find("token", kNow));
}

TEST(SessionMemory, KeepsNoLookUpThatIsOlderThanAnEnd) {
  SessionMemory memory(seconds(1));
  const auto age = memory.age();
  memory.forgetAll();  // Between the look-up and its keeping a session was ended.
  memory.keep("token", someSession(), kNow, age);
  EXPECT_FALSE(memory.find("token", kNow));
}

TEST(SessionMemory, EndsASessionAtItsAbsoluteEnd) {
  SessionMemory memory(hours(24));
  memory.keep("token", someSession(), kNow, memory.age());
  EXPECT_TRUE(memory.find("token", kNow + hours(11)));
  EXPECT_FALSE(memory.find("token", kNow + hours(12)));
}

TEST(SessionMemory, IsNotMadeYoungerByAClockThatIsPutBack) {
  SessionMemory memory(seconds(1));
  memory.keep("token", someSession(), kNow, memory.age());
  EXPECT_FALSE(memory.find("token", kNow - seconds(1)));
}

TEST(SessionMemory, StaysWithinItsBound) {
  SessionMemory memory(seconds(1));
  for (int i = 0; i < 5000; ++i) {
    memory.keep(std::to_string(i), someSession(), kNow, memory.age());
  }
  EXPECT_TRUE(memory.find("4999", kNow));
  EXPECT_FALSE(memory.find("0", kNow));
}

}  // namespace
}  // namespace eoffice::directory
