// One connection to the server: opened with the session settings that everything here relies on,
// its statements kept prepared. Internal to base/db. Used by one thread at a time.
#pragma once

#include <cppconn/connection.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/db/database.h"

namespace base::db {

/// How long to wait for the server on one connection; zero: for ever.
struct Patience {
  std::chrono::seconds toConnect{5};
  std::chrono::seconds toAnswer{300};
};

class Connection : public Session {
 public:
  /// Throws ConnectionLost when the server is not there, Error when it does not let us in.
  Connection(const DatabaseOptions& options, Patience patience);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] Rows query(std::string_view sql, const Params& params) override;
  void stream(std::string_view sql, const Params& params,
              const std::function<bool(const Row&)>& visit) override;
  std::uint64_t execute(std::string_view sql, const Params& params) override;
  std::int64_t insert(std::string_view sql, const Params& params) override;
  std::uint64_t insertMany(std::string_view sql, const std::vector<Params>& rows) override;

  void runPlain(std::string_view sql) override;

  /// The same without asking whether writes are allowed. Returns the rows that were changed.
  std::uint64_t plain(std::string_view sql);

  enum class Writes : std::uint8_t { Refused, Allowed };
  void allowWrites(Writes writes) { writes_ = writes; }
  /// False once an answer was lost: throw it away.
  [[nodiscard]] bool usable() const { return usable_; }

 private:
  struct Kept {
    std::unique_ptr<sql::PreparedStatement> statement;
    std::uint64_t lastUse = 0;
  };
  // Looked up by a view, owned as a string: a statement is found without copying its text.
  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  sql::PreparedStatement& prepared(std::string_view sql, const Params& params);
  sql::PreparedStatement& keep(std::string_view sql);
  void forget(std::string_view sql);
  void mustWrite(std::string_view sql) const;
  std::size_t batchBytes();
  template <class Work>
  auto guarded(std::string_view sql, Work&& work);

  std::unique_ptr<sql::Connection> connection_;
  std::unordered_map<std::string, Kept, TextHash, std::equal_to<>> kept_;
  std::chrono::milliseconds slow_;
  std::uint64_t uses_ = 0;
  std::size_t batchBytes_ = 0;
  Writes writes_ = Writes::Allowed;
  bool usable_ = true;
};

}  // namespace base::db
