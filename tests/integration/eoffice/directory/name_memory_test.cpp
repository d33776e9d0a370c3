#include "eoffice/directory/name_memory.h"

#include <gtest/gtest.h>

#include "tests/support/office_people.h"
#include "tests/support/test_database.h"

namespace eoffice::directory {
namespace {

using base::db::Session;
using std::chrono::milliseconds;

class NameMemoryTest : public tests::OfficeDatabaseTest {
 protected:
  void SetUp() override {
    OfficeDatabaseTest::SetUp();
    database().transact([&](Session& s) { leader_ = tests::Office(s).leader.post; });
  }
  std::string titleAt(milliseconds later) {
    return database().read([&](Session& s) {
      const auto now =
          base::Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 24)) + later;
      return memory_.of(s, {leader_, PostId(99'999)}, now).at(leader_).title;
    });
  }
  void rename() {
    database().transact([&](Session& s) {
      s.execute("/* test */ UPDATE post SET title = 'Quyền Chủ tịch' WHERE id = ?", {leader_});
    });
  }

  PostId leader_;
  NameMemory memory_{std::chrono::seconds(1)};
};

TEST_F(NameMemoryTest, BelievesANameForItsLifeAndNoLonger) {
  const auto before = titleAt(milliseconds(0));
  rename();
  EXPECT_EQ(titleAt(milliseconds(999)), before);
  EXPECT_EQ(titleAt(milliseconds(1000)), "Quyền Chủ tịch");
}

TEST_F(NameMemoryTest, BelievesNothingThatIsNewerThanTheClock) {
  (void)titleAt(milliseconds(0));
  rename();
  EXPECT_EQ(titleAt(milliseconds(-1)), "Quyền Chủ tịch");
}

}  // namespace
}  // namespace eoffice::directory
