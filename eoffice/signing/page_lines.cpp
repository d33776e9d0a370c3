#include "eoffice/signing/page_layout.h"

#include <cmath>

namespace eoffice::layout {
namespace {

double bottomOf(const PageBox& box) { return box.y + box.height; }
double rightOf(const PageBox& box) { return box.x + box.width; }

bool sameLine(const PageBox& a, const PageBox& b) {
  double const overlap = std::min(bottomOf(a), bottomOf(b)) - std::max(a.y, b.y);
  return overlap > 0.5 * std::min(a.height, b.height);
}

PageBox around(const PageBox& a, const PageBox& b) {
  double const x = std::min(a.x, b.x);
  double const y = std::min(a.y, b.y);
  return {x, y, std::max(rightOf(a), rightOf(b)) - x, std::max(bottomOf(a), bottomOf(b)) - y};
}

std::vector<Segment> segmentsOf(std::vector<const PdfWord*> words) {
  std::sort(words.begin(), words.end(),
            [](const PdfWord* a, const PdfWord* b) { return a->box.x < b->box.x; });
  std::vector<Segment> segments;
  for (PdfWord const* word : words) {
    bool const joins =
        !segments.empty() && word->box.x - rightOf(segments.back().box) <
                                 1.2 * std::min(word->box.height, segments.back().box.height);
    if (joins) {
      segments.back().box = around(segments.back().box, word->box);
      segments.back().words.push_back(word);
    } else {
      segments.push_back({word->box, {word}});
    }
  }
  return segments;
}

}  // namespace

double pageScale(double width, double height) {
  double const longer = std::max(width, height) / (297 * kPointsPerMm);
  return longer > 1.25 && std::isfinite(longer) ? longer : 1;
}

std::string Segment::text() const {
  std::string joined;
  for (PdfWord const* word : words) joined += (joined.empty() ? "" : " ") + word->text;
  return joined;
}

std::vector<std::vector<Segment>> linesOf(const PdfPageText& text) {
  std::vector<const PdfWord*> words;
  words.reserve(text.words.size());
  for (auto const& word : text.words) {
    if (word.box.height > 0 && std::isfinite(word.box.x + word.box.y)) words.push_back(&word);
  }
  std::stable_sort(words.begin(), words.end(), [](const PdfWord* a, const PdfWord* b) {
    return a->box.y + a->box.height / 2 < b->box.y + b->box.height / 2;
  });
  std::vector<std::vector<Segment>> lines;
  std::vector<const PdfWord*> line;
  for (PdfWord const* word : words) {
    if (!line.empty() && !sameLine(line.front()->box, word->box)) {
      lines.push_back(segmentsOf(std::exchange(line, {})));
    }
    line.push_back(word);
  }
  if (!line.empty()) lines.push_back(segmentsOf(std::move(line)));
  return lines;
}

}  // namespace eoffice::layout
