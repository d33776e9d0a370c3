// What happens to a transaction when others are in its way or the connection breaks.
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "base/db/database.h"
#include "tests/integration/base/db/cutting_proxy.h"
#include "tests/support/test_database.h"

namespace {

using base::db::Database;
using base::db::DatabaseOptions;
using base::db::Session;

constexpr const char* kInsert = "/* test.insert */ INSERT INTO item (name) VALUES (?)";
constexpr const char* kLock = "/* test.lock */ SELECT id FROM item WHERE name = ? FOR UPDATE";
constexpr const char* kCount = "/* test.count */ SELECT COUNT(*) FROM item";

class TransactionTest : public ::testing::Test {
 protected:
  static tests::TestDatabase& shared() {
    static tests::TestDatabase instance("test_transaction", "tests/data/migrations/door");
    return instance;
  }
  void SetUp() override {
    shared().clear();
    database().transact([](Session& s) {
      s.execute(kInsert, {"a"});
      s.execute(kInsert, {"b"});
    });
  }
  static Database& database() { return shared().database(); }
  static std::int64_t items() {
    return database().read([](Session& s) { return s.get(kCount).integer(0); });
  }
  static std::unique_ptr<Database> with(int retries) {
    auto options = shared().options();
    options.retries = retries;
    return base::db::openDatabase(options);
  }
  static void killConnection(std::int64_t id) {
    database().apart([&](Session& s) { s.runPlain("KILL " + std::to_string(id)); });
  }
  static std::int64_t connectionId(Session& session) {
    return session.get("SELECT CONNECTION_ID()").integer(0);
  }
};

TEST_F(TransactionTest, TheLoserOfADeadlockRunsAgain) {
  const auto before = database().pool().retries;
  std::barrier bothHaveOne(2);
  std::atomic<int> runs{0};
  const auto lockBoth = [&](const char* first, const char* second) {
    bool met = false;
    database().transact([&](Session& s) {
      ++runs;
      static_cast<void>(s.get(kLock, {first}));
      if (!met) {
        met = true;
        bothHaveOne.arrive_and_wait();
      }
      static_cast<void>(s.get(kLock, {second}));
      s.execute("UPDATE item SET bytes = CONCAT(IFNULL(bytes, ''), 'x') WHERE name IN ('a', 'b')");
    });
  };
  std::thread other([&] { lockBoth("b", "a"); });
  lockBoth("a", "b");
  other.join();
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(database().pool().retries, before + 1);
  const auto marks =
      database().read([](Session& s) { return s.query("SELECT bytes FROM item ORDER BY name"); });
  EXPECT_EQ(marks.at(0).text(0), "xx");
  EXPECT_EQ(marks.at(1).text(0), "xx");
}

TEST_F(TransactionTest, GivesUpAfterTheRetriesAndTellsTheType) {
  const auto few = with(2);
  int runs = 0;
  const auto blocked = [&](Session& s) {
    ++runs;
    s.execute(kInsert, {"c"});
    static_cast<void>(s.get("SELECT id FROM item WHERE name = 'a' FOR UPDATE NOWAIT"));
  };
  database().transact([&](Session& s) {
    static_cast<void>(s.get(kLock, {"a"}));
    EXPECT_THROW(few->transact(blocked), base::db::LockTimeout);
  });
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(few->pool().retries, 2U);
  EXPECT_EQ(items(), 2);
}

TEST_F(TransactionTest, ALockTimeoutUndoesTheWholeAttempt) {
  std::barrier locked(2);
  std::barrier seen(2);
  std::thread holder([&] {
    database().transact([&](Session& s) {
      static_cast<void>(s.get(kLock, {"a"}));
      locked.arrive_and_wait();
      seen.arrive_and_wait();
    });
  });
  locked.arrive_and_wait();
  int runs = 0;
  with(50)->transact([&](Session& s) {
    ++runs;
    s.execute(kInsert, {"c"});
    if (runs == 2) seen.arrive_and_wait();
    static_cast<void>(s.get("SELECT id FROM item WHERE name = 'a' FOR UPDATE NOWAIT"));
  });
  holder.join();
  EXPECT_GE(runs, 2);
  EXPECT_EQ(items(), 3);
}

TEST_F(TransactionTest, RunsAgainWhenTheConnectionIsLostInTheMiddle) {
  const auto db = with(3);
  int runs = 0;
  db->transact([&](Session& s) {
    s.execute(kInsert, {"c"});
    if (++runs == 1) killConnection(connectionId(s));
    s.execute(kInsert, {"d"});
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(items(), 4);
}

TEST_F(TransactionTest, ReadsRunAgainWhenTheConnectionIsLost) {
  const auto db = with(3);
  int runs = 0;
  const auto count = db->read([&](Session& s) {
    if (++runs == 1) killConnection(connectionId(s));
    return s.get(kCount).integer(0);
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count, 2);
}

TEST_F(TransactionTest, ConnectionsThatDiedIdleAreReplaced) {
  const auto db = with(1);
  std::barrier both(2);
  const auto open = [&] {
    db->read([&](Session& s) {
      both.arrive_and_wait();
      killConnection(connectionId(s));
    });
  };
  std::thread other(open);
  open();
  other.join();
  EXPECT_EQ(db->pool().open, 2U);
  EXPECT_EQ(db->read([](Session& s) { return s.get(kCount).integer(0); }), 2);
  EXPECT_EQ(db->pool().open, 1U);
}

TEST_F(TransactionTest, ACommitThatWasNotSentRunsAgain) {
  const auto db = with(3);
  int runs = 0;
  db->transact([&](Session& s) {
    s.execute(kInsert, {"c"});
    if (++runs == 1) killConnection(connectionId(s));
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(items(), 3);
}

TEST_F(TransactionTest, ACommitWhoseAnswerWasLostIsNeverRepeated) {
  tests::CuttingProxy proxy(shared().options().url);
  auto options = shared().options();
  options.url = proxy.url();
  const auto db = base::db::openDatabase(options);
  int runs = 0;
  proxy.cutAfter("COMMIT");
  const auto work = [&](Session& s) {
    ++runs;
    s.execute(kInsert, {"c"});
  };
  EXPECT_THROW(db->transact(work), base::db::CommitUnknown);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(items(), 3);  // here it was done; the client could not know
}

TEST_F(TransactionTest, TheLoserOfAUniqueKeySeesTheWinner) {
  std::barrier ready(2);
  std::atomic<int> winners{0};
  std::atomic<int> foundIds{0};
  const auto take = [&] {
    database().transact([&](Session& s) {
      static_cast<void>(s.get(kCount));  // under REPEATABLE READ this would fix what it sees
      ready.arrive_and_wait();
      try {
        s.execute(kInsert, {"same"});
        ++winners;
      } catch (const base::db::DuplicateKey&) {
        foundIds += s.find("SELECT id FROM item WHERE name = 'same'").has_value() ? 1 : 0;
      }
    });
  };
  std::thread other(take);
  take();
  other.join();
  EXPECT_EQ(winners, 1);
  EXPECT_EQ(foundIds, 1);
}

TEST_F(TransactionTest, ACounterThatIsLockedGivesNoNumberTwice) {
  database().transact(
      [](Session& s) { s.execute("INSERT INTO item (name, bytes) VALUES ('counter', '0')"); });
  const auto next = [] {
    for (int i = 0; i < 50; ++i) {
      database().transact([](Session& s) {
        const auto value =
            s.get("SELECT CAST(bytes AS SIGNED) FROM item WHERE name = 'counter' FOR UPDATE")
                .integer(0);
        s.execute("UPDATE item SET bytes = ? WHERE name = 'counter'", {value + 1});
        s.execute(kInsert, {"number " + std::to_string(value + 1)});
      });
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(next);
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(items(), 203);
}

}  // namespace
