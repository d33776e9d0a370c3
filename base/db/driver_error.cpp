#include "base/db/driver_error_internal.h"

#include <fmt/format.h>

#include "base/db/error.h"
#include "base/db/sql_text.h"

namespace base::db {
namespace {

// Without the row's value that the server quotes (`Duplicate entry 'nguyen.van.a' for key 'name'`):
// what() ends up in logs, and logs carry no personal content.
std::string withoutValue(std::string message) {
  const auto begin = message.find('\'');
  if (begin == std::string::npos) return message;
  for (const auto* const after : {"' for ", "' at "}) {
    const auto end = message.rfind(after);
    if (end != std::string::npos && end > begin)
      return message.replace(begin + 1, end - begin - 1, "...");
  }
  return message;
}

}  // namespace

bool meansLostConnection(int code) {
  switch (code) {
    case 2002:  // cannot connect by the socket
    case 2003:  // cannot connect by TCP
    case 2005:  // unknown host
    case 2006:  // the server has gone away; the statement was not sent
    case 2012:  // the handshake broke off
    case 2013:  // lost while waiting for the answer
    case 2014:  // out of step: what comes next belongs to another statement
    case 2055:  // lost, with the system's error
    case 1040:  // too many connections
    case 1047:  // this node of the cluster is not ready
    case 1053:  // the server is shutting down
    case 1080:  // forced close
    case 1152:  // aborted connection
    case 1184:  // aborted new connection
    case 1927:  // the connection was killed
      return true;
    default:
      return false;
  }
}

void throwTyped(const sql::SQLException& error, std::string_view sql) {
  const int code = error.getErrorCode();
  auto query = queryName(sql);
  const auto what = fmt::format("{}: {} ({})", query.empty() ? "database" : query,
                                withoutValue(error.what()), code);
  switch (code) {
    case 1062:
    case 1586:
      throw DuplicateKey(code, std::move(query), what);
    case 1216:
    case 1217:
    case 1451:
    case 1452:
      throw ForeignKeyBroken(code, std::move(query), what);
    case 1213:
    case 1020:  // the row changed under a snapshot
      throw Deadlock(code, std::move(query), what);
    case 1205:
      throw LockTimeout(code, std::move(query), what);
    default:
      if (meansLostConnection(code)) throw ConnectionLost(code, std::move(query), what);
      throw Error(code, std::move(query), what);
  }
}

}  // namespace base::db
