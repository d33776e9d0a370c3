// Brings a schema up to date: files `NNNN_name.sql` in order, under GET_LOCK, each recorded with
// the SHA-256 of its text in `schema_migration`. A file that changed after it was applied is
// refused. A file holds one statement, or several with a line `-- @@` between them.
//
// DDL commits by itself, so each file is recorded as begun before and as finished after. What was
// begun and not finished (a kill, an error that has been corrected) runs again, and a statement
// whose effect is already there (the table, column, key or trigger exists) counts as done.
// NOTE: GET_LOCK holds for one server. In a Galera cluster migrate from one host at a time.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/db/database.h"

namespace base::db {

struct Migration {
  int number = 0;
  std::string name;
  std::string sql;
  std::string checksum;  ///< Lower-case hex SHA-256 of the file.
};

class MigrationError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// In order. Throws MigrationError for a name without a number, a number used twice, an empty
/// folder.
[[nodiscard]] std::vector<Migration> readMigrations(const std::filesystem::path& folder);

/// Applies what is missing and returns it. Safe to call from several processes at once. Throws
/// MigrationError when an applied file has changed or the database is newer than the program.
std::vector<Migration> migrate(Database& database, const std::vector<Migration>& migrations);

}  // namespace base::db
