#include "base/db/value.h"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace base::db {
namespace {

[[noreturn]] void wrongType(std::size_t column, const std::string& cell, const char* wanted) {
  throw std::logic_error(fmt::format("column {} is no {} ({} bytes)", column, wanted, cell.size()));
}

const std::string& present(const std::vector<std::optional<std::string>>& cells,
                           std::size_t column) {
  const auto& cell = cells.at(column);
  if (!cell) throw std::logic_error(fmt::format("column {} is NULL", column));
  return *cell;
}

std::string dateTimeText(Instant instant) {
  std::string text = isoInstant(instant);  // 2026-01-06T03:15:00.000000Z
  text[10] = ' ';
  text.pop_back();
  return text;
}

}  // namespace

Param::Param(Instant instant) : value_(dateTimeText(instant)) {}
Param::Param(LocalDate date) : value_(isoDate(date)) {}

std::int64_t Row::integer(std::size_t column) const {
  const auto& cell = present(cells_, column);
  std::int64_t value = 0;
  const auto* const end = cell.data() + cell.size();
  const auto parsed = std::from_chars(cell.data(), end, value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) wrongType(column, cell, "integer");
  return value;
}

const std::string& Row::text(std::size_t column) const { return present(cells_, column); }

std::string Row::textOr(std::size_t column, std::string_view otherwise) const {
  const auto& cell = cells_.at(column);
  return cell ? *cell : std::string(otherwise);
}

Instant Row::instant(std::size_t column) const {
  const auto& cell = present(cells_, column);  // 2026-01-06 03:15:00[.ffffff]
  if (cell.size() < 19 || cell[10] != ' ') wrongType(column, cell, "instant");
  auto iso = cell + 'Z';
  iso[10] = 'T';
  const auto value = parseIsoInstant(iso);
  if (!value) wrongType(column, cell, "instant");
  return *value;
}

LocalDate Row::date(std::size_t column) const {
  const auto& cell = present(cells_, column);
  const auto value = parseIsoDate(cell);
  if (!value) wrongType(column, cell, "date");
  return *value;
}

std::optional<std::int64_t> Row::maybeInteger(std::size_t column) const {
  return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<std::string> Row::maybeText(std::size_t column) const { return cells_.at(column); }

std::optional<Instant> Row::maybeInstant(std::size_t column) const {
  return isNull(column) ? std::nullopt : std::optional(instant(column));
}

std::optional<LocalDate> Row::maybeDate(std::size_t column) const {
  return isNull(column) ? std::nullopt : std::optional(date(column));
}

}  // namespace base::db
