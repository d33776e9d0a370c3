#include "base/db/migrations.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "tests/support/temporary_folder.h"
#include "tests/support/test_database.h"

namespace {

using base::db::Migration;
using base::db::MigrationError;
using base::db::Session;

class MigrationsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto options = tests::TestDatabase::office().options();
    base::db::openDatabase(options)->apart([](Session& s) {
      s.runPlain("DROP DATABASE IF EXISTS test_migrations");
      s.runPlain("CREATE DATABASE test_migrations");
    });
    options.schema = "test_migrations";
    database_ = base::db::openDatabase(options);
  }

  void file(const std::string& name, const std::string& sql) const {
    std::ofstream(folder_.path() / name) << sql;
  }
  [[nodiscard]] std::vector<Migration> read() const {
    return base::db::readMigrations(folder_.path());
  }
  [[nodiscard]] std::vector<int> migrate() {
    std::vector<int> numbers;
    for (const auto& done : base::db::migrate(*database_, read())) numbers.push_back(done.number);
    return numbers;
  }
  [[nodiscard]] std::string errorOfMigrate() {
    try {
      static_cast<void>(migrate());
      return {};
    } catch (const MigrationError& error) {
      return error.what();
    }
  }
  [[nodiscard]] std::int64_t number(const char* sql) {
    return database_->read([&](Session& s) { return s.get(sql).integer(0); });
  }

  tests::TemporaryFolder folder_;
  std::unique_ptr<base::db::Database> database_;
};

TEST_F(MigrationsTest, AppliesInOrderWhatIsMissing) {
  file("0002_b.sql", "ALTER TABLE a ADD COLUMN n INT;");
  file("0001_a.sql", "CREATE TABLE a (id INT);\n");
  EXPECT_EQ(migrate(), (std::vector<int>{1, 2}));
  EXPECT_EQ(migrate(), std::vector<int>{});
  file("0010_late.sql", "INSERT INTO a VALUES (1, 2)");
  EXPECT_EQ(migrate(), std::vector<int>{10});
  file("0003_between.sql", "INSERT INTO a VALUES (3, 4)");
  EXPECT_EQ(migrate(), std::vector<int>{3});
  EXPECT_EQ(number("SELECT SUM(id) FROM a"), 4);
}

TEST_F(MigrationsTest, SeveralStatementsAndTriggersInOneFile) {
  file("0001_a.sql",
       "CREATE TABLE a (id INT, n INT); -- what; it holds?\n"
       "-- @@\n"
       "CREATE TRIGGER a_n BEFORE INSERT ON a FOR EACH ROW BEGIN\n"
       "  SET NEW.n = NEW.id * 2;\n"
       "  SET NEW.n = NEW.n + 1;\n"
       "END\n"
       "-- @@\n"
       "INSERT INTO a (id) VALUES (20);\n"
       "-- @@\n");
  EXPECT_EQ(migrate(), std::vector<int>{1});
  EXPECT_EQ(number("SELECT n FROM a"), 41);
}

TEST_F(MigrationsTest, RefusesAFileThatChanged) {
  file("0001_a.sql", "CREATE TABLE a (id INT)");
  EXPECT_EQ(migrate().size(), 1U);
  file("0001_a.sql", "CREATE TABLE a (id BIGINT)");
  EXPECT_NE(errorOfMigrate().find("0001_a.sql has changed"), std::string::npos);
}

TEST_F(MigrationsTest, RefusesADatabaseThatIsNewer) {
  file("0001_a.sql", "CREATE TABLE a (id INT)");
  file("0002_b.sql", "CREATE TABLE b (id INT)");
  EXPECT_EQ(migrate().size(), 2U);
  std::filesystem::remove(folder_.path() / "0002_b.sql");
  EXPECT_NE(errorOfMigrate().find("0002"), std::string::npos);
}

