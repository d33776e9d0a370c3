#include "eoffice/intake/page_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/text.h"

namespace eoffice::intake {
namespace {

constexpr int kLeastSure = 20;

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

// Letters of other alphabets that look like Vietnamese ones and stand in many files.
std::string mended(const std::string& text) {
  // texts: data begin
  auto out = replaced(text, "\u00D0", "Đ");
  out = replaced(std::move(out), "\u00F0", "đ");
  // texts: data end
  out = replaced(std::move(out), "\uFB01", "fi");
  return replaced(std::move(out), "\u00AD", "");
}

std::vector<std::string_view> parts(std::string_view text, char by) {
  std::vector<std::string_view> out;
  while (true) {
    const auto end = text.find(by);
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

std::optional<double> numberIn(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

bool hasLetterOrDigit(std::string_view text) {
  const auto folded = base::fold(text);
  return std::any_of(folded.begin(), folded.end(), [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  });
}

bool isPunctuation(std::string_view text) {
  return text == "-" || text == "/" || text == ":" || text == "*";
}

// One line of the table: level page block paragraph line word left top width height conf text.
struct TsvRow {
  enum Column { Level = 0, Block = 2, Paragraph = 3, Line = 4, Left = 6, Sure = 10, Text = 11 };
  std::array<double, 11> numbers{};
  std::string_view text;

  [[nodiscard]] PageBox box() const {
    return {numbers[Left], numbers[Left + 1], numbers[Left + 2], numbers[Left + 3]};
  }
  [[nodiscard]] std::array<int, 3> line() const {
    return {static_cast<int>(numbers[Block]), static_cast<int>(numbers[Paragraph]),
            static_cast<int>(numbers[Line])};
  }
};

std::optional<TsvRow> rowOf(std::string_view line) {
  const auto cells = parts(line, '\t');
  if (cells.size() < 11) return std::nullopt;
  TsvRow row;
  for (std::size_t i = 0; i < row.numbers.size(); ++i) {
    const auto value = numberIn(cells[i]);
    if (!value || std::abs(*value) > 1e6) return std::nullopt;
    row.numbers.at(i) = *value;
  }
  if (cells.size() > TsvRow::Text) row.text = cells[TsvRow::Text];
  return row;
}

// The fall of a line through the middles of its words; empty for short ones.
std::optional<double> slopeOf(const std::vector<PageBox>& words, double pageWidth) {
  if (words.size() < 5) return std::nullopt;
  double n = 0;
  double sx = 0;
  double sy = 0;
  double sxx = 0;
  double sxy = 0;
  for (const auto& box : words) {
    const double x = box.x + box.width / 2;
    const double y = box.y + box.height / 2;
    n += 1, sx += x, sy += y, sxx += x * x, sxy += x * y;
  }
  const double spread = n * sxx - sx * sx;
  if (words.back().x - words.front().x < 0.3 * pageWidth || spread <= 0) return std::nullopt;
  return (n * sxy - sx * sy) / spread;
}

template <class T>
T median(std::vector<T> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Letters that are neither ASCII nor Vietnamese, among those that are not ASCII.
bool isForeign(std::string_view letter) {
  // A Vietnamese letter folds to one ASCII letter.
  const auto folded = base::fold(letter);
  return folded.size() != 1 || static_cast<unsigned char>(folded[0]) >= 0x80 ||
         // These fold as well, but no Vietnamese text has them.
         // texts: data
         std::string_view("ÄäËëÏïÖöÜüÇçÑñÅåŸÿ").find(letter) != std::string_view::npos;
}

bool isTypography(std::string_view letter) {
  // texts: data
  return std::string_view("–—“”‘’…•·°²³½§×→≥≤±").find(letter) != std::string_view::npos;
}

}  // namespace

PageText fromTextLayer(const PdfPageText& text, int page) {
  PageText out{.page = page, .width = text.width, .height = text.height};
  for (const auto& word : text.words) {
    const auto& box = word.box;
    if (!(box.height > 0) || !std::isfinite(box.x + box.y + box.width + box.height)) continue;
    if (out.words.size() >= kMostWords) break;
    auto letters = base::squeezed(base::toNfc(mended(word.text)));
    if (!letters.empty()) out.words.push_back({std::move(letters), box, 100});
  }
  return out;
}

PageText fromTsv(std::string_view tsv, int page) {
  PageText out{.page = page, .source = TextSource::Ocr};
  std::map<std::array<int, 3>, std::vector<PageBox>> lines;
  for (const auto line : parts(tsv, '\n')) {
    const auto row = rowOf(line);
    if (!row) continue;
    if (row->numbers[TsvRow::Level] == 1) {
      out.width = row->box().width;
      out.height = row->box().height;
    }
    const auto text = base::squeezed(row->text);
    if (row->numbers[TsvRow::Level] != 5 || text.empty() || !base::isUtf8(text)) continue;
    const int sure = static_cast<int>(row->numbers[TsvRow::Sure]);
    if (!(row->box().height > 0) || sure < kLeastSure) continue;
    if (out.words.size() >= kMostWords) break;
    if (!hasLetterOrDigit(text) && !isPunctuation(text)) continue;
    auto letters = base::squeezed(base::toNfc(mended(text)));
    if (letters.empty()) continue;
    out.words.push_back({std::move(letters), row->box(), sure});
    lines[row->line()].push_back(row->box());
  }
  std::vector<double> slopes;
  for (const auto& [key, boxes] : lines) {
    if (const auto slope = slopeOf(boxes, out.width)) slopes.push_back(*slope);
  }
  if (!slopes.empty()) out.slope = std::clamp(median(std::move(slopes)), -0.1, 0.1);
  return out;
}

bool isReadable(const PageText& text) {
  if (text.words.size() < kFewWords) return false;
  std::size_t marked = 0;
  std::size_t foreign = 0;
  for (const auto& word : text.words) {
    for (std::size_t i = 0; i < word.text.size();) {
      const auto lead = static_cast<unsigned char>(word.text[i]);
      const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      const auto letter = std::string_view(word.text).substr(i, length);
      i += length;
      if (length == 1 || isTypography(letter)) continue;
      ++marked;
      if (isForeign(letter)) ++foreign;
    }
  }
  return foreign * 5 <= marked;
}

nlohmann::json toJson(const PageText& text) {
  auto words = nlohmann::json::array();
  for (const auto& word : text.words) {
    words.push_back(
        {word.text, word.box.x, word.box.y, word.box.width, word.box.height, word.sure});
  }
  return {{"page", text.page},   {"source", static_cast<int>(text.source)},
          {"width", text.width}, {"height", text.height},
          {"slope", text.slope}, {"words", std::move(words)}};
}

PageText pageFromJson(const nlohmann::json& json) {
  PageText text{.page = json.at("page"),
                .source = static_cast<TextSource>(json.at("source").get<int>()),
                .width = json.at("width"),
                .height = json.at("height"),
                .slope = json.at("slope")};
  for (const auto& word : json.at("words")) {
    text.words.push_back(
        {word.at(0), {word.at(1), word.at(2), word.at(3), word.at(4)}, word.at(5)});
  }
  return text;
}

}  // namespace eoffice::intake
