#include "exchange/envelope/foreign_date.h"

#include <chrono>
#include <optional>

namespace exchange {
namespace {

using std::chrono::microseconds;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Reads a text from left to right; each take… leaves the place as it is when it fails.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool atEnd() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return atEnd() ? '\0' : text_[at_]; }
  char take() { return atEnd() ? '\0' : text_[at_++]; }
  bool take(char c) {
    if (peek() != c || atEnd()) {
      return false;
    }
    ++at_;
    return true;
  }
  std::size_t digitsAhead() const {
    std::size_t count = 0;
    while (at_ + count < text_.size() && isDigit(text_[at_ + count])) {
      ++count;
    }
    return count;
  }
  std::optional<int> number(std::size_t least, std::size_t most) {
    const std::size_t count = digitsAhead();
    if (count < least || count > most) {
      return std::nullopt;
    }
    return fixed(count);
  }
  // `count` digits are ahead.
  int fixed(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      value = value * 10 + (text_[at_++] - '0');
    }
    return value;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

struct Moment {
  base::LocalDate date;
  microseconds time{};
  bool hasTime = false;
  std::optional<std::chrono::minutes> zone;
};

std::optional<base::LocalDate> dateOf(int year, int month, int day) {
  const base::LocalDate date{std::chrono::year(year),
                             std::chrono::month(static_cast<unsigned>(month)),
                             std::chrono::day(static_cast<unsigned>(day))};
  if (year < 1900 || year > 2199 || !date.ok()) {
    return std::nullopt;
  }
  return date;
}

std::optional<base::LocalDate> scanDay(Scanner& in) {
  const std::size_t digits = in.digitsAhead();
  if (digits == 8) {
    const int year = in.fixed(4);
    const int month = in.fixed(2);
    return dateOf(year, month, in.fixed(2));
  }
  const bool yearFirst = digits == 4;
  const auto first = in.number(1, yearFirst ? 4 : 2);
  const char separator = in.take();
  if (!first || (separator != '/' && separator != '-' && separator != '.')) {
    return std::nullopt;
  }
  const auto month = in.number(1, 2);
  if (!month || !in.take(separator)) {
    return std::nullopt;
  }
  const auto last = yearFirst ? in.number(1, 2) : in.number(4, 4);
  if (!last) {
    return std::nullopt;
  }
  return yearFirst ? dateOf(*first, *month, *last) : dateOf(*last, *month, *first);
}

std::optional<microseconds> scanFraction(Scanner& in) {
  const std::size_t digits = in.digitsAhead();
  if (digits == 0 || digits > 9) {
    return std::nullopt;
  }
  std::int64_t value = in.fixed(std::min<std::size_t>(digits, 6));
  in.fixed(digits > 6 ? digits - 6 : 0);
  for (std::size_t i = digits; i < 6; ++i) {
    value *= 10;
  }
  return microseconds(value);
}

std::optional<microseconds> scanTime(Scanner& in) {
  const auto hour = in.number(1, 2);
  if (!hour || *hour > 23 || !in.take(':')) {
    return std::nullopt;
  }
  const auto minute = in.number(2, 2);
  if (!minute || *minute > 59) {
    return std::nullopt;
  }
  microseconds time = std::chrono::hours(*hour) + std::chrono::minutes(*minute);
  if (!in.take(':')) {
    return time;
  }
  const auto second = in.number(2, 2);
  if (!second || *second > 59) {
    return std::nullopt;
  }
  time += std::chrono::seconds(*second);
  if (in.take('.')) {
    const auto fraction = scanFraction(in);
    if (!fraction) {
      return std::nullopt;
    }
    time += *fraction;
  }
  return time;
}

std::optional<std::chrono::minutes> scanZone(Scanner& in) {
  if (in.take('Z')) {
    return std::chrono::minutes(0);
  }
  const int sign = in.peek() == '-' ? -1 : 1;
  if (!in.take('+') && !in.take('-')) {
    return std::nullopt;
  }
  if (in.digitsAhead() != 2 && in.digitsAhead() != 4) {
    return std::nullopt;
  }
  const int hours = in.fixed(2);
  in.take(':');
  const int minutes = in.digitsAhead() == 2 ? in.fixed(2) : 0;
  if (hours > 14 || minutes > 59) {
    return std::nullopt;
  }
  return sign * std::chrono::minutes(hours * 60 + minutes);
}

std::optional<Moment> scan(std::string_view text) {
  Scanner in(text);
  const auto day = scanDay(in);
  if (!day) {
    return std::nullopt;
  }
  Moment moment{*day, {}, false, std::nullopt};
  if (in.atEnd()) {
    return moment;
  }
  if (!in.take(' ') && !in.take('T')) {
    return std::nullopt;
  }
  const auto time = scanTime(in);
  if (!time) {
    return std::nullopt;
  }
  moment.time = *time;
  moment.hasTime = true;
  if (!in.atEnd()) {
    moment.zone = scanZone(in);
    if (!moment.zone || !in.atEnd()) {
      return std::nullopt;
    }
  }
  return moment;
}

base::Instant instantOf(const Moment& moment) {
  if (moment.zone) {
    return base::Instant(std::chrono::sys_days(moment.date)) + moment.time - *moment.zone;
  }
  return base::toInstant(moment.date, moment.time);
}

}  // namespace

EnvelopeDate readDate(std::string_view text) {
  EnvelopeDate result{std::string(text), std::nullopt, text.empty()};
  if (const auto moment = scan(text)) {
    result.day = moment->zone ? base::localDate(instantOf(*moment)) : moment->date;
    result.standard = base::slashDate(*result.day) == text;
  }
  return result;
}

EnvelopeTime readTime(std::string_view text) {
  EnvelopeTime result{std::string(text), std::nullopt, text.empty()};
  if (const auto moment = scan(text)) {
    result.instant = instantOf(*moment);
    result.standard = base::slashDateTime(*result.instant) == text;
  }
  return result;
}

EnvelopeDate EnvelopeDate::of(base::LocalDate date) { return {base::slashDate(date), date, true}; }

EnvelopeTime EnvelopeTime::of(base::Instant instant) {
  return {base::slashDateTime(instant), instant, true};
}

std::string DocumentCode::text() const {
  return notation.empty() ? number : number + "/" + notation;
}

}  // namespace exchange
