#include "base/db/connection_internal.h"

#include <cppconn/parameter_metadata.h>
#include <cppconn/statement.h>
#include <fmt/format.h>
#include <mysql_driver.h>

#include <mutex>
#include <stdexcept>

#include "base/db/driver_error_internal.h"
#include "base/db/sql_text.h"
#include "base/log.h"

namespace base::db {
namespace {

// Statements kept on one connection. Those whose text varies (lists of conditions) push each other
// out; the server's own limit is 16,382 for all connections together.
constexpr std::size_t kMostKept = 256;
constexpr std::size_t kBatchBytes = 1 << 20;

// NO_ZERO_DATE and strictness: a value that does not fit is an error, never a silent change.
// READ COMMITTED: each statement sees what has been committed by then, so that the loser of a race
// on a unique key finds the winner's row, and what is read after a counter row was locked is not
// older than the lock. It locks no gaps, so fewer transactions deadlock.
constexpr const char* kSession =
    "SET NAMES utf8mb4, SESSION time_zone = '+00:00', SESSION sql_mode = 'STRICT_ALL_TABLES,"
    "NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', "
    "SESSION innodb_lock_wait_timeout = 10, SESSION autocommit = 1";

sql::Driver& driver() {
  // The driver registers itself in a map without a lock.
  static std::once_flag once;
  static sql::Driver* instance = nullptr;
  std::call_once(once, [] { instance = sql::mysql::get_driver_instance(); });
  return *instance;
}

// The C library wants to know each thread that uses it, from its first call to its end.
struct DriverThread {
  DriverThread() { driver().threadInit(); }
  ~DriverThread() { driver().threadEnd(); }
};

void enterThread() { thread_local const DriverThread kThread; }

sql::ConnectOptionsMap connectOptions(const DatabaseOptions& options, Patience patience) {
  sql::ConnectOptionsMap map;
  map["hostName"] = sql::SQLString(options.url);
  map["userName"] = sql::SQLString(options.user);
  map["password"] = sql::SQLString(options.password);
  map["schema"] = sql::SQLString(options.schema);
  map["OPT_CHARSET_NAME"] = sql::SQLString("utf8mb4");
  map["OPT_CONNECT_TIMEOUT"] = static_cast<int>(patience.toConnect.count());
  if (patience.toAnswer.count() > 0) {
    map["OPT_READ_TIMEOUT"] = static_cast<int>(patience.toAnswer.count());
    map["OPT_WRITE_TIMEOUT"] = static_cast<int>(patience.toAnswer.count());
  }
  map["OPT_RECONNECT"] = false;
  map["postInit"] = sql::SQLString(kSession);
  return map;
}

struct Binder {
  sql::PreparedStatement& statement;
  unsigned int position;

  void operator()(std::nullptr_t) const { statement.setNull(position, 0); }
  void operator()(std::int64_t number) const { statement.setInt64(position, number); }
  void operator()(const std::string& bytes) const { statement.setString(position, bytes); }
};

Row rowOf(const sql::ResultSet& result, unsigned int columns) {
  std::vector<std::optional<std::string>> cells(columns);
  for (unsigned int i = 0; i < columns; ++i) {
    if (!result.isNull(i + 1)) cells[i] = result.getString(i + 1).asStdString();
  }
  return Row(std::move(cells));
}

}  // namespace

// Every call to the driver passes here: errors become ours, a broken connection is marked, a slow
// statement is logged by its name.
template <class Work>
auto Connection::guarded(std::string_view sql, Work&& work) {
  enterThread();
  const auto start = std::chrono::steady_clock::now();
  const auto tellIfSlow = [&] {
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start);
    if (took >= slow_) {
      log::warning("database.slow", {{"query", queryName(sql)}, {"ms", took.count()}});
    }
  };
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      tellIfSlow();
    } else {
      auto result = work();
      tellIfSlow();
      return result;
    }
  } catch (const sql::SQLException& error) {
    if (meansLostConnection(error.getErrorCode())) usable_ = false;
    // 1615: the statement must be prepared again; 1243: the server no longer knows it.
    if (error.getErrorCode() == 1615 || error.getErrorCode() == 1243) forget(sql);
    throwTyped(error, sql);
  }
}

Connection::Connection(const DatabaseOptions& options, Patience patience)
    : slow_(options.slowQuery) {
  constexpr std::string_view kName = "/* database.connect */";
  guarded(kName, [&] {
    auto map = connectOptions(options, patience);
    connection_.reset(driver().connect(map));
    connection_->setTransactionIsolation(sql::TRANSACTION_READ_COMMITTED);
  });
}

Connection::~Connection() {
  enterThread();
  kept_.clear();  // before the connection that they belong to
}

Rows Connection::query(std::string_view sql, const Params& params) {
  return guarded(sql, [&] {
    auto& statement = prepared(sql, params);
    const std::unique_ptr<sql::ResultSet> result(statement.executeQuery());
    const auto columns = result->getMetaData()->getColumnCount();
    Rows rows;
    rows.reserve(result->rowsCount());
    while (result->next()) rows.push_back(rowOf(*result, columns));
    return rows;
  });
}

