// What a JSON object of the API holds, as data: the parser of inputs (input.h) and the description
// for other programmers (openapi.h) read the same table, so that they cannot differ.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace eoffice::api {

struct Schema;

enum class Kind : std::uint8_t {
  Text,        ///< Length in characters, as the acts count it: NFC, white space squeezed.
  Secret,      ///< A password or PIN: taken as it is.
  Number,      ///< Whole.
  Flag,        ///< true, false; in a query 1, 0 too.
  Date,        ///< `2026-01-06`, local
  Instant,     ///< `2026-01-06T03:15:00.000000Z`, UTC
  Choice,      ///< One of `choices`.
  Object,      ///< Of schema `of`.
  TextList,    ///< `least`, `most` count the items.
  NumberList,  ///< Of ids.
  ObjectList,
  Map  ///< Names to texts.
};

enum class Need : std::uint8_t {
  Required,
  Optional  ///< In an input: may be absent or null. In an output: always there, may be null.
};

inline constexpr std::int64_t kMostNumber = std::numeric_limits<std::int64_t>::max();
inline constexpr std::int64_t kLongest = 2000;  ///< Characters, where nothing else is said.

struct Field {
  std::string name;
  Kind kind = Kind::Text;
  std::string summary = {};
  Need need = Need::Required;
  std::int64_t least = 0;
  std::int64_t most = kMostNumber;
  std::vector<std::string> choices = {};
  const Schema* of = nullptr;
};

struct Schema {
  enum class Side : std::uint8_t { Input, Output };
  std::string name;  ///< `Registration`: unique in the API.
  Side side = Side::Output;
  std::vector<Field> fields;
};

// How tables of fields are written.

[[nodiscard]] inline Field optional(Field field) {
  field.need = Need::Optional;
  if (field.kind == Kind::Text) field.least = 0;
  return field;
}
[[nodiscard]] inline Field text(std::string name, std::string summary, std::int64_t most = kLongest,
                                std::int64_t least = 1) {
  return {std::move(name), Kind::Text, std::move(summary), Need::Required, least, most};
}
[[nodiscard]] inline Field secret(std::string name, std::string summary) {
  return {std::move(name), Kind::Secret, std::move(summary), Need::Required, 0, 1000};
}
[[nodiscard]] inline Field number(std::string name, std::string summary, std::int64_t least = 0,
                                  std::int64_t most = kMostNumber) {
  return {std::move(name), Kind::Number, std::move(summary), Need::Required, least, most};
}
[[nodiscard]] inline Field id(std::string name, std::string summary) {
  return number(std::move(name), std::move(summary), 1);
}
[[nodiscard]] inline Field flag(std::string name, std::string summary) {
  return {std::move(name), Kind::Flag, std::move(summary)};
}
[[nodiscard]] inline Field date(std::string name, std::string summary) {
  return {std::move(name), Kind::Date, std::move(summary)};
}
[[nodiscard]] inline Field instant(std::string name, std::string summary) {
  return {std::move(name), Kind::Instant, std::move(summary)};
}
[[nodiscard]] inline Field choice(std::string name, std::string summary,
                                  std::vector<std::string> choices) {
  return {.name = std::move(name),
          .kind = Kind::Choice,
          .summary = std::move(summary),
          .choices = std::move(choices)};
}
[[nodiscard]] inline Field object(std::string name, const Schema& of, std::string summary = {}) {
  return {.name = std::move(name), .kind = Kind::Object, .summary = std::move(summary), .of = &of};
}
[[nodiscard]] inline Field objects(std::string name, const Schema& of, std::string summary = {}) {
  return {
      .name = std::move(name), .kind = Kind::ObjectList, .summary = std::move(summary), .of = &of};
}
[[nodiscard]] inline Field texts(std::string name, std::string summary, std::int64_t most = 1000) {
  return {std::move(name), Kind::TextList, std::move(summary), Need::Required, 0, most};
}
[[nodiscard]] inline Field ids(std::string name, std::string summary, std::int64_t most = 300) {
  return {std::move(name), Kind::NumberList, std::move(summary), Need::Required, 0, most};
}
[[nodiscard]] inline Field map(std::string name, std::string summary) {
  return {std::move(name), Kind::Map, std::move(summary)};
}

}  // namespace eoffice::api
