// Cells 1 to 4, 10b: national title, issuing body, number and notation, date, urgency.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "eoffice/intake/find_rules.h"

namespace eoffice::intake::rules {
namespace {

constexpr double kHeadEnds = 0.42;  ///< Of the first page's height.

/// The line with the national title, or the Party's; null when there is none.
const Line* titleOf(const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    for (const auto& line : row) {
      if (line.top() > kHeadEnds) return nullptr;
      const auto& text = line.folded;
      for (const std::string_view title :
           {"cong hoa xa hoi chu nghia viet nam", "dang cong san viet nam"}) {
        const auto at = text.size() > title.size() ? text.size() - title.size() : 0;
        if (isAlike(std::string_view(text).substr(at), title)) return &line;
      }
    }
  }
  return nullptr;
}

/// Where the left column ends: beside the title. The title's line may hold the issuer's too, where
/// the columns stand close.
double borderOf(const std::vector<Row>& rows) {
  const auto* title = titleOf(rows);
  if (title == nullptr) return 0.5;
  constexpr std::size_t kTitleWords = 8;
  const auto& words = title->words;
  const auto first = words.size() > kTitleWords ? words.size() - kTitleWords : 0;
  const double begin = words[title->folded.find("dang cong san") != std::string::npos
                                 ? (words.size() > 5 ? words.size() - 5 : 0)
                                 : first]
                           .box.x;
  double end = begin - 0.04;
  for (const auto& row : rows) {
    if (std::none_of(row.begin(), row.end(), [&](const Line& line) { return &line == title; })) {
      continue;
    }
    for (const auto& line : row) {
      for (const auto& word : line.words) {
        const double right = word.box.x + word.box.width;
        if (right <= begin) end = std::max(end, right);
      }
    }
  }
  return std::clamp((begin + end) / 2, 0.25, 0.6);
}

/// A line that reaches over the border is parted at its widest gap near it, if that is a gap.
void place(const Line& line, double border, double height, Head& head) {
  const bool over = line.left() < border - 0.05 && line.right() > border + 0.05;
  std::size_t cut = 0;
  double widest = 0.9 * height;
  for (std::size_t i = 1; over && i < line.words.size(); ++i) {
    const auto& before = line.words[i - 1].box;
    const double gap = line.words[i].box.x - before.x - before.width;
    if (gap > widest && std::abs(before.x + before.width + gap / 2 - border) < 0.12) {
      widest = gap;
      cut = i;
    }
  }
  if (cut == 0) {
    (line.middle() < border ? head.left : head.right).push_back(line);
    return;
  }
  const auto middle = line.words.begin() + static_cast<std::ptrdiff_t>(cut);
  head.left.push_back(lineOf(line.page, {line.words.begin(), middle}));
  head.right.push_back(lineOf(line.page, {middle, line.words.end()}));
}

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isSign(std::string_view text) {
  return text.size() == 1 && std::string_view(":.;,").find(text[0]) != std::string_view::npos;
}

/// `Số:` and what OCR makes of it; where the number begins in the words of the line. `SỞ` folds to
/// the same, so a sign or a number has to follow, or nothing at all.
std::optional<std::size_t> afterLabel(const Line& line) {
  if (line.words.empty()) return std::nullopt;
  auto first = base::fold(line.words[0].text);
  const bool signedWord =
      !first.empty() && isSign(std::string_view(first).substr(first.size() - 1));
  if (signedWord) first.pop_back();
  if (first != "so" && first != "s6" && first != "s0" && first != "sd") return std::nullopt;
  if (line.words.size() == 1) {
    return isCapitals(line.words[0].text) && !signedWord ? std::nullopt : std::optional(1U);
  }
  const auto& next = line.words[1].text;
  if (isSign(next)) return 2;
  if (signedWord || isDigit(next.front()) || next.front() == '/') return 1;
  return std::nullopt;
}

/// All of `Số:123/UBND` where the label and the number stand in one word.
std::string withoutLabel(const std::string& text) {
  const auto folded = base::fold(text);
  for (const std::string_view label : {"so:", "s6:", "so.", "so;"}) {
    if (!folded.starts_with(label)) continue;
    const auto colon = text.find(label.back());
    if (colon != std::string::npos) return text.substr(colon + 1);
  }
  return text;
}

std::string upperD(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

/// Letters, digits, `&`, `.`, `-`, `/`; no other sign belongs into a notation.
bool isNotation(std::string_view text) {
  int letters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80 || isLetter(static_cast<char>(c))) {
      ++letters;
    } else if (!isDigit(static_cast<char>(c)) &&
               std::string_view("&.-/").find(static_cast<char>(c)) == std::string_view::npos) {
      return false;
    }
  }
  return letters >= 2;
}

