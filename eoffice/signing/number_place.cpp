#include "base/text.h"
#include "eoffice/signing/stamp_line.h"

namespace eoffice::layout {
namespace {

/// `Số:` and the letters after it in its column.
struct NumberLine {
  std::vector<Letter> label;
  std::vector<Letter> rest;
};

bool isNumberLabel(const std::vector<Letter>& letters) {
  std::string const folded = base::fold(joined(letters));
  return folded.starts_with("so:") || folded == "so" || folded.starts_with("so/");
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

}  // namespace

std::string numberLine(const std::string& number, const std::string& notation) {
  // texts: data
  return "Số: " + fullNumber(number, notation);
}

// number and date are put on after the personal signature, in cells 3 and 4.
StampPlan planNumber(const PdfPageText& text, const std::string& number,
                     const std::string& notation, const Measure& measure) {
  std::string const whole = numberLine(number, notation);
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

bool showsNumber(const PdfPageText& text, const std::string& number, const std::string& notation) {
  auto const line = findNumberLine(text);
  return line && sameText(joined(line->rest), fullNumber(number, notation));
}

}  // namespace eoffice::layout
