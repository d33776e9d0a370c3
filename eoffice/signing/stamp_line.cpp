#include "eoffice/signing/stamp_line.h"

namespace eoffice::layout {
namespace {

constexpr double kUsualSize = 13;     ///< Cells 3 and 4: 13 points.
constexpr double kBoxToSize = 1.107;  ///< Height of a Times line over its size.

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

bool isFiller(const std::string& letter) {
  return letter == "." || letter == "…" || letter == "_" || letter == "-" || letter == "‥" ||
         letter == "\u00a0";
}

double baselineOf(const PdfWord& word) {
  double const ratio = word.box.height / sizeOf(word);
  // A font that does not tell its descent is given 0.95 above and 0.35 below by the reader.
  double const below = ratio > 1.27 ? 0.35 * sizeOf(word) : 0.195 * word.box.height;
  return word.box.y + word.box.height - below;
}

}  // namespace

double right(const PageBox& box) { return box.x + box.width; }

PageBox unite(const PageBox& a, const PageBox& b) {
  if (a.width == 0 && a.height == 0) return b;
  double const x = std::min(a.x, b.x);
  double const y = std::min(a.y, b.y);
  return {x, y, std::max(right(a), right(b)) - x, std::max(a.y + a.height, b.y + b.height) - y};
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

std::vector<Letter> lettersOf(const Segment& segment) {
  std::vector<Letter> letters;
  for (PdfWord const* word : segment.words) {
    auto more = lettersOf(*word);
    letters.insert(letters.end(), more.begin(), more.end());
  }
  return letters;
}

std::string joined(const std::vector<Letter>& letters) {
  std::string text;
  for (auto const& letter : letters) text += letter.text;
  return text;
}

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
  return size > 5 && size < 90 ? size : kUsualSize;
}

Blank blankBetween(double from, double to, const std::vector<Letter>& between) {
  Blank blank{from, to, {}};
  for (auto const& letter : between) {
    if (isFiller(letter.text)) blank.dots.push_back(grown(letter.box, 0.3));
  }
  return blank;
}

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

StampPlan defaultLine(const PdfPageText& text, double centre, double usualMm,
                      const std::string& line, bool italic, const Measure& measure) {
  StampPlan plan;
  plan.kind = PlaceKind::DefaultCell;
  plan.line = line;
  double const scale = pageScale(text.width, text.height);
  double const size = kUsualSize * scale;
  double const width = measure(line, size, italic);
  double const x = std::max(4.0, centre - width / 2);
  PageBox box{x, 0, width, size * kBoxToSize};
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
  plan.runs.push_back({x, box.y + 0.891 * size, size, italic, line});
  return plan;
}

}  // namespace eoffice::layout
