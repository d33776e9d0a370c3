// Instants, days and their one conversion. Instants are UTC microseconds; days are local dates in
// Asia/Ho_Chi_Minh (UTC+7, no daylight saving). Nothing here reads a clock: see base/clock.h.
// Safe from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using LocalDate = std::chrono::year_month_day;

/// The local day and the time since its midnight.
struct LocalTime {
  LocalDate date;
  std::chrono::microseconds sinceMidnight{};
};

[[nodiscard]] LocalTime toLocal(Instant instant);
[[nodiscard]] inline LocalDate localDate(Instant instant) { return toLocal(instant).date; }
/// The instant of `sinceMidnight` after local midnight of `date`. `date` must be valid
/// (`date.ok()`).
[[nodiscard]] Instant toInstant(LocalDate date, std::chrono::microseconds sinceMidnight = {});

[[nodiscard]] LocalDate addDays(LocalDate date, int days);
/// Calendar days from `from` to `to`; negative when `to` is earlier.
[[nodiscard]] int daysBetween(LocalDate from, LocalDate to);

[[nodiscard]] std::string isoDate(LocalDate date);         ///< `2026-01-06`
[[nodiscard]] std::string viDate(LocalDate date);          ///< `06/01/2026` (R-5: leading zeros)
[[nodiscard]] std::string isoInstant(Instant instant);     ///< `2026-01-06T03:15:00.000000Z`, UTC
[[nodiscard]] std::string viDateTime(Instant instant);     ///< `06/01/2026 10:15`, local
[[nodiscard]] std::string slashDate(LocalDate date);       ///< `2026/01/06`, edXML
[[nodiscard]] std::string slashDateTime(Instant instant);  ///< `2026/01/06 10:15:00`, edXML, local

/// Strict: four-digit year, existing day. Empty for anything else.
[[nodiscard]] std::optional<LocalDate> parseIsoDate(std::string_view text);
[[nodiscard]] std::optional<LocalDate> parseViDate(
    std::string_view text);  ///< `d/M/yyyy` or `dd/MM/yyyy`
[[nodiscard]] std::optional<LocalDate> parseSlashDate(std::string_view text);  ///< `yyyy/MM/dd`
[[nodiscard]] std::optional<Instant> parseSlashDateTime(std::string_view text);
[[nodiscard]] std::optional<Instant> parseIsoInstant(std::string_view text);

}  // namespace base
