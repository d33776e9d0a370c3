// The change feed and the index that lives on it: late commits, kills, restored backups, damage.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <future>
#include <random>

#include "eoffice/search/feed.h"
#include "eoffice/search/feeding.h"
#include "tests/integration/eoffice/search/search_fixture.h"

namespace {

using base::db::Session;
using eoffice::DocumentId;
using eoffice::documents::FindResult;
using eoffice::search::Index;
using eoffice::search::IndexFolder;
namespace fs = std::filesystem;

class SearchFeed : public tests::SearchTest {
 protected:
  [[nodiscard]] std::int64_t waiting() const {
    return database().read([](Session& session) {
      return session.get("/* test.waiting */ SELECT COUNT(*) FROM search_change").integer(0);
    });
  }
  void rename(DocumentId id, const std::string& subject) {
    database().transact([&](Session& session) {
      session.execute("/* test.rename */ UPDATE document SET subject = ? WHERE id = ?",
                      {subject, id});
    });
  }
  [[nodiscard]] fs::path indexPath() const { return indexes.pathOf(indexes.current()); }
};

TEST_F(SearchFeed, AnActIsFoundAfterOneRound) {
  registeredAs("1", "V/v cải cách hành chính");
  feed();
  const auto id = registeredAs("77", "V/v phòng chống bão số 9");
  EXPECT_GT(waiting(), 0);
  EXPECT_TRUE(worker->round());
  EXPECT_EQ(ids(people->clerk, "phòng chống bão"), std::vector{id});
  EXPECT_EQ(waiting(), 0);
  EXPECT_FALSE(worker->round()) << "nothing waits";
}

TEST_F(SearchFeed, ATransactionThatCommitsLateIsMetLate) {
  const auto first = registeredAs("1", "Thứ nhất");
  const auto second = registeredAs("2", "Thứ hai");
  feed();
  tests::TestDatabase& shared = tests::TestDatabase::office();
  const auto slow = base::db::openDatabase(shared.options());
  slow->transact([&](Session& session) {
    session.execute("/* test.late */ UPDATE document SET subject = 'Chậm mà chắc' WHERE id = ?",
                    {first});
    // Somebody else begins later, ends sooner, and is read and dropped from the feed.
    rename(second, "Nhanh chân");
    feed();
    EXPECT_EQ(ids(people->clerk, "nhanh chân"), std::vector{second});
    EXPECT_TRUE(ids(people->clerk, "chậm mà chắc").empty());
  });
  feed();
  EXPECT_EQ(ids(people->clerk, "chậm mà chắc"), std::vector{first});
}

TEST_F(SearchFeed, BeginsOnlyAfterTheTransactionsThatItWouldMiss) {
  const auto id = registeredAs("1", "Trước");
  const auto slow = base::db::openDatabase(tests::TestDatabase::office().options());
  std::promise<void> changed;
  std::promise<void> ready;
  auto act = std::async(std::launch::async, [&] {
    slow->transact([&](Session& session) {
      session.execute("/* test.under */ UPDATE document SET subject = 'Đang dở' WHERE id = ?",
                      {id});
      changed.set_value();
      ready.get_future().wait();
    });
  });
  changed.get_future().wait();
  auto begun = std::async(std::launch::async,
                          [&] { return eoffice::search::beginFeed(database(), "index-00"); });
  EXPECT_EQ(begun.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout)
      << "a change that is not in the feed was still under way";
  ready.set_value();
  act.get();
  EXPECT_GT(begun.get(), 0);
  feed();
  EXPECT_EQ(ids(people->clerk, "đang dở"), std::vector{id});
}

TEST_F(SearchFeed, EveryTableThatAPersonsWordsStandInFeedsIt) {
  const auto id = directed();
  feed();
  const auto feeds = [&](const std::string& sql) {
    database().transact(
        [&](Session& session) { session.execute("/* test.touch */ " + sql, {id}); });
    const bool fed = waiting() > 0;
    feed();
    return fed;
  };
  EXPECT_TRUE(feeds("UPDATE document SET description = 'x' WHERE id = ?"));
  EXPECT_TRUE(feeds("UPDATE incoming_document SET to_places = 'x' WHERE document_id = ?"));
  EXPECT_TRUE(feeds("UPDATE document_step SET remark = 'x' WHERE document_id = ?"));
  EXPECT_TRUE(feeds("UPDATE instruction SET text = 'x' WHERE document_id = ?"));
  EXPECT_TRUE(feeds("UPDATE document_file SET name = 'x' WHERE document_id = ?"));
  EXPECT_TRUE(feeds("DELETE FROM document_part WHERE document_id = ?"));
  EXPECT_TRUE(feeds("INSERT INTO document_part VALUES (?, 999, 1, 1)"));
}

// A new table about documents either feeds the search, or stands here with the reason why not.
TEST_F(SearchFeed, NoTableAboutDocumentsIsForgotten) {
  const std::set<std::string> unsearched{
      "search_change",                           // the feed itself
      "document_list",                           // derived from tables that feed
      "document_view",                           // who opened it
      "document_answer",                         // links, without words
      "document_follower",                       // follows, without words
      "book_number",                             // numbers and why they are void
      "instruction_proposal",                    // not said yet
      "exchange_outbox",      "exchange_inbox",  // messages; their documents feed
  };
  database().read([&](Session& session) {
    for (const auto& row : session.query(R"(/* test.unfed */
SELECT DISTINCT c.table_name FROM information_schema.columns c
JOIN information_schema.columns w ON w.table_schema = c.table_schema AND w.table_name = c.table_name
  AND w.data_type IN ('varchar', 'text', 'mediumtext', 'longtext')
WHERE c.table_schema = DATABASE() AND c.column_name = 'document_id' AND c.table_name NOT IN (
  SELECT event_object_table FROM information_schema.triggers
  WHERE trigger_schema = DATABASE() AND action_statement LIKE '%search_change%'))")) {
      EXPECT_TRUE(unsearched.contains(row.text(0)))
          << row.text(0) << " has words of a document and does not feed its search";
    }
  });
}

TEST_F(SearchFeed, AMissingIndexIsBuiltAndADamagedOneBuiltAnew) {
  const auto id = registeredAs("1", "V/v cải cách hành chính");
  feed();
  const auto first = indexes.current();
  for (const auto& file : fs::directory_iterator(indexPath())) {
    std::ofstream(file.path(), std::ios::trunc) << "not an index";
  }
  restart();
  EXPECT_NE(indexes.current(), first);
  EXPECT_EQ(ids(people->clerk, "cải cách"), std::vector{id});
  EXPECT_TRUE(indexes.others().empty()) << "the damaged one is gone";
}

TEST_F(SearchFeed, AnIndexFromABackupDoesNotFitAndIsBuiltAnew) {
  const auto id = registeredAs("1", "Thứ nhất");
  feed();
  const auto backup = folder.path() / "backup";
  const auto path = indexPath();
  fs::copy(path, backup);
  rename(id, "Đổi tên rồi");
  feed();
  rename(id, "Đổi lần nữa");
  feed();
  fs::remove_all(path);
  fs::copy(backup, path);
  restart();
  EXPECT_EQ(ids(people->clerk, "đổi lần nữa"), std::vector{id});
}

TEST_F(SearchFeed, OneThatWasForgottenIsBuiltAnew) {
  const auto id = registeredAs("1", "Thứ nhất");
  feed();
  database().transact([](Session& session) {
    session.execute("/* test.old */ UPDATE search_node_state SET seen_at = '2020-01-01'");
  });
  eoffice::search::purgeFeeds(database());
  rename(id, "Không ai báo");
  EXPECT_EQ(waiting(), 0);
  restart();
  EXPECT_EQ(ids(people->clerk, "không ai báo"), std::vector{id});
}

TEST_F(SearchFeed, ARebuildBesideTheOfficeTakesItsPlaceAtOnce) {
  const auto id = registeredAs("1", "Thứ nhất");
  feed();
  const auto before = indexes.current();
  const IndexFolder beside(folder.path() / "search");
  bool changed = false;
  EXPECT_EQ(eoffice::search::buildIndex(database(), content, beside,
                                        [&](const auto&) {
                                          // Meanwhile the office goes on, and so does its search.
                                          if (std::exchange(changed, true)) return true;
                                          rename(id, "Đổi trong lúc dựng");
                                          feed();
                                          EXPECT_EQ(ids(people->clerk, "đổi trong lúc dựng"),
                                                    std::vector{id});
                                          return true;
                                        }),
            eoffice::search::Built::Done);
  EXPECT_NE(indexes.current(), before);
  feed();
  EXPECT_EQ(ids(people->clerk, "đổi trong lúc dựng"), std::vector{id});
  EXPECT_TRUE(indexes.others().empty());
  EXPECT_EQ(database().read([](Session& session) {
    return session.get("/* test.nodes */ SELECT COUNT(*) FROM search_node").integer(0);
  }),
            1);
}

// The other process of the next test: feeds an index until it is killed.
TEST(SearchFeedProcess, DISABLED_Feeds) {
  const char* url = std::getenv("SEARCH_FEED_URL");
  const char* directory = std::getenv("SEARCH_FEED_FOLDER");
  if (url == nullptr || directory == nullptr) return;
  const auto database = base::db::openDatabase({.url = url,
                                                .user = std::getenv("SEARCH_FEED_USER"),
                                                .password = std::getenv("SEARCH_FEED_PASSWORD"),
                                                .schema = std::getenv("SEARCH_FEED_SCHEMA")});
  const eoffice::documents::SearchContent content;
  eoffice::search::Searcher searcher;
  base::Metrics metrics;
  eoffice::search::SearchWorker worker(*database, content, IndexFolder(directory), searcher,
                                       metrics);
  while (true) worker.round();
}

class SearchKill : public SearchFeed {
 protected:
  static constexpr int kMostActs = 20'000;
  /// Another value once a feeder has done something that lasts.
  [[nodiscard]] std::string progress() const {
    return database().read([](Session& session) {
      const auto row = session.get(R"(/* test.progress */
SELECT COALESCE(MAX(node_id), 0), COALESCE(SUM(generation), 0) FROM search_node_state)");
      return row.text(0) + " " + row.text(1);
    });
  }
  pid_t startFeeder() {
    const auto& options = tests::TestDatabase::office().options();
    ::setenv("SEARCH_FEED_URL", options.url.c_str(), 1);
    ::setenv("SEARCH_FEED_USER", options.user.c_str(), 1);
    ::setenv("SEARCH_FEED_PASSWORD", options.password.c_str(), 1);
    ::setenv("SEARCH_FEED_SCHEMA", options.schema.c_str(), 1);
    ::setenv("SEARCH_FEED_FOLDER", (folder.path() / "search").c_str(), 1);
    const pid_t child = ::fork();
    if (child == 0) {
      ::execl("/proc/self/exe", "feeder", "--gtest_also_run_disabled_tests",
              "--gtest_filter=SearchFeedProcess.DISABLED_Feeds", "--gtest_brief=1", nullptr);
      ::_exit(127);
    }
    return child;
  }
};

TEST_F(SearchKill, AtAnyMomentLosesNothingAndCountsNothingTwice) {
  std::mt19937 random{7};
  std::vector<DocumentId> all;
  for (int i = 1; i <= 12; ++i) all.push_back(registeredAs(std::to_string(i), "Báo cáo"));
  for (int round = 0; round < 12; ++round) {
    const auto child = startFeeder();
    // Acts go on until it has begun an index or said that one is durable, and a few more: it dies
    // in the midst of building in some rounds, of feeding in the others.
    const auto before = progress();
    const int more = std::uniform_int_distribution<int>(1, 20)(random);
    for (int i = 0, left = more; left > 0 && i < kMostActs; ++i) {
      rename(all[static_cast<std::size_t>(i) % all.size()],
             "Báo cáo vòng" + std::to_string(round) + " lần" + std::to_string(i));
      if (progress() != before) --left;
    }
    ASSERT_NE(progress(), before) << "it did nothing before it died";
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
  }
  feed();
  // What a killed process was about to drop of a feed that is gone, the hourly purge drops.
  eoffice::search::purgeFeeds(database());
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(find(people->clerk, "báo cáo").total, 12);
  for (const auto& id : all) {
    const auto subject = stored(id).fields.subject;
    EXPECT_EQ(ids(people->clerk, "\"" + subject + "\""), std::vector{id}) << subject;
  }
  EXPECT_TRUE(indexes.others().empty()) << "what broken-off builds left is gone";
}

}  // namespace
