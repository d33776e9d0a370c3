// What a database can do to its caller, as types. Thrown by base/db only; caught once at each entry
// point (HTTP dispatch, engine tick, command). No text of these reaches a user.
#pragma once

#include <stdexcept>
#include <string>

#include "base/failure.h"

namespace base::db {

/// `code` is the server's error number (1062, 1213 ...) or 0; `query` the name in the SQL's first
/// comment.
class Error : public std::runtime_error {
 public:
  Error(int errorCode, std::string queryName, const std::string& what)
      : std::runtime_error(what), code_(errorCode), query_(std::move(queryName)) {}
  [[nodiscard]] int code() const { return code_; }
  [[nodiscard]] const std::string& query() const { return query_; }

 private:
  int code_;
  std::string query_;
};

class DuplicateKey : public Error {
  using Error::Error;
};  ///< 1062
class ForeignKeyBroken : public Error {
  using Error::Error;
};  ///< 1451, 1452
class Deadlock : public Error {
  using Error::Error;
};  ///< 1213; the transaction is gone
class LockTimeout : public Error {
  using Error::Error;
};  ///< 1205
class ConnectionLost : public Error, public Unavailable {
  using Error::Error;
};  ///< 2006, 2013, 2002, 1927, 1053
class CommitUnknown : public ConnectionLost {
  using ConnectionLost::ConnectionLost;
};  ///< COMMIT was sent and its answer lost: done or not, look before you repeat
class PoolExhausted : public Error, public Unavailable {
  using Error::Error;
};  ///< no connection within the wait

}  // namespace base::db
