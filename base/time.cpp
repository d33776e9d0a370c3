#include "base/time.h"

#include <fmt/format.h>

#include <charconv>

namespace base {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::sys_days;

// Asia/Ho_Chi_Minh has stood at UTC+7 without daylight saving since 13/6/1975.
constexpr hours kOffset{7};

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty() || text[0] == '-') {
    return std::nullopt;
  }
  return value;
}

std::optional<LocalDate> makeDate(std::optional<int> year, std::optional<int> month,
                                  std::optional<int> day) {
  if (!year || !month || !day || *year < 1900 || *year > 9999) return std::nullopt;
  const LocalDate date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                       std::chrono::day{static_cast<unsigned>(*day)}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<LocalDate> parseYearFirst(std::string_view text, char separator) {
  if (text.size() != 10 || text[4] != separator || text[7] != separator) return std::nullopt;
  return makeDate(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2)));
}

std::optional<microseconds> parseTimeOfDay(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto h = number(text.substr(0, 2));
  const auto m = number(text.substr(3, 2));
  const auto s = number(text.substr(6, 2));
  if (!h || !m || !s || *h > 23 || *m > 59 || *s > 59) return std::nullopt;
  return hours{*h} + std::chrono::minutes{*m} + std::chrono::seconds{*s};
}

std::string dateText(LocalDate date, char separator) {
  return fmt::format("{:04}{}{:02}{}{:02}", static_cast<int>(date.year()), separator,
                     static_cast<unsigned>(date.month()), separator,
                     static_cast<unsigned>(date.day()));
}

std::chrono::hh_mm_ss<microseconds> timeOfDay(microseconds sinceMidnight) {
  return std::chrono::hh_mm_ss<microseconds>{sinceMidnight};
}

}  // namespace

LocalTime toLocal(Instant instant) {
  const auto shifted = instant + kOffset;
  const auto day = floor<days>(shifted);
  return {LocalDate{day}, shifted - day};
}

Instant toInstant(LocalDate date, microseconds sinceMidnight) {
  return Instant{sys_days{date}} + sinceMidnight - kOffset;
}

LocalDate addDays(LocalDate date, int count) { return LocalDate{sys_days{date} + days{count}}; }

int daysBetween(LocalDate from, LocalDate to) {
  return static_cast<int>((sys_days{to} - sys_days{from}).count());
}

std::string isoDate(LocalDate date) { return dateText(date, '-'); }
std::string slashDate(LocalDate date) { return dateText(date, '/'); }

std::string viDate(LocalDate date) {
  return fmt::format("{:02}/{:02}/{:04}", static_cast<unsigned>(date.day()),
                     static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
}

std::string isoInstant(Instant instant) {
  const auto day = floor<days>(instant);
  const auto time = timeOfDay(instant - day);
  return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", isoDate(LocalDate{day}), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

std::string viDateTime(Instant instant) {
  const auto local = toLocal(instant);
  const auto time = timeOfDay(local.sinceMidnight);
  return fmt::format("{} {:02}:{:02}", viDate(local.date), time.hours().count(),
                     time.minutes().count());
}

std::string slashDateTime(Instant instant) {
  const auto local = toLocal(instant);
  const auto time = timeOfDay(local.sinceMidnight);
  return fmt::format("{} {:02}:{:02}:{:02}", slashDate(local.date), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

std::optional<LocalDate> parseIsoDate(std::string_view text) { return parseYearFirst(text, '-'); }
std::optional<LocalDate> parseSlashDate(std::string_view text) { return parseYearFirst(text, '/'); }

std::optional<LocalDate> parseViDate(std::string_view text) {
  const auto first = text.find('/');
  const auto second = first == std::string_view::npos ? first : text.find('/', first + 1);
  if (second == std::string_view::npos || first > 2 || second - first > 3 ||
      text.size() - second != 5) {
    return std::nullopt;
  }
  return makeDate(number(text.substr(second + 1)),
                  number(text.substr(first + 1, second - first - 1)),
                  number(text.substr(0, first)));
}

std::optional<Instant> parseSlashDateTime(std::string_view text) {
  if (text.size() != 19 || text[10] != ' ') return std::nullopt;
  const auto date = parseSlashDate(text.substr(0, 10));
  const auto time = parseTimeOfDay(text.substr(11));
  if (!date || !time) return std::nullopt;
  return toInstant(*date, *time);
}

std::optional<Instant> parseIsoInstant(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text.back() != 'Z') return std::nullopt;
  const auto date = parseIsoDate(text.substr(0, 10));
  const auto time = parseTimeOfDay(text.substr(11, 8));
  if (!date || !time) return std::nullopt;
  microseconds fraction{};
  const auto rest = text.substr(19, text.size() - 20);
  if (!rest.empty()) {
    const auto digits = rest.substr(1);
    const auto value = number(digits);
    if (rest[0] != '.' || !value || digits.size() > 6) return std::nullopt;
    int scaled = *value;
    for (auto i = digits.size(); i < 6; ++i) scaled *= 10;
    fraction = microseconds{scaled};
  }
  return Instant{sys_days{*date}} + *time + fraction;
}

}  // namespace base
