// Writes JSON straight into a text: for lists, which are asked for thousands of times a second and
// whose trees nobody needs. Knows no schema; the caller opens and closes in order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace eoffice::api {

class JsonWriter {
 public:
  JsonWriter() { text_.reserve(4096); }

  JsonWriter& open(char bracket);   ///< `{` or `[`
  JsonWriter& close(char bracket);  ///< `}` or `]`
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);  ///< UTF-8.
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(int number) { return value(std::int64_t{number}); }
  JsonWriter& value(bool flag);
  JsonWriter& null();

  template <class T>
  JsonWriter& field(std::string_view name, const T& content) {
    return key(name).value(content);
  }
  template <class T>
  JsonWriter& field(std::string_view name, const std::optional<T>& content) {
    key(name);
    return content ? value(*content) : null();
  }
  /// Null for an empty text, or for 0.
  JsonWriter& fieldOrNull(std::string_view name, std::string_view text) {
    key(name);
    return text.empty() ? null() : value(text);
  }
  JsonWriter& fieldOrNull(std::string_view name, std::int64_t number) {
    key(name);
    return number == 0 ? null() : value(number);
  }
  JsonWriter& value(base::LocalDate date) { return value(base::isoDate(date)); }
  JsonWriter& value(base::Instant instant) { return value(base::isoInstant(instant)); }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void comma();

  std::string text_;
  bool first_ = true;  ///< Nothing stands before the next value.
};

}  // namespace eoffice::api