void Connection::stream(std::string_view sql, const Params& params,
                        const std::function<bool(const Row&)>& visit) {
  // NOTE: plain and not prepared: the driver cannot read long texts of a prepared result that is
  // not stored, and a plain result is read twice as fast.
  const auto text = withLiterals(sql, params);
  guarded(sql, [&] {
    const std::unique_ptr<sql::Statement> statement(connection_->createStatement());
    statement->setResultSetType(sql::ResultSet::TYPE_FORWARD_ONLY);
    const std::unique_ptr<sql::ResultSet> result(statement->executeQuery(text));
    const auto columns = result->getMetaData()->getColumnCount();
    while (result->next()) {
      if (!visit(rowOf(*result, columns))) return;  // the rest is read and dropped by ~ResultSet
    }
    // NOTE: next() takes most errors in the middle of a result (a killed query, a failing
    // expression) for its end. Asking for a further result, which there is not, throws them.
    const std::unique_ptr<sql::ResultSet> none(statement->getResultSet());
  });
}

std::uint64_t Connection::execute(std::string_view sql, const Params& params) {
  mustWrite(sql);
  return guarded(sql,
                 [&] { return static_cast<std::uint64_t>(prepared(sql, params).executeUpdate()); });
}

std::int64_t Connection::insert(std::string_view sql, const Params& params) {
  if (execute(sql, params) == 0 && sql.find("LAST_INSERT_ID(") == std::string_view::npos) {
    throw std::logic_error(fmt::format("{}: no row was inserted", queryName(sql)));
  }
  return query("/* database.lastId */ SELECT LAST_INSERT_ID()", {}).at(0).integer(0);
}

std::uint64_t Connection::insertMany(std::string_view sql, const std::vector<Params>& rows) {
  mustWrite(sql);
  std::uint64_t changed = 0;
  if (rows.empty()) return changed;
  const auto limit = batchBytes();
  std::string text(sql);
  for (const auto& row : rows) {
    if (row.size() != rows.front().size() || row.empty()) {
      throw std::logic_error(fmt::format("{}: rows of different length", queryName(sql)));
    }
    const auto before = text.size();
    text += before == sql.size() ? " (" : ", (";
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += ',';
      appendLiteral(text, row[i]);
    }
    text += ')';
    if (text.size() > limit && before > sql.size()) {  // this row begins the next batch
      const auto last = text.substr(before + 1);
      text.resize(before);
      changed += plain(text);
      text.resize(sql.size());
      text += last;
    }
  }
  return changed + plain(text);
}

void Connection::runPlain(std::string_view sql) {
  mustWrite(sql);
  plain(sql);
}

std::uint64_t Connection::plain(std::string_view sql) {
  return guarded(sql, [&] {
    const std::unique_ptr<sql::Statement> statement(connection_->createStatement());
    return static_cast<std::uint64_t>(statement->executeUpdate(std::string(sql)));
  });
}

sql::PreparedStatement& Connection::prepared(std::string_view sql, const Params& params) {
  auto& statement = keep(sql);
  const auto wanted = statement.getParameterMetaData()->getParameterCount();
  if (static_cast<std::size_t>(wanted) != params.size()) {
    throw std::logic_error(
        fmt::format("{}: {} ? but {} values", queryName(sql), wanted, params.size()));
  }
  unsigned int position = 0;
  for (const auto& param : params) std::visit(Binder{statement, ++position}, param.value());
  return statement;
}

sql::PreparedStatement& Connection::keep(std::string_view sql) {
  auto found = kept_.find(sql);
  if (found == kept_.end()) {
    if (kept_.size() >= kMostKept) {
      kept_.erase(std::min_element(kept_.begin(), kept_.end(), [](const auto& a, const auto& b) {
        return a.second.lastUse < b.second.lastUse;
      }));
    }
    const std::string text(sql);
    std::unique_ptr<sql::PreparedStatement> statement(connection_->prepareStatement(text));
    found = kept_.emplace(text, Kept{std::move(statement), 0}).first;
  }
  found->second.lastUse = ++uses_;
  return *found->second.statement;
}

void Connection::forget(std::string_view sql) {
  const auto found = kept_.find(sql);
  if (found != kept_.end()) kept_.erase(found);
}

void Connection::mustWrite(std::string_view sql) const {
  if (writes_ == Writes::Refused) {
    throw std::logic_error(fmt::format("{}: a write outside of a transaction", queryName(sql)));
  }
}

std::size_t Connection::batchBytes() {
  if (batchBytes_ == 0) {
    const auto packet =
        query("/* database.packetLimit */ SELECT @@max_allowed_packet", {}).at(0).integer(0);
    batchBytes_ = std::min(kBatchBytes, static_cast<std::size_t>(packet) / 2);
  }
  return batchBytes_;
}

}  // namespace base::db
