// A deadline that the text sets: `trước ngày 15/12/2026`, `chậm nhất ngày 20 tháng 01 năm 2026`.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "eoffice/intake/find_rules.h"

namespace eoffice::intake::rules {
namespace {

constexpr std::size_t kContext = 25;  ///< Words before the deadline that say what it is for.
constexpr int kMostDays = 2 * 366;

/// The words of all pages in a row, each with its line.
struct Token {
  std::string folded;
  const Line* line = nullptr;
  const Word* word = nullptr;
};

std::vector<Token> tokensOf(const std::vector<std::vector<Row>>& pages) {
  std::vector<Token> tokens;
  for (const auto& rows : pages) {
    for (const auto& row : rows) {
      for (const auto& line : row) {
        for (const auto& word : line.words) tokens.push_back({base::fold(word.text), &line, &word});
      }
    }
  }
  return tokens;
}

std::string bare(const std::string& word) {
  std::string out = word;
  while (!out.empty() && std::string_view(".,;:)(\"").find(out.back()) != std::string_view::npos) {
    out.pop_back();
  }
  while (!out.empty() && std::string_view("(\"").find(out.front()) != std::string_view::npos) {
    out.erase(0, 1);
  }
  return out;
}

struct ReadDate {
  base::LocalDate date{};
  std::size_t end = 0;  ///< One past its last word.
};

/// `15/12/2026`, `15-12-2026`, `20 tháng 01 năm 2026`, `20 tháng 01/2026` at word `at`.
std::optional<ReadDate> dateAt(const std::vector<Token>& tokens, std::size_t at) {
  if (at >= tokens.size()) return std::nullopt;
  auto first = bare(tokens[at].folded);
  std::replace(first.begin(), first.end(), '-', '/');
  std::replace(first.begin(), first.end(), '.', '/');
  const auto one = first.find('/');
  if (one != std::string::npos) {
    const auto two = first.find('/', one + 1);
    if (two == std::string::npos) return std::nullopt;  // Without a year it is not clear.
    const auto date =
        dateOf(first.substr(0, one), first.substr(one + 1, two - one - 1), first.substr(two + 1));
    return date ? std::optional(ReadDate{*date, at + 1}) : std::nullopt;
  }
  if (at + 2 >= tokens.size() || distance(tokens[at + 1].folded, "thang", 1) > 1)
    return std::nullopt;
  const auto month = bare(tokens[at + 2].folded);
  if (const auto slash = month.find('/'); slash != std::string::npos) {
    const auto date = dateOf(first, month.substr(0, slash), month.substr(slash + 1));
    return date ? std::optional(ReadDate{*date, at + 3}) : std::nullopt;
  }
  if (at + 4 >= tokens.size() || distance(tokens[at + 3].folded, "nam", 1) > 1) return std::nullopt;
  const auto date = dateOf(first, month, bare(tokens[at + 4].folded));
  return date ? std::optional(ReadDate{*date, at + 5}) : std::nullopt;
}

bool isTime(const std::string& word) {  // `17h00`, `17`, `giờ`, `00`
  return word == "gio" || word == "phut" ||
         (!word.empty() && word.find_first_not_of("0123456789hg:'") == std::string::npos);
}

enum class Weight { None, Needs, Alone };  ///< Needs: only where the context is right.

/// What stands before `ngày` or the date itself.
Weight weightBefore(const std::vector<Token>& tokens, std::size_t at, std::size_t& begin) {
  auto i = at;
  const auto before = [&](std::size_t back) {
    return i >= back ? bare(tokens[i - back].folded) : std::string();
  };
  if (before(1) == "ngay") --i;
  while (i > 0 && isTime(before(1))) --i;
  while (i > 0 && (before(1) == "la" || before(1) == "vao" || before(1) == "het" ||
                   before(1) == "den" || before(1) == "trong")) {
    --i;
  }
  begin = i > 0 ? i - 1 : 0;
  if (before(1) == "truoc") return Weight::Needs;
  if (before(1) == "nhat" && (before(2) == "cham" || before(2) == "muon")) {
    begin = i - 2;
    return Weight::Alone;
  }
  if (before(1) == "han" || (before(2) == "han" && before(1) != "nam")) {
    begin = before(1) == "han" ? i - 1 : i - 2;
    return Weight::Alone;
  }
  return Weight::None;
}

bool isOneOf(const std::string& pair, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return pair == w; });
}

enum class Context { Asks, Says, Unclear };

/// Does the sentence ask for something until then, or tell of something?
Context contextBefore(const std::vector<Token>& tokens, std::size_t begin) {
  auto context = Context::Unclear;
  const auto from = begin > kContext ? begin - kContext : 0;
  for (auto i = begin; i-- > from;) {
    const auto& raw = tokens[i].folded;
    if (i + 1 < begin && !raw.empty() && (raw.back() == '.' || raw.back() == ';')) break;
    const auto word = bare(raw);
    const auto pair = i + 1 < tokens.size() ? word + " " + bare(tokens[i + 1].folded) : word;
    if (isOneOf(pair, {"ban hanh", "hieu luc", "sinh ra", "duoc cap", "thanh lap", "phat sinh"}) ||
        isOneOf(word, {"da", "ke", "sinh"})) {
      return Context::Says;
    }
    if (isOneOf(pair, {"bao cao", "hoan thanh", "tra loi", "y kien", "gop y", "tham gia", "dang ky",
                       "cung cap", "tong hop", "de xuat", "phuc dap", "xong truoc", "ket qua",
                       "thuc hien"}) ||
        isOneOf(word, {"gui", "trinh", "nop", "ve"})) {
      context = Context::Asks;
    }
  }
  return context;
}

std::vector<Line> linesBetween(const std::vector<Token>& tokens, std::size_t begin,
                               std::size_t end) {
  std::vector<Line> lines;
  std::vector<Word> words;
  for (auto i = begin; i < end; ++i) {
    words.push_back(*tokens[i].word);
    if (i + 1 < end && tokens[i + 1].line == tokens[i].line) continue;
    lines.push_back(lineOf(tokens[i].line->page, std::exchange(words, {})));
  }
  return lines;
}

}  // namespace

std::optional<Finding> findDueDate(const std::vector<std::vector<Row>>& pages,
                                   std::optional<base::LocalDate> issued) {
  if (!issued) return std::nullopt;  // Which dates lie ahead cannot be told.
  const auto tokens = tokensOf(pages);
  std::map<std::string, Finding> found;  // By day: the earliest first.
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const auto read = dateAt(tokens, i);
    if (!read) continue;
    const int days = base::daysBetween(*issued, read->date);
    if (days <= 0 || days > kMostDays) continue;
    std::size_t begin = 0;
    const auto weight = weightBefore(tokens, i, begin);
    if (weight == Weight::None) continue;
    const auto context = contextBefore(tokens, begin);
    if (context == Context::Says || (weight == Weight::Needs && context == Context::Unclear)) {
      continue;
    }
    const auto day = base::isoDate(read->date);
    found.emplace(day, finding(FoundField::DueDate, day, linesBetween(tokens, begin, read->end)));
  }
  if (found.empty()) return std::nullopt;
  auto earliest = found.begin()->second;
  if (found.size() > 1) earliest.sure = false;  // Several: whose is the document's, a person says.
  return earliest;
}

}  // namespace eoffice::intake::rules
