#include "base/text.h"
#include "eoffice/signing/page_layout.h"

namespace eoffice::layout {
namespace {

constexpr double kLeastSignatureHeight = 40;
constexpr double kMostSignatureHeight = 64;
constexpr double kMostSignatureWidth = 150;
constexpr double kLeastGap = 1.7;  ///< In heights of a line; less is no room left for signing.

struct Candidate {
  PageBox space;
  double score = 0;
};

/// Whether the segment is the name, or ends in it after a rank (`Đại tá Nguyễn Văn A`).
bool carries(const std::string& segment, const std::string& name) {
  if (segment == name) return true;
  return segment.size() > name.size() + 1 && segment.size() <= name.size() + 24 &&
         segment.ends_with(" " + name);
}

bool overlapsAcross(const PageBox& a, const PageBox& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width;
}

/// Bottom of the nearest text above `name` in its column; a little above the name at the page's
/// top.
double textAbove(const std::vector<std::vector<Segment>>& lines, const PageBox& name) {
  double above = std::max(0.0, name.y - 5.5 * name.height);
  for (auto const& line : lines) {
    for (auto const& segment : line) {
      double const end = segment.box.y + segment.box.height;
      if (end <= name.y + 1 && overlapsAcross(segment.box, name)) above = std::max(above, end);
    }
  }
  return above;
}

}  // namespace

std::optional<PageBox> findSignatureSpace(const PdfPageText& text, std::string_view signerName) {
  std::string const name = base::squeezed(base::fold(signerName));
  if (name.empty()) return std::nullopt;
  auto const lines = linesOf(text);
  std::optional<Candidate> best;
  for (auto const& line : lines) {
    for (auto const& segment : line) {
      if (!carries(base::fold(segment.text()), name)) continue;
      double const above = textAbove(lines, segment.box);
      double const gap = segment.box.y - above;
      double const centre = segment.box.x + segment.box.width / 2;
      double score = segment.box.y / std::max(1.0, text.height);  // The last one, all else equal.
      if (gap >= kLeastGap * segment.box.height) score += 4;
      if (centre > text.width * 0.45) score += 2;
      Candidate const found{{segment.box.x, above, segment.box.width, gap}, score};
      if (!best || found.score > best->score) best = found;
    }
  }
  if (!best) return std::nullopt;
  return best->space;
}

PageBox defaultSignatureSpace(const PdfPageText& text) {
  double const scale = pageScale(text.width, text.height);
  double end = text.height * 0.62;
  for (auto const& word : text.words) {
    if (word.box.x + word.box.width > text.width / 2) {
      end = std::max(end, word.box.y + word.box.height + 6 * scale);
    }
  }
  double const height = 72 * scale;
  double const lowest = text.height - 20 * kPointsPerMm * scale - height;
  return {text.width * 0.55, std::min(end, lowest), text.width * 0.36, height};
}

// the picture stands centred between the signer's position and name.
PageBox fitSignature(const PageBox& space, double aspect, double scale) {
  double height =
      std::clamp(space.height * 0.92, kLeastSignatureHeight * scale, kMostSignatureHeight * scale);
  double width = height * aspect;
  if (width > kMostSignatureWidth * scale) {
    width = kMostSignatureWidth * scale;
    height = width / aspect;
  }
  return {space.x + (space.width - width) / 2, space.y + (space.height - height) / 2, width,
          height};
}

// the seal covers about a third of the personal signature, on its left.
PageBox sealBox(const PageBox& signature, double diameter) {
  double const rightEdge = signature.x + signature.width / 3;
  return {rightEdge - diameter, signature.y + (signature.height - diameter) / 2, diameter,
          diameter};
}

PageBox inside(const PageBox& box, double pageWidth, double pageHeight) {
  PageBox moved = box;
  moved.width = std::min(moved.width, pageWidth);
  moved.height = std::min(moved.height, pageHeight);
  moved.x = std::clamp(moved.x, 0.0, pageWidth - moved.width);
  moved.y = std::clamp(moved.y, 0.0, pageHeight - moved.height);
  return moved;
}

}  // namespace eoffice::layout
