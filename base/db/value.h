// A value on its way into a statement, and a row on its way out. UTF-8 text, bytes as they are,
// instants as DATETIME(6) in UTC, days as DATE. No type of the driver appears here.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace base::db {

/// One `?` of a statement. Built implicitly from what a caller has at hand.
class Param {
 public:
  using Value = std::variant<std::nullptr_t, std::int64_t, std::string>;

  Param(std::nullptr_t) : value_(nullptr) {}
  template <std::integral T>
  Param(T number) : value_(static_cast<std::int64_t>(number)) {}
  template <class T>
  requires std::is_enum_v<T> Param(T code) : value_(static_cast<std::int64_t>(code)) {}
  Param(std::string text) : value_(std::move(text)) {}
  Param(std::string_view text) : value_(std::string(text)) {}
  Param(const char* text) : value_(std::string(text)) {}
  Param(Instant instant);
  Param(LocalDate date);
  template <class Tag>
  Param(Id<Tag> id) : value_(id.valid() ? Value(id.value()) : Value(nullptr)) {}
  template <class T>
  Param(const std::optional<T>& maybe) : value_(maybe ? Param(*maybe).value_ : Value(nullptr)) {}

  [[nodiscard]] const Value& value() const { return value_; }

 private:
  Value value_;
};

using Params = std::vector<Param>;

/// One row; columns count from 0. Reading NULL, or a cell of another type, is a bug and throws
/// std::logic_error.
class Row {
 public:
  explicit Row(std::vector<std::optional<std::string>> cells) : cells_(std::move(cells)) {}

  [[nodiscard]] bool isNull(std::size_t column) const { return !cells_.at(column).has_value(); }
  [[nodiscard]] std::int64_t integer(std::size_t column) const;
  [[nodiscard]] bool flag(std::size_t column) const { return integer(column) != 0; }
  [[nodiscard]] const std::string& text(std::size_t column) const;
  [[nodiscard]] std::string textOr(std::size_t column, std::string_view otherwise = {}) const;
  [[nodiscard]] Instant instant(std::size_t column) const;
  [[nodiscard]] LocalDate date(std::size_t column) const;
  [[nodiscard]] std::optional<std::int64_t> maybeInteger(std::size_t column) const;
  [[nodiscard]] std::optional<std::string> maybeText(std::size_t column) const;
  [[nodiscard]] std::optional<Instant> maybeInstant(std::size_t column) const;
  [[nodiscard]] std::optional<LocalDate> maybeDate(std::size_t column) const;
  /// NULL reads as an id that is not valid.
  template <class IdType>
  [[nodiscard]] IdType id(std::size_t column) const {
    return IdType(maybeInteger(column).value_or(0));
  }
  template <class Enum>
  [[nodiscard]] Enum code(std::size_t column) const {
    return static_cast<Enum>(integer(column));
  }

 private:
  std::vector<std::optional<std::string>> cells_;
};

using Rows = std::vector<Row>;

}  // namespace base::db
