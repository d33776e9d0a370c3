#include "base/db/sql_text.h"

#include <fmt/format.h>

#include <stdexcept>

#include "base/text.h"

namespace base::db {
namespace {

// The position after the quoted part, comment or single character that starts at `at`.
std::size_t tokenEnd(std::string_view sql, std::size_t at) {
  const auto upTo = [&](std::string_view end, std::size_t from) {
    const auto found = sql.find(end, from);
    return found == std::string_view::npos ? sql.size() : found + end.size();
  };
  const auto rest = sql.substr(at);
  if (rest.starts_with("/*")) return upTo("*/", at + 2);
  if (rest.starts_with("-- ") || rest.starts_with("#")) return upTo("\n", at);
  const char quote = sql[at];
  if (quote != '\'' && quote != '"' && quote != '`') return at + 1;
  for (auto i = at + 1; i < sql.size(); ++i) {
    if (sql[i] == '\\' && quote != '`') {
      ++i;
    } else if (sql[i] == quote) {
      return i + 1;  // a doubled quote begins the next quoted part: the same text either way
    }
  }
  return sql.size();
}

struct LiteralWriter {
  std::string& sql;

  void operator()(std::nullptr_t) const { sql += "NULL"; }
  void operator()(std::int64_t number) const { sql += std::to_string(number); }
  void operator()(const std::string& bytes) const {
    if (bytes.empty()) {
      sql += "''";
      return;
    }
    sql += isUtf8(bytes) ? "_utf8mb4 X'" : "X'";
    sql += lowerHex(bytes);
    sql += '\'';
  }
};

}  // namespace

std::string queryName(std::string_view sql) {
  const auto start = sql.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || !sql.substr(start).starts_with("/*")) return {};
  const auto end = sql.find("*/", start);
  if (end == std::string_view::npos) return {};
  return squeezed(sql.substr(start + 2, end - start - 2));
}

void appendLiteral(std::string& sql, const Param& value) {
  std::visit(LiteralWriter{sql}, value.value());
}

std::string withLiterals(std::string_view sql, const Params& params) {
  std::string out;
  out.reserve(sql.size() + params.size() * 24);
  std::size_t used = 0;
  for (std::size_t at = 0; at < sql.size();) {
    const auto end = tokenEnd(sql, at);
    if (sql[at] != '?') {
      out += sql.substr(at, end - at);
    } else if (used < params.size()) {
      appendLiteral(out, params[used++]);
    } else {
      throw std::logic_error(fmt::format("{}: more ? than values", queryName(sql)));
    }
    at = end;
  }
  if (used != params.size()) {
    throw std::logic_error(fmt::format("{}: more values than ?", queryName(sql)));
  }
  return out;
}

}  // namespace base::db
