// The lines of a page: rows from the top, in each row the pieces that stand apart (columns) from
// the left. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "eoffice/intake/page_text.h"

namespace eoffice::intake {

/// Words of one row that stand near each other. Places in parts of the page: 0 to 1.
struct Line {
  int page = 1;
  std::vector<Word> words;
  PageBox box;
  std::string text;    ///< Joined by single spaces.
  std::string folded;  ///< base::fold of it.
  int sure = 100;      ///< Of the least sure word.

  [[nodiscard]] double left() const { return box.x; }
  [[nodiscard]] double right() const { return box.x + box.width; }
  [[nodiscard]] double top() const { return box.y; }
  [[nodiscard]] double bottom() const { return box.y + box.height; }
  [[nodiscard]] double middle() const { return box.x + box.width / 2; }
};

using Row = std::vector<Line>;

/// Of words that have places in parts of the page, in the order given.
[[nodiscard]] Line lineOf(int page, std::vector<Word> words);
[[nodiscard]] std::vector<Row> rowsOf(const PageText& text);
/// How high a usual word is, in parts of the page; 0 for an empty page.
[[nodiscard]] double usualHeight(const std::vector<Row>& rows);

/// As one reads it: rows by line feeds, pieces of a row by two spaces.
[[nodiscard]] std::string plainText(const std::vector<Row>& rows);

/// Mostly capitals, at least two of them.
[[nodiscard]] bool isCapitals(std::string_view text);
/// Capital at the front of each word, small letters after: `Nguyễn Văn A`.
[[nodiscard]] bool isNameLike(const std::vector<Word>& words);

/// Single letters to add, take or change; more than `most` is told as `most + 1`.
[[nodiscard]] std::size_t distance(std::string_view a, std::string_view b, std::size_t most);
/// Folded texts that OCR may have taken one for the other: one letter in six wrong at most.
[[nodiscard]] bool isAlike(std::string_view a, std::string_view b);

}  // namespace eoffice::intake
