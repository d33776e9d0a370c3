#include "reminder/channels/bell.h"

#include <gtest/gtest.h>

#include "tests/support/test_database.h"

namespace reminder {
namespace {

using base::db::Session;
using namespace std::chrono_literals;

const base::Instant kNow = base::toInstant(std::chrono::year{2026} / 3 / 2, 8h);
const ReaderId kAn(1);
const ReaderId kBinh(2);

class BellTest : public tests::OfficeDatabaseTest {
 protected:
  static Notice notice(ReaderId reader, const std::string& key, std::int64_t task = 7) {
    return {reader, HolderId(3), "task_today", {"task", task}, {{"title", "Báo cáo \"lũ\""}}, key};
  }
  template <class Work>
  static auto run(Work&& work) {
    return database().transact([&](Session& session) { return work(session); });
  }
};

TEST_F(BellTest, RingsOnceForAKeyAndReader) {
  run([](Session& s) {
    EXPECT_EQ(Bell::ring(s, kNow, {notice(kAn, "a"), notice(kBinh, "a"), notice(kAn, "b")}), 3u);
    EXPECT_EQ(Bell::ring(s, kNow, {notice(kAn, "a")}), 0u);
    EXPECT_EQ(Bell::unread(s, kAn), 2);
    EXPECT_EQ(Bell::unread(s, kBinh), 1);
  });
}

TEST_F(BellTest, ListsNewestFirstInPages) {
  run([](Session& s) {
    for (int i = 0; i < 5; ++i) Bell::ring(s, kNow, {notice(kAn, std::to_string(i))});
    const auto first = Bell::list(s, kAn, false, 3);
    ASSERT_EQ(first.size(), 3u);
    EXPECT_EQ(first[0].notice.key, "4");
    const auto second = Bell::list(s, kAn, false, 3, first.back().id);
    ASSERT_EQ(second.size(), 2u);
    EXPECT_EQ(second[1].notice.key, "0");
    EXPECT_EQ(second[1].notice.facts[0].second, "Báo cáo \"lũ\"");
    EXPECT_EQ(second[1].notice.object, (SourceRef{"task", 7}));
  });
}

TEST_F(BellTest, MarksWhatWasSeenAndNothingElse) {
  run([](Session& s) {
    Bell::ring(s, kNow, {notice(kAn, "a"), notice(kAn, "b", 8), notice(kBinh, "a")});
    const auto shown = Bell::list(s, kAn, true, 10);
    EXPECT_TRUE(Bell::markSeen(s, kAn, shown[1].id, kNow));
    EXPECT_TRUE(Bell::markSeen(s, kAn, shown[1].id, kNow + 1h));  // the first look stays
    EXPECT_EQ(Bell::list(s, kAn, false, 10)[1].seenAt, kNow);
    EXPECT_FALSE(Bell::markSeen(s, kBinh, shown[0].id, kNow));  // another's
    EXPECT_EQ(Bell::unread(s, kAn), 1);
    Bell::ring(s, kNow, {notice(kAn, "c")});
    Bell::markAllSeen(s, kAn, shown[0].id, kNow);
    EXPECT_EQ(Bell::unread(s, kAn), 1);  // what came since
    Bell::markSeenAbout(s, kAn, {"task", 7}, kNow);
    EXPECT_EQ(Bell::unread(s, kAn), 0);
    EXPECT_EQ(Bell::unread(s, kBinh), 1);
  });
}

TEST_F(BellTest, SpeaksTheReadersLanguage) {
  const base::Texts texts(EOFFICE_SOURCE_DIR "/templates/texts");
  const StoredNotice stored{1, kNow, {}, notice(kAn, "a")};
  EXPECT_EQ(Bell::text(texts, base::Language::Vi, stored), "Đến hạn hôm nay: Báo cáo \"lũ\"");
  EXPECT_EQ(Bell::text(texts, base::Language::En, stored), "Due today: Báo cáo \"lũ\"");
}

}  // namespace
}  // namespace reminder
