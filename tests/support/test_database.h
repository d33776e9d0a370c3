// Real databases for tests: one private MariaDB for each test binary, started when it is first
// asked for and removed at the end; schemas on it, made by the real migrations; rows deleted
// between tests.
//
//   class RegisterTest : public tests::OfficeDatabaseTest { };
//   TEST_F(RegisterTest, GivesTheNextNumber) { database().transact(...); }
//
// Further offices in the same process: `tests::TestDatabase ward("ward",
// tests::kOfficeMigrations);`
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/db/database.h"

namespace tests {

inline const std::filesystem::path kOfficeMigrations = "migrations/office";  ///< of the sources
inline const std::filesystem::path kHubMigrations = "migrations/hub";

class TestDatabase {
 public:
  /// Creates the schema and applies the migrations of `folder` (relative to the sources).
  TestDatabase(const std::string& schema, const std::filesystem::path& folder);
  ~TestDatabase();

  /// The ones that tests share, made at the first call.
  static TestDatabase& office();
  static TestDatabase& hub();

  [[nodiscard]] base::db::Database& database() { return *database_; }
  /// For a second pool on the same schema.
  [[nodiscard]] const base::db::DatabaseOptions& options() const { return options_; }
  /// Deletes all rows but those that the migrations themselves put in.
  void clear();

 private:
  struct Table {
    std::string name;
    bool truncate = false;  ///< A trigger forbids DELETE.
    bool seeded = false;    ///< Had rows after the migrations; a copy of them is kept.
  };
  void listTables();

  base::db::DatabaseOptions options_;
  std::unique_ptr<base::db::Database> database_;
  std::vector<Table> tables_;
};

/// A fixture on the shared office's database, empty at the start of each test.
class OfficeDatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override { TestDatabase::office().clear(); }
  [[nodiscard]] static base::db::Database& database() { return TestDatabase::office().database(); }
};

class HubDatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override { TestDatabase::hub().clear(); }
  [[nodiscard]] static base::db::Database& database() { return TestDatabase::hub().database(); }
};

}  // namespace tests
