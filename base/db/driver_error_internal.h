// The one place where the driver's exceptions become ours. Internal to base/db.
#pragma once

#include <cppconn/exception.h>

#include <string_view>

namespace base::db {

/// True when the connection that answered so must not be used again.
[[nodiscard]] bool meansLostConnection(int code);

/// Throws the type of base/db/error.h that the server's number means.
[[noreturn]] void throwTyped(const sql::SQLException& error, std::string_view sql);

}  // namespace base::db
