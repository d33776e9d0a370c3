#include <fmt/format.h>

#include "base/text.h"
#include "eoffice/signing/stamp_line.h"

namespace eoffice::layout {
namespace {

/// `…, ngày … tháng … năm …`: the letters of its parts.
struct DateLine {
  std::vector<Letter> before, dayWord, day, monthWord, month, yearWord, year;
  PageBox box;
};

std::optional<DateLine> readDateLine(const std::vector<Letter>& letters) {
  std::string text;
  std::vector<std::size_t> starts;  // Of each letter in `text`.
  for (auto const& letter : letters) {
    starts.push_back(text.size());
    text += base::fold(letter.text);
  }
  auto const at = [&](const char* word, std::size_t from) { return text.find(word, from); };
  auto const day = at("ngay", 0);
  auto const month = day == std::string::npos ? day : at("thang", day + 4);
  auto const year = month == std::string::npos ? month : at("nam", month + 5);
  if (year == std::string::npos) return std::nullopt;
  auto const index = [&](std::size_t offset) {
    return std::lower_bound(starts.begin(), starts.end(), offset) - starts.begin();
  };
  auto const cut = [&](std::size_t from, std::size_t to) {
    return std::vector<Letter>(letters.begin() + index(from), letters.begin() + index(to));
  };
  return DateLine{
      cut(0, day),          cut(day, day + 4),   cut(day + 4, month),        cut(month, month + 5),
      cut(month + 5, year), cut(year, year + 3), cut(year + 3, text.size()), boxOf(letters)};
}

std::optional<DateLine> findDateLine(const PdfPageText& text) {
  for (auto const& line : linesOf(text)) {
    if (line.front().box.y > text.height * kHead) break;
    std::vector<Letter> letters;
    for (auto const& segment : line) {
      if (right(segment.box) < text.width * 0.45) continue;  // The left column.
      for (PdfWord const* word : segment.words) {
        if (right(word->box) < text.width * 0.36) continue;
        auto more = lettersOf(*word);
        letters.insert(letters.end(), more.begin(), more.end());
      }
    }
    auto found = readDateLine(letters);
    // A sentence of the text may hold a date too; the date line begins with the place.
    if (found && found->before.size() < 40 && found->year.size() <= 8) return found;
  }
  return std::nullopt;
}

/// The words before the comma, as printed: letters of one word together.
std::string placeOf(const DateLine& line, const std::string& otherwise) {
  std::string text;
  const PdfWord* last = nullptr;
  for (auto const& letter : line.before) {
    if (last != nullptr && last != letter.word) text += ' ';
    text += letter.text;
    last = letter.word;
  }
  while (!text.empty() && (text.back() == ',' || text.back() == ' ')) text.pop_back();
  return text.empty() ? otherwise : text;
}

/// One blank of the date; false when what stands there is something else or leaves no room.
bool fillPart(const std::vector<Letter>& part, const std::vector<Letter>& left, double to,
              const std::string& wanted, const Measure& measure, StampPlan& plan) {
  std::string const has = content(part);
  if (has == wanted) return true;
  if (!has.empty()) return false;
  return fill(blankBetween(right(left.back().box), to, part), wanted, *left.back().word, true,
              measure, plan);
}

bool fillYear(const DateLine& line, double pageWidth, const std::string& year,
              const Measure& measure, StampPlan& plan) {
  std::string const has = content(line.year);
  if (has == year) return true;
  if (!has.empty() && !(has.size() < 4 && year.starts_with(has))) return false;
  auto const& beside =
      line.year.empty() || has.empty() ? line.yearWord.back() : line.year[has.size() - 1];
  std::string const rest = year.substr(has.size());
  double const size = sizeOf(*beside.word);
  double const width = measure(rest, size, true);
  double const air = has.empty() ? 0.25 * size : 0;
  double const from = right(beside.box) + air;
  if (from + width > pageWidth - 6) return false;
  Blank const blank = blankBetween(from - kPad, from + width + kPad + 0.01, line.year);
  return fill(blank, rest, *beside.word, true, measure, plan);
}

}  // namespace

StampPlan planDate(const PdfPageText& text, const std::string& place, base::LocalDate date,
                   const Measure& measure) {
  unsigned const dayNumber{static_cast<unsigned>(date.day())};
  unsigned const monthNumber{static_cast<unsigned>(date.month())};
  // a day below 10 and the months 1 and 2 carry a leading zero.
  std::string const day = fmt::format("{:02}", dayNumber);
  std::string const month =
      monthNumber <= 2 ? fmt::format("{:02}", monthNumber) : fmt::format("{}", monthNumber);
  std::string const year = fmt::format("{}", static_cast<int>(date.year()));
  auto const words = [&](const std::string& where) {
    // texts: data
    return fmt::format("{}, ngày {} tháng {} năm {}", where, day, month, year);
  };
  auto const line = findDateLine(text);
  if (!line) return defaultLine(text, text.width * 0.66, 36, words(place), true, measure);
  StampPlan plan;
  plan.line = words(placeOf(*line, place));
  if (fillPart(line->day, line->dayWord, line->monthWord.front().box.x, day, measure, plan) &&
      fillPart(line->month, line->monthWord, line->yearWord.front().box.x, month, measure, plan) &&
      fillYear(*line, text.width, year, measure, plan)) {
    return plan;
  }
  return replaceLine(line->box, *line->dayWord.back().word, words(placeOf(*line, place)), true,
                     measure);
}

}  // namespace eoffice::layout
