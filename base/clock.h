// The one way to learn what time it is. Everything that needs the time takes a `const Clock&`;
// `system_clock::now()` stands once, in clock.cpp.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "base/time.h"

namespace base {

class Clock {
 public:
  virtual ~Clock() = default;
  /// UTC, microseconds. Safe from any thread.
  [[nodiscard]] virtual Instant now() const = 0;
  [[nodiscard]] LocalDate today() const { return localDate(now()); }
};

class SystemClock : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

/// The system's clock moved by the number of seconds that stands in `offsetFile`, read again when
/// the file changes (looked at four times a second at the most; a missing file means no offset).
/// For rehearsals and tests of deadlines in a running office; a production configuration has no
/// such file.
class RehearsalClock : public Clock {
 public:
  explicit RehearsalClock(std::filesystem::path offsetFile);
  ~RehearsalClock() override;
  [[nodiscard]] Instant now() const override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace base
