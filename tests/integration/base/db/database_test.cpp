#include "base/db/database.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "base/result.h"
#include "tests/support/test_database.h"

namespace {

using base::RefusalKind;
using base::Result;
using base::db::Database;
using base::db::DatabaseOptions;
using base::db::Error;
using base::db::Params;
using base::db::Row;
using base::db::Session;

constexpr const char* kInsertItem =
    "/* test.insertItem */ INSERT INTO item (name, bytes) VALUES (?, ?)";
constexpr const char* kCountItems = "/* test.countItems */ SELECT COUNT(*) FROM item";

// A schema of its own: these tests are about the door, not about the office's tables.
class DatabaseTest : public ::testing::Test {
 protected:
  static tests::TestDatabase& shared() {
    static tests::TestDatabase instance("test_door", "tests/data/migrations/door");
    return instance;
  }
  void SetUp() override { shared().clear(); }
  static Database& database() { return shared().database(); }

  static std::int64_t items() {
    return database().read([](Session& s) { return s.get(kCountItems).integer(0); });
  }
  static std::unique_ptr<Database> another(const std::function<void(DatabaseOptions&)>& change) {
    auto options = shared().options();
    change(options);
    return base::db::openDatabase(options);
  }
};

TEST_F(DatabaseTest, RunsUnderTheSettingsThatEverythingReliesOn) {
  const auto row = database().read([](Session& s) {
    return s.get(
        "SELECT @@time_zone, @@character_set_client, @@character_set_results, @@sql_mode, "
        "@@tx_isolation, @@innodb_lock_wait_timeout, @@character_set_connection");
  });
  EXPECT_EQ(row.text(0), "+00:00");
  EXPECT_EQ(row.text(1), "utf8mb4");
  EXPECT_EQ(row.text(2), "utf8mb4");
  EXPECT_NE(row.text(3).find("STRICT_ALL_TABLES"), std::string::npos);
  EXPECT_EQ(row.text(4), "READ-COMMITTED");
  EXPECT_EQ(row.integer(5), 10);
  EXPECT_EQ(row.text(6), "utf8mb4");
}

struct Sample {
  const char* name;
  std::string bytes;
};

std::vector<Sample> samples() {
  return {{"Vietnamese", "Quyết định số 12/QĐ-UBND về Đắk Lắk"},
          {"Emoji", "\xF0\x9F\x87\xBB\xF0\x9F\x87\xB3"},
          {"NulBytes", std::string("a\0b\0", 4)},
          {"QuotesAndBackslashes", R"(' " \ ` ; -- /* ? */ %)"},
          {"NotUtf8", "\xFF\xFE\x80\xC0"},
          {"Empty", ""},
          {"OverTheDriversChunk", std::string(700'000, '\xE1') + "end"}};
}

TEST_F(DatabaseTest, BytesSurviveEachWayInAndEachWayOut) {
  for (const auto& sample : samples()) {
    SCOPED_TRACE(sample.name);
    shared().clear();
    database().transact([&](Session& s) {
      s.execute(kInsertItem, {"prepared", sample.bytes});
      s.insertMany("/* test.many */ INSERT INTO item (name, bytes) VALUES",
                   {{"batch", sample.bytes}});
    });
    database().read([&](Session& s) {
      constexpr const char* kAll = "/* test.all */ SELECT bytes FROM item WHERE bytes = ?";
      const auto rows = s.query(kAll, {sample.bytes});
      ASSERT_EQ(rows.size(), 2U);
      for (const auto& row : rows) EXPECT_TRUE(row.text(0) == sample.bytes);
      int streamed = 0;
      s.stream(kAll, {sample.bytes}, [&](const Row& row) {
        EXPECT_TRUE(row.text(0) == sample.bytes);
        return ++streamed < 100;
      });
      EXPECT_EQ(streamed, 2);
    });
  }
}

TEST_F(DatabaseTest, InstantsKeepMicrosecondsAndDaysAreDays) {
  const auto instant = *base::parseIsoInstant("2026-01-06T03:15:00.000001Z");
  const auto whole = *base::parseIsoInstant("2026-01-06T03:15:00Z");
  const auto day = *base::parseIsoDate("2024-02-29");
  database().transact([&](Session& s) {
    s.execute("INSERT INTO item (name, at, day) VALUES ('a', ?, ?)", {instant, day});
    s.execute("INSERT INTO item (name, at, day) VALUES ('b', ?, ?)", {whole, nullptr});
  });
  database().read([&](Session& s) {
    const auto rows = s.query("SELECT at, day FROM item ORDER BY name");
    EXPECT_EQ(rows.at(0).instant(0), instant);
    EXPECT_EQ(rows.at(0).date(1), day);
    EXPECT_EQ(rows.at(1).instant(0), whole);
    EXPECT_EQ(rows.at(1).maybeDate(1), std::nullopt);
    s.stream("SELECT at, day FROM item WHERE at = ?", {instant}, [&](const Row& row) {
      EXPECT_EQ(row.instant(0), instant);
      EXPECT_EQ(row.date(1), day);
      return true;
    });
    EXPECT_THROW(static_cast<void>(rows.at(1).date(1)), std::logic_error);
    EXPECT_THROW(static_cast<void>(rows.at(0).integer(0)), std::logic_error);
  });
}

TEST_F(DatabaseTest, GivesTheIdOfANewRow) {
  database().transact([](Session& s) {
    const auto first = s.insert(kInsertItem, {"a", ""});
    const auto second = s.insert(kInsertItem, {"b", ""});
    EXPECT_GT(first, 0);
    EXPECT_EQ(second, first + 1);
    constexpr const char* kSame =
        "INSERT INTO item (name) VALUES (?) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)";
    EXPECT_EQ(s.insert(kSame, {"a"}), first);
    EXPECT_THROW(s.insert("INSERT IGNORE INTO item (name) VALUES (?)", {"a"}), std::logic_error);
  });
}

TEST_F(DatabaseTest, DuplicateKeyIsATypeAndItsTextHasNoValues) {
  try {
    database().transact([](Session& s) {
      s.execute(kInsertItem, {"Nguyễn Văn An's", ""});
      s.execute(kInsertItem, {"Nguyễn Văn An's", ""});
    });
    FAIL();
  } catch (const base::db::DuplicateKey& error) {
    EXPECT_EQ(error.code(), 1062);
    EXPECT_EQ(error.query(), "test.insertItem");
    EXPECT_EQ(std::string(error.what()).find("Nguy"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("item_name"), std::string::npos) << error.what();
  }
  EXPECT_EQ(items(), 0);
}

TEST_F(DatabaseTest, ForeignKeyIsAType) {
  const auto orphan = [](Session& s) {
    s.execute("INSERT INTO item_part (item_id) VALUES (?)", {999});
  };
  EXPECT_THROW(database().transact(orphan), base::db::ForeignKeyBroken);
}

TEST_F(DatabaseTest, ValuesThatDoNotFitAreErrors) {
  const auto tooLong = [](Session& s) { s.execute(kInsertItem, {std::string(300, 'x'), ""}); };
  EXPECT_THROW(database().transact(tooLong), Error);
  const auto noText = [](Session& s) { s.execute(kInsertItem, {"\xFF\xFF", ""}); };
  EXPECT_THROW(database().transact(noText), Error);
  EXPECT_EQ(items(), 0);
}

TEST_F(DatabaseTest, ARefusalRollsBack) {
  const auto refused = database().transact([](Session& s) -> Result<int> {
    s.execute(kInsertItem, {"a", ""});
    return base::refuse(RefusalKind::Conflict, "test.no");
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(items(), 0);
  const auto done = database().transact([](Session& s) -> Result<int> {
    s.execute(kInsertItem, {"a", ""});
    return 7;
  });
  EXPECT_EQ(done.value(), 7);
  EXPECT_EQ(items(), 1);
}

TEST_F(DatabaseTest, AnExceptionRollsBack) {
  const auto broken = [](Session& s) {
    s.execute(kInsertItem, {"a", ""});
    throw std::runtime_error("in the middle");
  };
  EXPECT_THROW(database().transact(broken), std::runtime_error);
  EXPECT_EQ(items(), 0);
  EXPECT_EQ(database().pool().busy, 0U);
}

TEST_F(DatabaseTest, WrongCountsOfValuesAreBugs) {
  database().transact([](Session& s) {
    EXPECT_THROW(s.execute(kInsertItem, {"a"}), std::logic_error);
    EXPECT_THROW(s.insertMany("INSERT INTO item (name) VALUES", {{"a"}, {"b", "c"}}),
                 std::logic_error);
    EXPECT_THROW(s.stream("SELECT ?", {}, [](const Row&) { return true; }), std::logic_error);
  });
}

TEST_F(DatabaseTest, AWriteOutsideOfATransactionIsABug) {
  const auto write = [](Session& s) { s.execute(kInsertItem, {"a", ""}); };
  EXPECT_THROW(database().read(write), std::logic_error);
}

TEST_F(DatabaseTest, ASecondSessionInsideOfTheFirstIsABug) {
  const auto nested = [](Session&) { items(); };
  EXPECT_THROW(database().read(nested), std::logic_error);
  EXPECT_EQ(items(), 0);  // and the first came back
}

TEST_F(DatabaseTest, KeepsStatementsWhoseTextVaries) {
  database().read([](Session& s) {
    for (int round = 0; round < 2; ++round) {
      for (int i = 0; i < 400; ++i) {
        const auto text = "/* test.varies */ SELECT ? + " + std::to_string(i);
        EXPECT_EQ(s.get(text, {1}).integer(0), i + 1);
      }
    }
  });
}

TEST_F(DatabaseTest, TheSameAddressWithAnotherTextIsAnotherStatement) {
  std::string text = "SELECT 1";
  database().read([&](Session& s) {
    EXPECT_EQ(s.get(text).integer(0), 1);
    text[7] = '2';
    EXPECT_EQ(s.get(text).integer(0), 2);
  });
}

TEST_F(DatabaseTest, ManyRowsGoInFewStatements) {
  const auto questions = [] {
    return database().read(
        [](Session& s) { return s.get("SHOW GLOBAL STATUS LIKE 'Queries'").integer(1); });
  };
  std::vector<Params> rows;
  for (int i = 0; i < 5000; ++i)
    rows.push_back({"row " + std::to_string(i), std::string(500, 'x')});
  const auto before = questions();
  const auto changed = database().transact([&](Session& s) {
    return s.insertMany("/* test.many */ INSERT INTO item (name, bytes) VALUES", rows);
  });
  EXPECT_EQ(changed, 5000U);
  EXPECT_EQ(items(), 5000);
  EXPECT_LT(questions() - before, 30);
}

TEST_F(DatabaseTest, AnEmptyBatchSendsNothing) {
  database().transact([](Session& s) { EXPECT_EQ(s.insertMany("NO SQL", {}), 0U); });
}

std::size_t residentKilobytes() {
  std::ifstream in("/proc/self/statm");
  std::size_t size = 0;
  std::size_t resident = 0;
  in >> size >> resident;
  return resident * 4;
}

TEST_F(DatabaseTest, StreamsAHundredThousandRowsInFlatMemory) {
  constexpr const char* kRows =
      "/* test.rows */ SELECT seq, REPEAT('x', 1000) FROM seq_1_to_100000";
  database().read([&](Session& s) {
    s.stream(kRows, {}, [](const Row&) { return false; });
    const auto before = residentKilobytes();
    std::int64_t sum = 0;
    s.stream(kRows, {}, [&](const Row& row) {
      sum += row.integer(0);
      return true;
    });
    EXPECT_EQ(sum, 100'000LL * 100'001 / 2);
#ifndef __SANITIZE_ADDRESS__  // which keeps what was freed
    EXPECT_LT(residentKilobytes(), before + 4096);
#else
    static_cast<void>(before);
#endif
  });
}

TEST_F(DatabaseTest, AStreamThatIsStoppedLeavesTheConnectionInStep) {
  database().read([](Session& s) {
    int seen = 0;
    s.stream("SELECT seq FROM seq_1_to_5000", {}, [&](const Row&) { return ++seen < 3; });
    EXPECT_EQ(seen, 3);
    EXPECT_EQ(s.get("SELECT 5").integer(0), 5);
    const auto fails = [](const Row&) -> bool { throw std::runtime_error("enough"); };
    EXPECT_THROW(s.stream("SELECT seq FROM seq_1_to_5000", {}, fails), std::runtime_error);
    EXPECT_EQ(s.get("SELECT 6").integer(0), 6);
  });
}

TEST_F(DatabaseTest, AnErrorInTheMiddleOfAStreamIsNotItsEnd) {
  database().read([](Session& s) {
    int seen = 0;
    const auto count = [&](const Row&) { return ++seen > 0; };
    EXPECT_THROW(
        s.stream("/* test.half */ SELECT IF(seq < 40000, seq, (SELECT 1 UNION SELECT seq)) "
                 "FROM seq_1_to_50000",
                 {}, count),
        Error);
    EXPECT_GT(seen, 1000);
    EXPECT_EQ(s.get("SELECT 7").integer(0), 7);
  });
}

TEST_F(DatabaseTest, APoolThatIsEmptySaysSoInTime) {
  const auto small = another([](DatabaseOptions& o) {
    o.poolSize = 1;
    o.poolWait = std::chrono::milliseconds{30};
  });
  small->read([&](Session&) {
    std::thread([&] {
      EXPECT_THROW(small->read([](Session&) {}), base::db::PoolExhausted);
    }).join();
  });
  EXPECT_EQ(small->pool().open, 1U);
}

TEST_F(DatabaseTest, ManyThreadsShareFewConnections) {
  const auto small = another([](DatabaseOptions& o) { o.poolSize = 3; });
  std::vector<std::thread> threads;
  std::atomic<int> sum{0};
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n) {
        sum += static_cast<int>(
            small->read([](Session& s) { return s.get("SELECT ?", {1}).integer(0); }));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(sum, 800);
  EXPECT_LE(small->pool().open, 3U);
  EXPECT_EQ(small->pool().busy, 0U);
}

TEST_F(DatabaseTest, NobodyThereIsAType) {
  const auto open = [](const char* url) {
    DatabaseOptions options;
    options.url = url;
    options.retries = 0;
    return base::db::openDatabase(options);
  };
  EXPECT_THROW(open("unix:///nowhere/mysql.sock"), base::db::ConnectionLost);
  EXPECT_THROW(open("tcp://127.0.0.1:1"), base::db::ConnectionLost);
}

TEST_F(DatabaseTest, Answers) { EXPECT_TRUE(database().answers()); }

}  // namespace