/// Marks that OCR lost, in the words that notations are made of.
std::string mendedNotation(std::string text) {
  while (!text.empty() && std::string_view(".,;:-/").find(text.back()) != std::string_view::npos) {
    text.pop_back();
  }
  // texts: data begin
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kMended{
      {{"QD-", "QĐ-"},
       {"HDND", "HĐND"},
       {"HDĐND", "HĐND"},
       {"HĐDND", "HĐND"},
       {"CD-", "CĐ-"},
       {"ND-CP", "NĐ-CP"},
       {"LDTBXH", "LĐTBXH"}}};
  // texts: data end
  for (const auto& [from, to] : kMended) text = upperD(std::move(text), from, to);
  return text;
}

struct Symbol {
  std::string number;
  std::string notation;
  bool mended = false;
};

/// Of `1234/UBND-KGVX`, `12/2025/QĐ-UBND`, `123-CV/TU`, `/UBND-KGVX`.
std::optional<Symbol> symbolIn(const std::string& joined) {
  const auto slash = joined.find('/');
  if (slash == std::string::npos) return std::nullopt;
  Symbol symbol;
  symbol.notation = mendedNotation(joined.substr(slash + 1));
  if (!isNotation(symbol.notation)) return std::nullopt;
  auto number = joined.substr(0, slash);
  std::string ofParty;  // `-CV` of `123-CV/TU`
  const auto dash = number.find('-');
  if (dash != std::string::npos && dash > 0) {
    ofParty = number.substr(dash);
    number.resize(dash);
    if (!isNotation(ofParty)) ofParty.clear();
  }
  symbol.number = digitsOf(number, &symbol.mended);
  if (symbol.number.size() > 6) return std::nullopt;
  if (!symbol.number.empty()) symbol.number += ofParty;
  return symbol;
}

bool isSubjectLine(const Line& line) {
  return line.folded.starts_with("v/v") || line.folded.starts_with("ve viec");
}

/// The words after the label, without blanks; stops where the notation ends.
std::vector<Word> symbolWords(const Line& line, std::size_t from) {
  std::vector<Word> words;
  bool slashed = false;
  for (std::size_t i = from; i < line.words.size(); ++i) {
    const auto& word = line.words[i];
    // `UBND-KGVX V/v ...` on one line.
    if (slashed && word.text.find('/') != std::string::npos && !words.empty() &&
        words.back().text.back() != '/' && word.text.front() != '/') {
      break;
    }
    if (slashed && !isCapitals(word.text) && word.text != "-" && words.back().text.back() != '-' &&
        words.back().text.back() != '/') {
      break;
    }
    slashed = slashed || word.text.find('/') != std::string::npos;
    words.push_back(word);
  }
  return words;
}

std::optional<Finding> symbolFinding(const Line& line, std::size_t from) {
  const auto words = symbolWords(line, from);
  if (words.empty()) return std::nullopt;
  std::string joined;
  for (const auto& word : words) joined += word.text;
  const auto symbol = symbolIn(withoutLabel(joined));
  if (!symbol) return std::nullopt;
  auto found = finding(FoundField::Symbol, symbol->number + "/" + symbol->notation,
                       {lineOf(line.page, words)});
  if (symbol->mended || symbol->number.empty()) found.sure = false;
  return found;
}

/// The line and those at its right on the same height: a blank for the number parts them.
Line withNeighbours(const std::vector<Line>& lines, std::size_t at) {
  auto words = lines[at].words;
  for (auto i = at + 1; i < lines.size(); ++i) {
    const double middle = lines[i].top() + lines[i].box.height / 2;
    if (middle < lines[at].top() || middle > lines[at].bottom()) break;
    words.insert(words.end(), lines[i].words.begin(), lines[i].words.end());
  }
  return lineOf(lines[at].page, std::move(words));
}

