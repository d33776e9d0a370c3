#include <fmt/format.h>

#include "base/text.h"
#include "eoffice/signing/page_layout.h"

namespace eoffice::layout {
namespace {

constexpr double kHead = 0.45;        ///< Number and date stand in this upper part of page 1.
constexpr double kUsualSize = 13;     ///< Cells 3 and 4: 13 points.
constexpr double kBoxToSize = 1.107;  ///< Height of a Times line over its size.
constexpr double kPad = 1.5;          ///< Points of air beside a number in its blank.

/// One code point on the page.
struct Letter {
  std::string text;
  PageBox box;
  const PdfWord* word;
};

double right(const PageBox& box) { return box.x + box.width; }

PageBox unite(const PageBox& a, const PageBox& b) {
  if (a.width == 0 && a.height == 0) return b;
  double const x = std::min(a.x, b.x);
  double const y = std::min(a.y, b.y);
  return {x, y, std::max(right(a), right(b)) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

PageBox grown(const PageBox& box, double by) {
  return {box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

std::vector<std::string> codePoints(const std::string& text) {
  std::vector<std::string> points;
  for (char const c : text) {
    if ((static_cast<unsigned char>(c) & 0xc0) != 0x80 || points.empty()) points.emplace_back();
    points.back() += c;
  }
  return points;
}

std::vector<Letter> lettersOf(const PdfWord& word) {
  auto const points = codePoints(word.text);
  std::vector<Letter> letters;
  double const step = word.box.width / static_cast<double>(std::max<std::size_t>(1, points.size()));
  for (std::size_t i = 0; i < points.size(); ++i) {
    PageBox const even{word.box.x + step * static_cast<double>(i), word.box.y, step,
                       word.box.height};
    bool const known = word.letters.size() == points.size();
    letters.push_back({points[i], known ? word.letters[i] : even, &word});
  }
  return letters;
}

bool isFiller(const std::string& letter) {
  return letter == "." || letter == "…" || letter == "_" || letter == "-" || letter == "‥" ||
         letter == "\u00a0";
}

std::string joined(const std::vector<Letter>& letters) {
  std::string text;
  for (auto const& letter : letters) text += letter.text;
  return text;
}

/// The letters that are no dots or lines of a blank.
std::string content(const std::vector<Letter>& letters) {
  std::string text;
  for (auto const& letter : letters) {
    if (!isFiller(letter.text)) text += letter.text;
  }
  return text;
}

PageBox boxOf(const std::vector<Letter>& letters) {
  PageBox box;
  for (auto const& letter : letters) box = unite(box, letter.box);
  return box;
}

double sizeOf(const PdfWord& word) {
  double const size = word.fontSize > 0 ? word.fontSize : word.box.height / kBoxToSize;
  return size > 5 && size < 30 ? size : kUsualSize;
}

double baselineOf(const PdfWord& word) {
  double const ratio = word.box.height / sizeOf(word);
  // A font that does not tell its descent is given 0.95 above and 0.35 below by the reader.
  double const below = ratio > 1.27 ? 0.35 * sizeOf(word) : 0.195 * word.box.height;
  return word.box.y + word.box.height - below;
}

struct Blank {
  double from = 0;
  double to = 0;
  std::vector<PageBox> dots;
};

Blank blankBetween(double from, double to, const std::vector<Letter>& between) {
  Blank blank{from, to, {}};
  for (auto const& letter : between) {
    if (isFiller(letter.text)) blank.dots.push_back(grown(letter.box, 0.3));
  }
  return blank;
}

/// Puts `text` into the middle of the blank; false when it does not fit.
bool fill(const Blank& blank, const std::string& text, const PdfWord& beside, bool italic,
          const Measure& measure, StampPlan& plan) {
  double const size = sizeOf(beside);
  double const width = measure(text, size, italic);
  if (width + 2 * kPad > blank.to - blank.from) return false;
  double const x = (blank.from + blank.to - width) / 2;
  plan.runs.push_back({x, baselineOf(beside), size, italic, text});
  plan.box = unite(plan.box, {x, beside.box.y, width, beside.box.height});
  for (auto const& dots : blank.dots) {
    plan.covers.push_back(dots);
    plan.box = unite(plan.box, dots);
  }
  return true;
}

/// The whole line anew, centred where the old one stands, over white.
StampPlan replaceLine(const PageBox& old, const PdfWord& like, const std::string& text, bool italic,
                      const Measure& measure) {
  StampPlan plan;
  plan.kind = PlaceKind::Replaces;
  plan.line = text;
  double const size = sizeOf(like);
  double const width = measure(text, size, italic);
  double const x = std::max(4.0, old.x + old.width / 2 - width / 2);
  plan.covers.push_back(grown(old, 0.6));
  plan.runs.push_back({x, baselineOf(like), size, italic, text});
  plan.box = unite(plan.covers.front(), {x, old.y, width, old.height});
  return plan;
}

/// A free line in the page's head, `centre` from the left; the usual height first.
StampPlan defaultLine(const PdfPageText& text, double centre, double usualMm,
                      const std::string& line, bool italic, const Measure& measure) {
  StampPlan plan;
  plan.kind = PlaceKind::DefaultCell;
  plan.line = line;
  double const width = measure(line, kUsualSize, italic);
  double const x = std::max(4.0, centre - width / 2);
  PageBox box{x, 0, width, kUsualSize * kBoxToSize};
  double const scale = text.height / (297 * kPointsPerMm);
  for (double const mm : {usualMm, usualMm + 6, usualMm - 6, 12.0, 6.0, usualMm}) {
    box.y = mm * kPointsPerMm * scale;
    bool const free =
        std::none_of(text.words.begin(), text.words.end(), [&box](const PdfWord& word) {
          return word.box.x < right(box) && right(word.box) > box.x &&
                 word.box.y < box.y + box.height && word.box.y + word.box.height > box.y;
        });
    if (free) break;
  }
  plan.box = box;
  plan.runs.push_back({x, box.y + 0.891 * kUsualSize, kUsualSize, italic, line});
  return plan;
}

/// `Số:` and the letters after it in its column.
struct NumberLine {
  std::vector<Letter> label;
  std::vector<Letter> rest;
};

bool isNumberLabel(const std::vector<Letter>& letters) {
  std::string const folded = base::fold(joined(letters));
  return folded.starts_with("so:") || folded == "so" || folded.starts_with("so/");
}

std::vector<Letter> lettersOf(const Segment& segment) {
  std::vector<Letter> letters;
  for (PdfWord const* word : segment.words) {
    auto more = lettersOf(*word);
    letters.insert(letters.end(), more.begin(), more.end());
  }
  return letters;
}

/// The letters of the left column's part of a line that begins with `Số:`: up to the segment that
/// has the slash, and never into the right column.
std::vector<Letter> numberLetters(const std::vector<Segment>& line, double pageWidth) {
  std::vector<Letter> letters;
  for (auto const& segment : line) {
    auto const more = lettersOf(segment);
    if (letters.empty() && !isNumberLabel(more)) continue;
    if (segment.box.x > pageWidth * 0.5) break;
    letters.insert(letters.end(), more.begin(), more.end());
    if (joined(more).find('/') != std::string::npos) break;
  }
  // Without a slash the blank reaches to the right column, and nothing of that belongs to it.
  return joined(letters).find('/') == std::string::npos && !letters.empty()
             ? lettersOf(*letters.front().word)
             : letters;
}

std::optional<NumberLine> findNumberLine(const PdfPageText& text) {
  for (auto const& line : linesOf(text)) {
    if (line.front().box.y > text.height * kHead) break;
    auto const letters = numberLetters(line, text.width);
    if (letters.empty()) continue;
    auto const label =
        static_cast<std::ptrdiff_t>(letters.size() > 2 && letters[2].text == ":" ? 3 : 2);
    return NumberLine{{letters.begin(), letters.begin() + label},
                      {letters.begin() + label, letters.end()}};
  }
  return std::nullopt;
}

std::string fullNumber(const std::string& number, const std::string& notation) {
  return number + "/" + notation;
}

bool sameText(const std::string& a, const std::string& b) {
  std::string x = base::fold(a);
  std::string y = base::fold(b);
  std::erase(x, ' ');
  std::erase(y, ' ');
  return x == y;
}

std::size_t slashAt(const std::vector<Letter>& letters) {
  std::size_t at = 0;
  while (at < letters.size() && letters[at].text != "/") ++at;
  return at;
}

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

// number and date are put on after the personal signature, in cells 3 and 4.
StampPlan planNumber(const PdfPageText& text, const std::string& number,
                     const std::string& notation, const Measure& measure) {
  std::string const whole = "Số: " + fullNumber(number, notation);
  auto const line = findNumberLine(text);
  if (!line) return defaultLine(text, text.width * 0.27, 36, whole, false, measure);
  StampPlan plan;
  plan.line = whole;
  PdfWord const& like = *line->label.back().word;
  double const from = right(line->label.back().box);
  auto const slash = slashAt(line->rest);
  auto const middle = line->rest.begin() + static_cast<std::ptrdiff_t>(slash);
  std::vector<Letter> const before(line->rest.begin(), middle);
  std::vector<Letter> const after(middle, line->rest.end());
  if (sameText(joined(line->rest), fullNumber(number, notation))) return plan;
  bool const blank = content(before).empty();
  if (blank && !after.empty() && sameText(joined(after), "/" + notation) &&
      fill(blankBetween(from, after.front().box.x, before), number, like, false, measure, plan)) {
    return plan;
  }
  if (blank && after.empty()) {
    std::string const rest = fullNumber(number, notation);
    double const room = measure(rest, sizeOf(like), false) + 2 * kPad + 3.5;
    Blank const open = blankBetween(from, from + room, before);
    if (from + room < text.width * 0.5 && fill(open, rest, like, false, measure, plan)) return plan;
  }
  PageBox const old = unite(boxOf(line->label), boxOf(line->rest));
  return replaceLine(old, like, whole, false, measure);
}

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

bool showsNumber(const PdfPageText& text, const std::string& number, const std::string& notation) {
  auto const line = findNumberLine(text);
  return line && sameText(joined(line->rest), fullNumber(number, notation));
}

}  // namespace eoffice::layout
