// The technical log: what the operator reads. Plain lines or JSON lines on standard error, each
// with time, level, event, the request's id and named values. No personal content: log ids, counts,
// codes and durations, never names, abstracts or file contents. What people did is the audit's
// (eoffice/audit). Safe from any thread.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace base::log {

enum class Level : std::uint8_t { Debug, Info, Warning, Error };
enum class Format : std::uint8_t { Plain, Json };

/// One named value of a line.
struct Field {
  Field(std::string_view fieldName, std::string_view fieldText)
      : name(fieldName), text(fieldText) {}
  Field(std::string_view fieldName, const char* fieldText) : name(fieldName), text(fieldText) {}
  Field(std::string_view fieldName, const std::string& fieldText)
      : name(fieldName), text(fieldText) {}
  template <std::integral T>
  Field(std::string_view fieldName, T value)
      : name(fieldName), text(std::to_string(value)), bare(true) {}

  std::string_view name;
  std::string text;
  bool bare = false;  ///< A number: written without quotes.
};

/// Call once, before threads start. `clock` must outlive every line.
void configure(Level least, Format format, const Clock& clock);

/// `event` is a fixed snake_case name from docs/log_events.md (`mariadb.died`), never a sentence
/// with values.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void debug(std::string_view event, std::initializer_list<Field> f = {}) {
  write(Level::Debug, event, f);
}
inline void info(std::string_view event, std::initializer_list<Field> f = {}) {
  write(Level::Info, event, f);
}
inline void warning(std::string_view event, std::initializer_list<Field> f = {}) {
  write(Level::Warning, event, f);
}
inline void error(std::string_view event, std::initializer_list<Field> f = {}) {
  write(Level::Error, event, f);
}

/// While it lives, lines of this thread carry `id`.
class RequestScope {
 public:
  explicit RequestScope(std::string id);
  ~RequestScope();
  RequestScope(const RequestScope&) = delete;
  RequestScope& operator=(const RequestScope&) = delete;

 private:
  std::string before_;
};

/// The id of this thread's request; empty outside of one.
[[nodiscard]] const std::string& requestId();

}  // namespace base::log