TEST_F(MigrationsTest, AFileThatFailedRunsAgainOnceCorrected) {
  file("0001_a.sql", "CREATE TABLE a (id INT)\n-- @@\nCREATE TABEL b (id INT)");
  EXPECT_NE(errorOfMigrate().find("0001_a.sql"), std::string::npos);
  EXPECT_NE(errorOfMigrate().find("1064"), std::string::npos);
  file("0001_a.sql", "CREATE TABLE a (id INT)\n-- @@\nCREATE TABLE b (id INT)");
  EXPECT_EQ(migrate(), std::vector<int>{1});
  EXPECT_EQ(migrate(), std::vector<int>{});
}

TEST_F(MigrationsTest, AKillBetweenTheStatementAndItsRecordIsHealed) {
  file("0001_a.sql",
       "CREATE TABLE a (id INT PRIMARY KEY, n INT)\n-- @@\n"
       "ALTER TABLE a ADD COLUMN m INT\n-- @@\n"
       "ALTER TABLE a ADD INDEX by_n (n)\n-- @@\n"
       "INSERT INTO a VALUES (1, 2, 3)\n-- @@\n"
       "CREATE TRIGGER a_no BEFORE DELETE ON a FOR EACH ROW SET @x = 1\n-- @@\n"
       "ALTER TABLE a DROP COLUMN m\n-- @@\n");
  EXPECT_EQ(migrate(), std::vector<int>{1});
  database_->apart([](Session& s) {
    s.runPlain("UPDATE schema_migration SET finished_at = NULL");
    s.runPlain("ALTER TABLE a ADD COLUMN m INT");  // as if killed before the last statement
  });
  EXPECT_EQ(migrate(), std::vector<int>{1});
  EXPECT_EQ(number("SELECT COUNT(*) FROM a"), 1);
  EXPECT_EQ(number("SELECT finished_at IS NOT NULL FROM schema_migration"), 1);
}

TEST_F(MigrationsTest, ATableThatSomebodyElseMadeIsAnError) {
  database_->apart([](Session& s) { s.runPlain("CREATE TABLE a (other TEXT)"); });
  file("0001_a.sql", "CREATE TABLE a (id INT)");
  EXPECT_NE(errorOfMigrate().find("1050"), std::string::npos);
}

TEST_F(MigrationsTest, ManyAtOnceApplyEachOnce) {
  for (int i = 1; i <= 9; ++i) {
    const auto n = std::to_string(i);
    file("000" + n + "_t.sql", "CREATE TABLE t" + n + " (id INT)");
  }
  const auto migrations = read();
  std::atomic<std::size_t> applied{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] { applied += base::db::migrate(*database_, migrations).size(); });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(applied, 9U);
}

struct BadFolder {
  const char* name;
  std::vector<std::string> files;
};

class BadFolders : public MigrationsTest, public ::testing::WithParamInterface<BadFolder> {};

TEST_P(BadFolders, AreRefused) {
  for (const auto& name : GetParam().files) file(name, "SELECT 1");
  EXPECT_THROW(static_cast<void>(read()), MigrationError);
}

INSTANTIATE_TEST_SUITE_P(
    Migrations, BadFolders,
    ::testing::Values(BadFolder{"Empty", {}},
                      BadFolder{"NumberTwice", {"0001_a.sql", "0001_b.sql"}},
                      BadFolder{"NoNumber", {"create.sql"}}, BadFolder{"Short", {"001_a.sql"}},
                      BadFolder{"Long", {"00001_a.sql"}}, BadFolder{"NoName", {"0001_.sql"}},
                      BadFolder{"Zero", {"0000_a.sql"}}, BadFolder{"Sign", {"-001_a.sql"}},
                      BadFolder{"Letters", {"00x1_a.sql"}}),
    [](const auto& folder) { return folder.param.name; });

TEST_F(MigrationsTest, AnEmptyFileAndAMissingFolderAreRefused) {
  file("0001_a.sql", "  \n ");
  EXPECT_THROW(static_cast<void>(read()), MigrationError);
  EXPECT_THROW(static_cast<void>(base::db::readMigrations("/nowhere")), MigrationError);
}

}  // namespace