/// A line of the issuing body: capitals, no mark of urgency.
bool isIssuerLine(const Line& line) {
  if (!isCapitals(line.text) || line.words.empty()) return false;
  return line.folded.find('/') == std::string::npos && line.folded.find("doc lap") != 0;
}

bool isUrgency(const std::string& folded) {
  return folded == "hoa toc" || folded == "thuong khan" || folded == "khan" ||
         folded == "hoa toc hen gio";
}

bool startsWithAny(const std::string& text, std::initializer_list<std::string_view> heads) {
  return std::any_of(heads.begin(), heads.end(),
                     [&](std::string_view head) { return text.starts_with(head); });
}

/// A body that needs the next line to be whole: `ỦY BAN NHÂN DÂN` above `TỈNH KHÁNH HÒA`.
bool needsPlace(const std::string& folded) {
  return isAlike(folded, "uy ban nhan dan") || isAlike(folded, "hoi dong nhan dan") ||
         folded == "ubnd" || folded == "hdnd";
}
/// A body of its own that may stand below a higher one.
bool beginsBody(const std::string& folded) {
  return startsWithAny(folded,
                       {"so ",        "chi cuc ",  "cuc ",      "vu ",     "phong ",     "ban ",
                        "trung tam ", "van phong", "thanh tra", "truong ", "benh vien ", "cong an ",
                        "vien ",      "bao ",      "dai ",      "quy ",    "hat ",       "kho bac ",
                        "hoi ",       "doi ",      "thue ",     "toa an ", "dang uy "}) &&
         !isAlike(folded, "hoi dong nhan dan");
}
/// A body that names what is above the next one.
bool isParent(const std::string& folded) {
  return startsWithAny(folded, {"ubnd ", "uy ban nhan dan ", "bo ", "so ", "hoi dong nhan dan ",
                                "hdnd ", "cuc ", "tong cuc", "doan dai bieu", "doan dbqh",
                                "tinh uy", "thanh uy", "dang bo ", "uy ban "});
}

}  // namespace

Head headOf(const std::vector<Row>& rows) {
  Head head{.height = usualHeight(rows)};
  const double border = borderOf(rows);
  for (const auto& row : rows) {
    for (const auto& line : row) {
      if (line.top() < kHeadEnds) place(line, border, head.height, head);
    }
  }
  return head;
}

std::string digitsOf(std::string_view text, bool* mended) {
  std::string digits;
  bool changed = false;
  bool real = false;
  for (const char c : text) {
    if (isDigit(c)) {
      digits += c;
      real = true;
    } else if (c == 'O' || c == 'o' || c == 'Q') {
      digits += '0';
      changed = true;
    } else if (c == 'l' || c == 'I' || c == '|' || c == 'i' || c == ']') {
      digits += '1';
      changed = true;
    } else if (c != ' ' && c != '.') {
      return {};
    }
  }
  if (!real) return {};
  if (mended != nullptr) *mended = *mended || changed;
  return digits;
}

std::optional<base::LocalDate> dateOf(std::string_view day, std::string_view month,
                                      std::string_view year) {
  const auto d = digitsOf(day);
  const auto m = digitsOf(month);
  const auto y = digitsOf(year);
  if (d.empty() || d.size() > 2 || m.empty() || m.size() > 2 || y.size() != 4) return std::nullopt;
  if (y < "1945" || y > "2099") return std::nullopt;
  return base::parseViDate(d + "/" + m + "/" + y);
}

// cell 3, below the issuing body: number, slash, notation.
std::optional<Finding> findSymbol(const Head& head) {
  for (std::size_t i = 0; i < head.left.size(); ++i) {
    const auto& line = head.left[i];
    if (isSubjectLine(line)) continue;
    if (const auto from = afterLabel(line)) {
      if (auto found = symbolFinding(withNeighbours(head.left, i), *from)) return found;
    } else if (withoutLabel(line.words.front().text) != line.words.front().text) {
      if (auto found = symbolFinding(line, 0)) return found;
    }
  }
  for (const auto& line : head.left) {  // The label was not read.
    if (isSubjectLine(line) || !isDigit(line.text.front())) continue;
    auto found = symbolFinding(line, 0);
    if (!found || found->value.front() == '/') continue;
    found->sure = false;
    return found;
  }
  return std::nullopt;
}

