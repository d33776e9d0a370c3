#include "eoffice/intake/page_lines.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace eoffice::intake {
namespace {

// Pieces of a row that are further apart than this many word heights do not belong together. What
// OCR measures is the ink; a PDF says the height of the font.
constexpr double kInkGap = 1.6;
constexpr double kFontGap = 1.15;
// Words whose middles are further apart than this stand on different lines; columns need not have
// theirs at the same heights.
constexpr double kInkStep = 0.5;
constexpr double kFontStep = 0.33;

PageBox around(const PageBox& a, const PageBox& b) {
  const double x = std::min(a.x, b.x);
  const double y = std::min(a.y, b.y);
  return {x, y, std::max(a.x + a.width, b.x + b.width) - x,
          std::max(a.y + a.height, b.y + b.height) - y};
}

// A word on its way into rows: where its middle would be on an upright page.
struct Placed {
  const Word* word = nullptr;
  double middle = 0;
};

double medianHeight(const std::vector<Word>& words) {
  std::vector<double> heights;
  for (const auto& word : words) heights.push_back(word.box.height);
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

Word inParts(const Word& word, const PageText& text) {
  return {word.text,
          {word.box.x / text.width, word.box.y / text.height, word.box.width / text.width,
           word.box.height / text.height},
          word.sure};
}

Row piecesOf(std::vector<const Word*> words, const PageText& text, double usual) {
  std::sort(words.begin(), words.end(),
            [](const Word* a, const Word* b) { return a->box.x < b->box.x; });
  const double gap = text.source == TextSource::Ocr ? kInkGap : kFontGap;
  Row row;
  std::vector<Word> piece;
  double end = 0;
  const auto close = [&] {
    if (!piece.empty()) row.push_back(lineOf(text.page, std::exchange(piece, {})));
  };
  for (const Word* word : words) {
    // Titles are larger than the text: their gaps are too.
    const double height = std::clamp(word->box.height, usual, 2 * usual);
    if (!piece.empty() && word->box.x - end > gap * height) close();
    end = std::max(piece.empty() ? 0 : end, word->box.x + word->box.width);
    piece.push_back(inParts(*word, text));
  }
  close();
  return row;
}

struct Letters {
  int capitals = 0;
  int smalls = 0;
};

Letters lettersOf(std::string_view text) {
  Letters found;
  const auto lower = base::lower(text);
  const auto nfc = base::toNfc(text);
  // Lower case of a Vietnamese letter has as many bytes as the letter, but for a few that no
  // Vietnamese text has; where it has not, nothing is said about capitals.
  if (lower.size() != nfc.size()) return found;
  for (std::size_t i = 0; i < nfc.size(); ++i) {
    const auto lead = static_cast<unsigned char>(nfc[i]);
    if ((lead & 0xC0) == 0x80) continue;
    std::size_t length = 1;
    while (i + length < nfc.size() &&
           (static_cast<unsigned char>(nfc[i + length]) & 0xC0) == 0x80) {
      ++length;
    }
    const auto letter = std::string_view(nfc).substr(i, length);
    const auto folded = base::fold(letter);
    if (folded.size() != 1 || folded[0] < 'a' || folded[0] > 'z') continue;
    (letter == std::string_view(lower).substr(i, length) ? found.smalls : found.capitals) += 1;
  }
  return found;
}

}  // namespace

Line lineOf(int page, std::vector<Word> words) {
  Line line{.page = page, .words = std::move(words)};
  for (const auto& word : line.words) {
    line.box = line.text.empty() ? word.box : around(line.box, word.box);
    line.text += (line.text.empty() ? "" : " ") + word.text;
    line.sure = std::min(line.sure, word.sure);
  }
  line.folded = base::fold(line.text);
  return line;
}

std::vector<Row> rowsOf(const PageText& text) {
  if (text.words.empty() || !(text.width > 0) || !(text.height > 0)) return {};
  const double usual = medianHeight(text.words);
  std::vector<Placed> placed;
  for (const auto& word : text.words) {
    const double x = word.box.x + word.box.width / 2;
    placed.push_back({&word, word.box.y + word.box.height / 2 - text.slope * x});
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const Placed& a, const Placed& b) { return a.middle < b.middle; });
  const double step = text.source == TextSource::Ocr ? kInkStep : kFontStep;
  std::vector<Row> rows;
  std::vector<const Word*> words;
  double middle = 0;  // Of the row, by its words so far.
  for (const auto& one : placed) {
    if (!words.empty() && one.middle - middle > step * usual) {
      rows.push_back(piecesOf(std::exchange(words, {}), text, usual));
    }
    words.push_back(one.word);
    const auto count = static_cast<double>(words.size());
    middle = words.size() == 1 ? one.middle : middle + (one.middle - middle) / count;
  }
  rows.push_back(piecesOf(std::move(words), text, usual));
  return rows;
}

double usualHeight(const std::vector<Row>& rows) {
  std::vector<Word> words;
  for (const auto& row : rows) {
    for (const auto& line : row) words.insert(words.end(), line.words.begin(), line.words.end());
  }
  return words.empty() ? 0 : medianHeight(words);
}

std::string plainText(const std::vector<Row>& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) text += (i > 0 ? "  " : "") + row[i].text;
    text += '\n';
  }
  return text;
}

bool isCapitals(std::string_view text) {
  const auto letters = lettersOf(text);
  return letters.capitals >= 2 && letters.capitals >= 4 * letters.smalls;
}

bool isNameLike(const std::vector<Word>& words) {
  if (words.size() < 2 || words.size() > 6) return false;
  return std::all_of(words.begin(), words.end(), [](const Word& word) {
    const auto letters = lettersOf(word.text);
    const auto all = letters.capitals + letters.smalls;
    if (all == 0 || static_cast<std::size_t>(all) != base::lengthInCharacters(word.text)) {
      return false;
    }
    return letters.capitals == 1 && lettersOf(base::firstCharacters(word.text, 1)).capitals == 1;
  });
}

std::size_t distance(std::string_view a, std::string_view b, std::size_t most) {
  if (a.size() > b.size() + most || b.size() > a.size() + most) return most + 1;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = std::exchange(row[0], i);
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
      corner = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
      least = std::min(least, row[j]);
    }
    if (least > most) return most + 1;
  }
  return std::min(row.back(), most + 1);
}

bool isAlike(std::string_view a, std::string_view b) {
  const auto most = std::max(a.size(), b.size()) / 6;
  return distance(a, b, most) <= most;
}

}  // namespace eoffice::intake
