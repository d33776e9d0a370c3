#include "base/db/migrations.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <map>
#include <set>

#include "base/crypto/digest.h"
#include "base/log.h"
#include "base/text.h"

namespace base::db {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCreate = R"(/* migrations.create */
CREATE TABLE IF NOT EXISTS schema_migration (
  number INT UNSIGNED NOT NULL PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  checksum CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  begun_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6) NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4)";
// The lock's name holds for the whole server, so the schema is part of it.
constexpr const char* kLock = R"(/* migrations.lock */
SELECT GET_LOCK(CONCAT('migrate.', LEFT(MD5(DATABASE()), 24)), 300))";
constexpr const char* kUnlock = R"(/* migrations.unlock */
SELECT RELEASE_LOCK(CONCAT('migrate.', LEFT(MD5(DATABASE()), 24))))";
constexpr const char* kRecorded = R"(/* migrations.recorded */
SELECT number, checksum, finished_at IS NOT NULL FROM schema_migration ORDER BY number)";
constexpr const char* kBegin = R"(/* migrations.begin */
INSERT INTO schema_migration (number, name, checksum, begun_at) VALUES (?, ?, ?, NOW(6))
ON DUPLICATE KEY UPDATE name = ?, checksum = ?)";
constexpr const char* kFinish = R"(/* migrations.finish */
UPDATE schema_migration SET finished_at = NOW(6) WHERE number = ?)";

constexpr std::string_view kSeparator = "-- @@";

struct Recorded {
  std::string checksum;
  bool finished = false;
};
using Record = std::map<int, Recorded>;

std::string fileName(const Migration& migration) {
  return fmt::format("{:04}_{}.sql", migration.number, migration.name);
}

Migration readOne(const fs::path& file) {
  const auto name = file.stem().string();
  int number = 0;
  const auto underscore = name.find('_');
  const auto digits = name.substr(0, underscore);
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (underscore != 4 || parsed.ec != std::errc{} || parsed.ptr != digits.data() + 4 ||
      number <= 0 || underscore + 1 == name.size()) {
    throw MigrationError(file.string() + ": the name must be NNNN_name.sql");
  }
  std::ifstream in(file, std::ios::binary);
  std::string sql{std::istreambuf_iterator<char>(in), {}};
  if (!in || squeezed(sql).empty()) throw MigrationError(file.string() + ": empty or not readable");
  auto checksum = sha256Hex(sql);
  return {number, name.substr(underscore + 1), std::move(sql), std::move(checksum)};
}

// The statements of a file: one, or several with lines `-- @@` between them.
std::vector<std::string> statementsOf(const std::string& sql) {
  std::vector<std::string> out(1);
  std::istringstream in(sql);
  for (std::string line; std::getline(in, line);) {
    if (squeezed(line) == kSeparator) {
      out.emplace_back();
    } else {
      out.back() += line + '\n';
    }
  }
  std::erase_if(out, [](const auto& statement) { return squeezed(statement).empty(); });
  return out;
}

// What the server says when the effect of a statement is there already. DDL and single statements
// are atomic, so after an interrupted run it means "done".
bool meansDoneBefore(int code) {
  constexpr std::array kCodes{1050, 1060, 1061, 1062, 1091, 1304, 1359, 1826};
  return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

Record readRecord(Session& session) {
  Record record;
  for (const auto& row : session.query(kRecorded)) {
    record[static_cast<int>(row.integer(0))] = {row.text(1), row.flag(2)};
  }
  return record;
}

void check(const Record& record, const std::vector<Migration>& migrations) {
  std::set<int> known;
  for (const auto& migration : migrations) {
    known.insert(migration.number);
    const auto found = record.find(migration.number);
    if (found != record.end() && found->second.finished &&
        found->second.checksum != migration.checksum) {
      throw MigrationError(fileName(migration) +
                           " has changed since it was applied; a released migration is never "
                           "edited: restore it and add a new one");
    }
  }
  for (const auto& [number, recorded] : record) {
    if (!known.contains(number)) {
      throw MigrationError(fmt::format(
          "the database has migration {:04}, which this program does not know: it was made by a "
          "newer version",
          number));
    }
  }
}

void apply(Session& session, const Migration& migration, bool begunBefore) {
  const auto start = std::chrono::steady_clock::now();
  session.execute(kBegin, {migration.number, migration.name, migration.checksum, migration.name,
                           migration.checksum});
  for (const auto& statement : statementsOf(migration.sql)) {
    try {
      session.runPlain(statement);
    } catch (const ConnectionLost&) {
      throw;
    } catch (const Error& error) {
      if (begunBefore && meansDoneBefore(error.code())) continue;
      throw MigrationError(fileName(migration) + ": " + error.what());
    }
  }
  session.execute(kFinish, {migration.number});
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  log::info("migration.applied", {{"file", fileName(migration)}, {"ms", took.count()}});
}

}  // namespace

std::vector<Migration> readMigrations(const fs::path& folder) {
  std::error_code error;
  std::map<int, Migration> byNumber;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".sql") continue;
    auto migration = readOne(entry.path());
    const auto number = migration.number;
    if (!byNumber.emplace(number, std::move(migration)).second) {
      throw MigrationError(fmt::format("{}: number {:04} is used twice", folder.string(), number));
    }
  }
  if (byNumber.empty()) throw MigrationError(folder.string() + ": no migrations");
  std::vector<Migration> out;
  for (auto& [number, migration] : byNumber) out.push_back(std::move(migration));
  return out;
}

std::vector<Migration> migrate(Database& database, const std::vector<Migration>& migrations) {
  std::vector<Migration> applied;
  database.apart([&](Session& session) {
    if (session.get(kLock).maybeInteger(0) != 1) {
      throw MigrationError("another process has been migrating this database for five minutes");
    }
    session.runPlain(kCreate);
    const auto record = readRecord(session);
    check(record, migrations);
    for (const auto& migration : migrations) {
      const auto found = record.find(migration.number);
      if (found != record.end() && found->second.finished) continue;
      apply(session, migration, found != record.end());
      applied.push_back(migration);
    }
    // After an exception the end of the connection releases it.
    static_cast<void>(session.get(kUnlock));
  });
  return applied;
}

}  // namespace base::db
