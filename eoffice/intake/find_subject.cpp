// Cells 5a and 5b: the type with its abstract in the middle of the page, or `V/v` below the number.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "eoffice/intake/find_rules.h"

namespace eoffice::intake::rules {
namespace {

constexpr double kTitleEnds = 0.6;  ///< Of the first page's height.
constexpr std::size_t kMostSubjectLines = 12;

std::string withoutSpaces(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  return text;
}

/// `V/v`, and what OCR makes of it; the words after it begin there.
bool beginsWithVv(const Line& line) {
  const auto first = base::fold(line.words.front().text);
  for (const std::string_view sign : {"v/v", "v/v:", "v/y", "v/w", "viv", "vlv", "v'v", "w/v"}) {
    if (first == sign) return true;
  }
  return first.starts_with("v/v");
}

std::string joined(const std::vector<Line>& lines) {
  std::string text;
  for (const auto& line : lines) text += (text.empty() ? "" : " ") + line.text;
  while (!text.empty() && std::string_view(" .;,-_").find(text.back()) != std::string_view::npos) {
    text.pop_back();
  }
  return text;
}

/// `V/v` as it is written, whatever was read.
std::string withVv(std::string text) {
  const auto space = text.find(' ');
  if (space == std::string::npos) return text;
  // texts: data
  return "V/v" + text.substr(space);
}

std::vector<Line> vvLines(const Head& head) {
  std::vector<Line> lines;
  for (const auto& line : head.left) {
    if (lines.empty()) {
      if (beginsWithVv(line)) lines.push_back(line);
      continue;
    }
    const double gap = line.top() - lines.back().bottom();
    const bool far = gap > 1.2 * head.height || line.left() > lines.front().right();
    if (far || line.folded.starts_with("kinh gui") || isCapitals(line.text) ||
        lines.size() >= kMostSubjectLines) {
      break;
    }
    lines.push_back(line);
  }
  return lines;
}

struct Title {
  std::size_t row = 0;
  Line line;
  const TypeName* type = nullptr;
};

bool isCentred(const Line& line, double middle, double tolerance) {
  return std::abs(line.middle() - middle) < tolerance;
}

/// The name of a type alone on its row, in capitals, below the head's columns.
std::optional<Title> titleOf(const std::vector<Row>& rows, const std::vector<TypeName>& types) {
  std::vector<std::string> names;
  names.reserve(types.size());
  for (const auto& type : types) names.push_back(withoutSpaces(base::fold(type.name)));
  std::size_t begun = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].size() != 1) continue;
    const auto& line = rows[i].front();
    if (line.top() > kTitleEnds) break;
    if (line.top() < 0.08 || !isCapitals(line.text) || !isCentred(line, 0.53, 0.14)) continue;
    const auto bare = withoutSpaces(line.folded);
    // `THÔNG BÁO` is alike to `THÔNG CÁO`: the nearest one counts.
    auto found = mostAlike(bare, names);
    std::size_t length = 0;
    for (std::size_t t = 0; !found && t < names.size(); ++t) {
      // `BÁO CÁO TÌNH HÌNH ...`: the longest name that the line begins with.
      if (names[t].size() < 6 || names[t].size() <= length || !bare.starts_with(names[t])) continue;
      begun = t;
      length = names[t].size();
    }
    if (!found && length > 0) found = begun;
    if (found) return Title{i, line, &types[*found]};
  }
  return std::nullopt;
}

bool beginsBodyText(const Line& line) {
  const auto& text = line.folded;
  for (const std::string_view start :
       {"can cu",  "kinh gui",    "xet de nghi", "theo de nghi", "thuc hien", "dieu 1",   "i. ",
        "1. ",     "i.",          "1.",          "- ",           "phan i",    "chuong i", "ngay ",
        "hom nay", "quyet dinh:", "quyet nghi:", "tren co so",   "de ",       "nham "}) {
    if (text.starts_with(start)) return true;
  }
  // `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH`, who decides.
  return isCapitals(line.text) && (text.starts_with("chu tich") || text.starts_with("uy ban") ||
                                   text.starts_with("giam doc") || text.starts_with("hoi dong") ||
                                   text.starts_with("bo truong") || text.starts_with("thu tuong"));
}

/// The rows under the title, in its middle, up to where the body begins.
std::vector<Line> subjectUnder(const Title& title, const std::vector<Row>& rows, double height) {
  std::vector<Line> lines;
  double pitch = 0;
  for (auto i = title.row + 1; i < rows.size() && lines.size() < kMostSubjectLines; ++i) {
    if (rows[i].size() != 1) break;
    const auto& line = rows[i].front();
    const auto& above = lines.empty() ? title.line : lines.back();
    const double step = line.top() - above.top();
    if (line.words.size() == 1 && base::lengthInCharacters(line.text) < 3) continue;  // A stroke.
    const bool capitals = isCapitals(line.text);
    if (beginsBodyText(line) || !isCentred(line, title.line.middle(), 0.035)) break;
    if (lines.empty() ? step > 5 * height : step > std::max(1.5 * pitch, 2.2 * height)) break;
    if (!lines.empty() && capitals != isCapitals(lines.front().text)) break;
    if (!lines.empty() && pitch == 0) pitch = step;
    lines.push_back(line);
  }
  return lines;
}

const TypeName* typeByName(const std::vector<TypeName>& types, std::string_view folded) {
  for (const auto& type : types) {
    if (base::fold(type.name) == folded) return &type;
  }
  return nullptr;
}

/// The code in front of the body: `QĐ` of `123/QĐ-UBND`, `CV` of the Party's `123-CV/TU`.
const TypeName* typeBySymbol(const std::vector<TypeName>& types, const std::string& symbol) {
  const auto slash = symbol.rfind('/');
  const auto dash = symbol.find('-', slash);
  if (slash == std::string::npos || dash == std::string::npos) return nullptr;
  const auto code = symbol.substr(slash + 1, dash - slash - 1);
  for (const auto& type : types) {
    if (!type.code.empty() && type.code == code) return &type;
  }
  return nullptr;
}

}  // namespace

std::vector<Finding> findTypeAndSubject(const Head& head, const std::vector<Row>& rows,
                                        const std::vector<TypeName>& types,
                                        const std::optional<Finding>& symbol) {
  std::vector<Finding> found;
  const auto* letter = typeByName(types, "cong van");
  // a công văn has its abstract below the number (5b), any other type in the middle (5a).
  if (const auto lines = vvLines(head); !lines.empty()) {
    if (letter != nullptr) found.push_back(finding(FoundField::Type, letter->name, {lines[0]}));
    found.push_back(finding(FoundField::Subject, withVv(joined(lines)), lines));
    return found;
  }
  if (const auto title = titleOf(rows, types)) {
    found.push_back(finding(FoundField::Type, title->type->name, {title->line}));
    const auto lines = subjectUnder(*title, rows, head.height);
    if (!lines.empty()) found.push_back(finding(FoundField::Subject, joined(lines), lines));
    return found;
  }
  if (!symbol) return found;
  if (const auto* type = typeBySymbol(types, symbol->value)) {
    found.push_back(
        {.field = FoundField::Type, .value = type->name, .places = symbol->places, .sure = false});
  }
  return found;
}

}  // namespace eoffice::intake::rules