std::optional<Finding> findIssuedDate(const Head& head) {
  for (const auto& line : head.right) {
    for (std::size_t i = 0; i + 5 < line.words.size(); ++i) {
      const auto word = [&](std::size_t at) { return base::fold(line.words[i + at].text); };
      if (!isAlike(word(0), "ngay") && distance(word(0), "ngay", 1) > 1) continue;
      if (distance(word(2), "thang", 1) > 1 || distance(word(4), "nam", 1) > 1) continue;
      auto year = line.words[i + 5].text;
      while (!year.empty() && !isDigit(year.back())) year.pop_back();
      const auto date = dateOf(line.words[i + 1].text, line.words[i + 3].text, year);
      if (!date) continue;
      auto found =
          finding(FoundField::IssuedDate, base::isoDate(*date),
                  {lineOf(line.page, {line.words.begin() + static_cast<std::ptrdiff_t>(i),
                                      line.words.begin() + static_cast<std::ptrdiff_t>(i) + 6})});
      return found;
    }
  }
  return std::nullopt;
}

// cell 2, the body that issues below the one that it belongs to.
std::vector<Finding> findIssuer(const Head& head) {
  std::vector<Line> lines;
  for (const auto& line : head.left) {
    if (afterLabel(line) || isSubjectLine(line) || line.folded.find('/') != std::string::npos)
      break;
    if (!isIssuerLine(line) || isUrgency(line.folded)) continue;
    if (!lines.empty() && line.top() - lines.back().bottom() > 2.5 * head.height * 1.5) break;
    lines.push_back(line);
  }
  if (lines.empty() || lines.size() > 6) return {};
  // Where the name of the body itself begins.
  std::size_t own = 0;
  std::string above = lines[0].folded;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const bool whole = !needsPlace(above);
    if (whole && isParent(above) && beginsBody(lines[i].folded)) {
      own = i;
      above = lines[i].folded;
    } else if (whole && isParent(above) && needsPlace(lines[i].folded)) {
      own = i;
      above = lines[i].folded;
    } else {
      above += " " + lines[i].folded;
    }
  }
  const auto joined = [&](std::size_t from, std::size_t to) {
    std::string text;
    for (auto i = from; i < to; ++i) text += (text.empty() ? "" : " ") + lines[i].text;
    return readableName(text);
  };
  const auto part = [&](std::size_t from, std::size_t to) {
    return std::vector<Line>(lines.begin() + static_cast<std::ptrdiff_t>(from),
                             lines.begin() + static_cast<std::ptrdiff_t>(to));
  };
  auto name = joined(own, lines.size());
  if (needsPlace(base::fold(name))) return {};  // Whose, is not said.
  // An office bears the name of whom it serves.
  if (own > 0 && base::fold(name) == "van phong") name += " " + joined(0, own);
  std::vector<Finding> found{finding(FoundField::Issuer, std::move(name), part(own, lines.size()))};
  if (own > 0) found.push_back(finding(FoundField::IssuerParent, joined(0, own), part(0, own)));
  return found;
}

std::optional<Finding> findUrgency(const std::vector<Row>& rows) {
  constexpr double kUpperHalf = 0.5;
  for (const auto& row : rows) {
    for (const auto& line : row) {
      if (line.top() > kUpperHalf || !isCapitals(line.text)) continue;
      std::string bare;
      for (const char c : line.folded) {
        if (isLetter(c)) bare += c;
      }
      // cell 10b, a box with nothing but these words.
      const std::string_view value = bare == "hoatoc" || bare == "hoatochengio" ? "hoa_toc"
                                     : bare == "thuongkhan"                     ? "thuong_khan"
                                     : bare == "khan"                           ? "khan"
                                                                                : "";
      if (!value.empty()) return finding(FoundField::Urgency, std::string(value), {line});
    }
  }
  return std::nullopt;
}

}  // namespace eoffice::intake::rules
