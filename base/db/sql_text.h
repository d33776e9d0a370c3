// SQL as text: the name in its first comment, and values written into it where a statement is sent
// plain instead of prepared (streams, batches). Knows no connection. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/db/value.h"

namespace base::db {

/// `reminder.claimDue` of `/* reminder.claimDue */ SELECT …`; empty when it does not begin so.
[[nodiscard]] std::string queryName(std::string_view sql);

/// Appends the value as a literal that means the same under every sql_mode and charset: integers
/// in digits, everything else in hexadecimal (`_utf8mb4 X'…'` for UTF-8 text, `X'…'` for bytes), so
/// that nothing in it can be read as SQL.
void appendLiteral(std::string& sql, const Param& value);

/// `sql` with each `?` replaced by its literal. A `?` inside quotes or a comment stays. Throws
/// std::logic_error when the counts differ.
[[nodiscard]] std::string withLiterals(std::string_view sql, const Params& params);

}  // namespace base::db
