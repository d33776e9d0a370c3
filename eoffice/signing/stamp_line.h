// The letters of a line with their places, and what is printed into its blanks: shared by number
// and date. Only for this folder's sources. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "eoffice/signing/page_layout.h"

namespace eoffice::layout {

constexpr double kHead = 0.45;  ///< Number and date stand in this upper part of page 1.
constexpr double kPad = 1.5;    ///< Points of air beside a number in its blank.

/// One code point on the page.
struct Letter {
  std::string text;
  PageBox box;
  const PdfWord* word;
};

[[nodiscard]] std::vector<Letter> lettersOf(const PdfWord& word);
[[nodiscard]] std::vector<Letter> lettersOf(const Segment& segment);
[[nodiscard]] std::string joined(const std::vector<Letter>& letters);
/// The letters that are no dots or lines of a blank.
[[nodiscard]] std::string content(const std::vector<Letter>& letters);
[[nodiscard]] PageBox boxOf(const std::vector<Letter>& letters);
[[nodiscard]] double right(const PageBox& box);
[[nodiscard]] PageBox unite(const PageBox& a, const PageBox& b);
[[nodiscard]] double sizeOf(const PdfWord& word);  ///< Points; the decree's where unknown.

/// Free room on a line, with the dots that a drafter put there.
struct Blank {
  double from = 0;
  double to = 0;
  std::vector<PageBox> dots;
};

[[nodiscard]] Blank blankBetween(double from, double to, const std::vector<Letter>& between);
/// Puts `text` into the middle of the blank; false when it does not fit.
[[nodiscard]] bool fill(const Blank& blank, const std::string& text, const PdfWord& beside,
                        bool italic, const Measure& measure, StampPlan& plan);
/// The whole line anew, centred where the old one stands, over white.
[[nodiscard]] StampPlan replaceLine(const PageBox& old, const PdfWord& like,
                                    const std::string& text, bool italic, const Measure& measure);
/// A free line in the page's head, `centre` from the left; the usual height first.
[[nodiscard]] StampPlan defaultLine(const PdfPageText& text, double centre, double usualMm,
                                    const std::string& line, bool italic, const Measure& measure);

}  // namespace eoffice::layout
