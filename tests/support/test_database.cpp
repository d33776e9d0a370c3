#include "tests/support/test_database.h"

#include "base/db/migrations.h"
#include "base/db/private_mariadb.h"
#include "base/log.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

constexpr const char* kSeedPrefix = "seed_of_";

// Removed in the other order: the server first, then its folder.
struct Server {
  Server() { base::log::configure(base::log::Level::Warning, base::log::Format::Plain, clock); }

  base::SystemClock clock;
  TemporaryFolder folder;
  base::db::PrivateMariaDb mariadb{{.directory = folder.path()}};
};

Server& server() {
  static Server instance;
  return instance;
}

std::string quotedName(const std::string& name) { return "`" + name + "`"; }

}  // namespace

TestDatabase::TestDatabase(const std::string& schema, const std::filesystem::path& folder) {
  options_ = server().mariadb.connection();
  const auto create = base::db::openDatabase(options_);
  create->apart([&](base::db::Session& session) {
    session.runPlain("DROP DATABASE IF EXISTS " + quotedName(schema));
    session.runPlain("CREATE DATABASE " + quotedName(schema) +
                     " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci");
  });
  options_.schema = schema;
  database_ = base::db::openDatabase(options_);
  const auto path = std::filesystem::path(EOFFICE_SOURCE_DIR) / folder;
  base::db::migrate(*database_, base::db::readMigrations(path));
  listTables();
}

TestDatabase::~TestDatabase() = default;

TestDatabase& TestDatabase::office() {
  static TestDatabase instance("test_office", kOfficeMigrations);
  return instance;
}

TestDatabase& TestDatabase::hub() {
  static TestDatabase instance("test_hub", kHubMigrations);
  return instance;
}

void TestDatabase::listTables() {
  database_->apart([&](base::db::Session& session) {
    const auto rows = session.query(
        "/* test.tables */ SELECT table_name, EXISTS (SELECT 1 FROM information_schema.triggers g "
        "WHERE g.event_object_schema = t.table_schema AND g.event_object_table = t.table_name "
        "AND g.event_manipulation = 'DELETE' AND g.action_statement LIKE 'SIGNAL%') FROM "
        "information_schema.tables t "
        "WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' "
        "AND t.table_name <> 'schema_migration'");
    for (const auto& row : rows) {
      Table table{row.text(0), row.flag(1), false};
      const auto name = quotedName(table.name);
      table.seeded = session.find("SELECT 1 FROM " + name + " LIMIT 1").has_value();
      if (table.seeded) {
        session.runPlain("CREATE TABLE " + quotedName(kSeedPrefix + table.name) +
                         " AS SELECT * FROM " + name);
      }
      tables_.push_back(std::move(table));
    }
  });
}

void TestDatabase::clear() {
  database_->apart([&](base::db::Session& session) {
    session.runPlain("SET foreign_key_checks = 0");
    for (const auto& table : tables_) {
      const auto name = quotedName(table.name);
      if (!session.find("SELECT 1 FROM " + name + " LIMIT 1")) continue;
      session.runPlain((table.truncate ? "TRUNCATE TABLE " : "DELETE FROM ") + name);
    }
    for (const auto& table : tables_) {
      if (!table.seeded) continue;
      session.runPlain("INSERT INTO " + quotedName(table.name) + " SELECT * FROM " +
                       quotedName(kSeedPrefix + table.name));
    }
  });
}

}  // namespace tests
