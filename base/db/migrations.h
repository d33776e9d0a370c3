// Brings a schema up to date: files `NNNN_name.sql` in order, under GET_LOCK, each recorded with
// the SHA-256 of its text in `schema_migration`. A file that changed after it was applied is
// refused.
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
