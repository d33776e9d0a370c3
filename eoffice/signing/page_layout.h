// Finds on a page of text where things belong by the decree's layout (NĐ 30/2020, Phụ lục I):
// signature, number, date, and a secrecy mark where none may be. Pure: words and boxes in, boxes
// out. Any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "eoffice/signing/pdf_facts.h"
#include "eoffice/signing/pdf_tools.h"

namespace eoffice::layout {

constexpr double kPointsPerMm = 72.0 / 25.4;

/// A scan often makes one point of each of its pixels: how much larger than A4 the page is, 1 for
/// all that are near it. What the decree gives in millimetres grows with it.
[[nodiscard]] double pageScale(double width, double height);

/// Words of one line that stand near each other.
struct Segment {
  PageBox box;
  std::vector<const PdfWord*> words;
  [[nodiscard]] std::string text() const;  ///< Joined by single spaces.
};

/// `text` outlives the result. Lines from the top, segments from the left.
[[nodiscard]] std::vector<std::vector<Segment>> linesOf(const PdfPageText& text);

/// The free space above the signer's printed name (cells 7b, 7c), as wide as the name's column;
/// empty when the name does not stand alone anywhere on the page.
[[nodiscard]] std::optional<PageBox> findSignatureSpace(const PdfPageText& text,
                                                        std::string_view signerName);
/// Where the decree has it when the page does not say: the right half, below the text.
[[nodiscard]] PageBox defaultSignatureSpace(const PdfPageText& text);
/// A picture of `aspect` (width / height), centred in `space`. `scale`: of the page.
[[nodiscard]] PageBox fitSignature(const PageBox& space, double aspect, double scale);
/// a seal of `diameter` points whose right third lies over the signature's left third.
[[nodiscard]] PageBox sealBox(const PageBox& signature, double diameter);
/// Moves `box` so that it lies inside the page.
[[nodiscard]] PageBox inside(const PageBox& box, double pageWidth, double pageHeight);

struct TextRun {
  double x = 0;         ///< Left end.
  double baseline = 0;  ///< From the page's top.
  double size = 13;
  bool italic = false;
  std::string text;
};

/// What is laid over the page for one line.
struct StampPlan {
  PageBox box;  ///< Around all of it.
  PlaceKind kind = PlaceKind::Found;
  std::vector<PageBox> covers;  ///< Painted white first: dots of a blank, or what is replaced.
  std::vector<TextRun> runs;    ///< None: the page says it already.
  std::string line;             ///< The whole line in words, for readers of the annotation.
};

/// Width of a text in points.
using Measure = std::function<double(std::string_view text, double size, bool italic)>;

[[nodiscard]] StampPlan planNumber(const PdfPageText& text, const std::string& number,
                                   const std::string& notation, const Measure& measure);
[[nodiscard]] StampPlan planDate(const PdfPageText& text, const std::string& place,
                                 base::LocalDate date, const Measure& measure);
/// `Số: 01/UBND-KGVX`
[[nodiscard]] std::string numberLine(const std::string& number, const std::string& notation);
/// Whether the page shows this number and notation after `Số:`.
[[nodiscard]] bool showsNumber(const PdfPageText& text, const std::string& number,
                               const std::string& notation);

/// A mark that stands alone: a segment of nothing but the words, in capitals, where the decree has
/// its cell 10a (upper half of the first page) or a page's head; or `Độ mật: …` anywhere.
[[nodiscard]] std::optional<SecrecyMark> findSecrecyMark(const PdfPageText& text, int page);

}  // namespace eoffice::layout
