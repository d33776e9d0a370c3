#include "eoffice/signing/pdf_dates.h"

#include <fmt/format.h>

#include <cctype>

namespace eoffice::pdf {

std::optional<base::Instant> parsePdfDate(std::string_view text) {
  if (text.substr(0, 2) == "D:") text.remove_prefix(2);
  int parts[6] = {0, 1, 1, 0, 0, 0};
  for (int i = 0; i < 6; ++i) {
    std::size_t const digits = i == 0 ? 4 : 2;
    if (text.size() < digits || std::isdigit(static_cast<unsigned char>(text[0])) == 0) break;
    int value = 0;
    for (std::size_t k = 0; k < digits; ++k) {
      if (std::isdigit(static_cast<unsigned char>(text[k])) == 0) return std::nullopt;
      value = value * 10 + (text[k] - '0');
    }
    parts[i] = value;
    text.remove_prefix(digits);
  }
  auto const day = std::chrono::year{parts[0]} / parts[1] / parts[2];
  if (!day.ok() || parts[0] < 1970 || parts[3] > 23 || parts[4] > 59 || parts[5] > 60) {
    return std::nullopt;
  }
  if (!text.empty() && std::string_view("Z+-").find(text[0]) == std::string_view::npos) {
    return std::nullopt;
  }
  std::chrono::minutes offset{0};
  if (text.size() >= 3 && (text[0] == '+' || text[0] == '-')) {
    auto const two = [&text](std::size_t at) -> int {
      if (at + 1 >= text.size() || std::isdigit(static_cast<unsigned char>(text[at])) == 0 ||
          std::isdigit(static_cast<unsigned char>(text[at + 1])) == 0) {
        return 0;
      }
      return (text[at] - '0') * 10 + (text[at + 1] - '0');
    };
    offset = std::chrono::hours{two(1)} + std::chrono::minutes{two(4)};
    if (text[0] == '-') offset = -offset;
  }
  return std::chrono::sys_days{day} + std::chrono::hours{parts[3]} +
         std::chrono::minutes{parts[4]} + std::chrono::seconds{parts[5]} - offset;
}

std::string pdfDate(base::Instant instant) {
  auto const local = base::toLocal(instant);
  std::chrono::hh_mm_ss const time{std::chrono::floor<std::chrono::seconds>(local.sinceMidnight)};
  return fmt::format("D:{:04}{:02}{:02}{:02}{:02}{:02}+07'00'", static_cast<int>(local.date.year()),
                     static_cast<unsigned>(local.date.month()),
                     static_cast<unsigned>(local.date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

}  // namespace eoffice::pdf
