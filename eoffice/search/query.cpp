#include "eoffice/search/query.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>

#include "base/text.h"

namespace eoffice::search {
namespace {

using base::LocalDate;
using base::RefusalKind;

enum class Filter : std::uint8_t { Words, Attribute, Code, Year, From, To, Day };

struct FieldName {
  std::string_view name;
  Filter filter;
  Part part = Part::Anywhere;
  Attribute attribute = Attribute::Number;
};

// texts: data begin
constexpr auto kFields = std::to_array<FieldName>({
    {"trichyeu", Filter::Words, Part::Subject},
    {"subject", Filter::Words, Part::Subject},
    {"coquan", Filter::Words, Part::Issuer},
    {"noibanhanh", Filter::Words, Part::Issuer},
    {"issuer", Filter::Words, Part::Issuer},
    {"nguoiky", Filter::Words, Part::Signer},
    {"signer", Filter::Words, Part::Signer},
    {"noinhan", Filter::Words, Part::Receivers},
    {"receiver", Filter::Words, Part::Receivers},
    {"butphe", Filter::Words, Part::Instruction},
    {"instruction", Filter::Words, Part::Instruction},
    {"ghichu", Filter::Words, Part::Note},
    {"note", Filter::Words, Part::Note},
    {"tep", Filter::Words, Part::File},
    {"file", Filter::Words, Part::File},
    {"so", Filter::Attribute, {}, Attribute::Number},
    {"number", Filter::Attribute, {}, Attribute::Number},
    {"soden", Filter::Attribute, {}, Attribute::ArrivalNumber},
    {"arrival", Filter::Attribute, {}, Attribute::ArrivalNumber},
    {"kyhieu", Filter::Attribute, {}, Attribute::Symbol},
    {"symbol", Filter::Attribute, {}, Attribute::Symbol},
    {"loai", Filter::Attribute, {}, Attribute::Type},
    {"type", Filter::Attribute, {}, Attribute::Type},
    {"khan", Filter::Code, {}, Attribute::Urgency},
    {"urgency", Filter::Code, {}, Attribute::Urgency},
    {"trangthai", Filter::Code, {}, Attribute::State},
    {"state", Filter::Code, {}, Attribute::State},
    {"huong", Filter::Code, {}, Attribute::Direction},
    {"direction", Filter::Code, {}, Attribute::Direction},
    {"nam", Filter::Year, {}, Attribute::Year},
    {"year", Filter::Year, {}, Attribute::Year},
    {"tu", Filter::From},
    {"from", Filter::From},
    {"den", Filter::To},
    {"to", Filter::To},
    {"ngay", Filter::Day},
    {"date", Filter::Day},
});
// texts: data end

const FieldName* fieldNamed(std::string_view text) {
  const auto name = base::fold(text);
  const auto* found = std::find_if(kFields.begin(), kFields.end(),
                                   [&](const FieldName& field) { return field.name == name; });
  return found == kFields.end() ? nullptr : found;
}

struct Token {
  bool excluded = false;
  std::string field;  ///< As it was typed; empty: none.
  const FieldName* known = nullptr;
  std::string value;
  bool quoted = false;
};

constexpr std::string_view kLeft = "\xE2\x80\x9C", kRight = "\xE2\x80\x9D";  // “ ”

// Length of the quotation mark that stands at `at`; 0: none.
std::size_t quoteAt(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '"') return 1;
  const auto three = text.substr(std::min(at, text.size()), 3);
  return three == kLeft || three == kRight ? 3 : 0;
}

// Cuts a text into tokens: by spaces, with quotation marks around what belongs together. A mark
// that nobody closes reaches to the end.
class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  std::optional<Token> next() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    if (at_ >= text_.size()) return std::nullopt;
    Token token;
    if (text_[at_] == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ' ') {
      token.excluded = true;
      ++at_;
    }
    readField(token);
    readValue(token);
    return token;
  }

 private:
  void readField(Token& token) {
    const auto end = text_.find_first_of(": \"", at_);
    if (end == std::string_view::npos || text_[end] != ':' || end == at_) return;
    if (end + 1 >= text_.size() || text_[end + 1] == ' ') return;
    const auto* known = fieldNamed(text_.substr(at_, end - at_));
    if (known == nullptr) return;
    token.field = std::string(text_.substr(at_, end - at_));
    token.known = known;
    at_ = end + 1;
  }

  void readValue(Token& token) {
    if (const auto mark = quoteAt(text_, at_); mark != 0) {
      at_ += mark;
      const auto begin = at_;
      while (at_ < text_.size() && quoteAt(text_, at_) == 0) ++at_;
      token.value = std::string(text_.substr(begin, at_ - begin));
      token.quoted = true;
      at_ += quoteAt(text_, at_);
      return;
    }
    const auto begin = at_;
    while (at_ < text_.size() && text_[at_] != ' ' && quoteAt(text_, at_) == 0) ++at_;
    token.value = std::string(text_.substr(begin, at_ - begin));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

struct Days {
  LocalDate first, last;
};

std::optional<int> digits(std::string_view text, std::size_t least, std::size_t most) {
  int value = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (text.size() < least || text.size() > most || read.ec != std::errc{} || read.ptr != end ||
      value < 0) {
    return std::nullopt;
  }
  return value;
}

// `1/10/2026`, `2026-10-01`; a month `10/2026`; a year `2026`.
std::optional<Days> daysOf(const std::string& text) {
  using std::chrono::month;
  using std::chrono::year;
  if (auto day = base::parseViDate(text)) return Days{*day, *day};
  if (auto day = base::parseIsoDate(text)) return Days{*day, *day};
  if (const auto only = digits(text, 4, 4); only && *only > 0) {
    return Days{LocalDate(year(*only), month(1), std::chrono::day(1)),
                LocalDate(year(*only), month(12), std::chrono::day(31))};
  }
  const auto slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const auto m = digits(std::string_view(text).substr(0, slash), 1, 2);
  const auto y = digits(std::string_view(text).substr(slash + 1), 4, 4);
  if (!m || !y || *m < 1 || *m > 12 || *y == 0) return std::nullopt;
  const auto last = std::chrono::year_month_day_last(
      year(*y), std::chrono::month_day_last(month(static_cast<unsigned>(*m))));
  return Days{LocalDate(year(*y), month(static_cast<unsigned>(*m)), std::chrono::day(1)),
              LocalDate(last)};
}

class Parser {
 public:
  explicit Parser(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  void take(const Token& token) {
    Condition condition{.excluded = token.excluded};
    if (token.known == nullptr || token.known->filter == Filter::Words) {
      takeWords(token, std::move(condition));
    } else if (token.known->filter == Filter::Attribute) {
      takeAttribute(token, std::move(condition));
    } else if (token.known->filter == Filter::Code) {
      takeCode(token, std::move(condition));
    } else if (token.known->filter == Filter::Year) {
      const auto year = digits(token.value, 4, 4);
      if (!year) return fault("search.bad_year", token);
      add(std::move(condition), Attribute::Year, std::to_string(*year));
    } else {
      takeDays(token, std::move(condition));
    }
  }

  base::Result<Conditions> result() {
    if (!faults_.empty()) return base::refuseAll(std::move(faults_));
    std::size_t count = 0;
    for (const auto& condition : conditions_) {
      count += std::max<std::size_t>(condition.words.size(), 1);
    }
    if (count > kMostConditions) {
      return base::refuse(RefusalKind::Invalid, "search.too_many_words", "q",
                          {{"most", std::to_string(kMostConditions)}});
    }
    return std::move(conditions_);
  }

 private:
  void takeWords(const Token& token, Condition condition) {
    if (token.known != nullptr) condition.part = token.known->part;
    condition.words = wordsOf(token.value);
    if (condition.words.empty()) return;
    // `1234/UBND-KGVX` is typed without spaces: its parts belong together.
    condition.phrase = condition.words.size() > 1;
    condition.prefix = token.value.ends_with('*');
    conditions_.push_back(std::move(condition));
  }

  void takeAttribute(const Token& token, Condition condition) {
    auto which = token.known->attribute;
    const auto words = wordsOf(token.value);
    if (words.empty()) return;
    // A symbol behind `so:`, or a notation without its number behind `kyhieu:`.
    if (which == Attribute::Number && words.size() > 1) which = Attribute::Symbol;
    add(std::move(condition), which, foldedWords(token.value));
  }

  void takeCode(const Token& token, Condition condition) {
    const auto& words = token.known->attribute == Attribute::Urgency ? vocabulary_.urgencies
                        : token.known->attribute == Attribute::State ? vocabulary_.states
                                                                     : vocabulary_.directions;
    auto key = foldedWords(token.value);
    std::erase(key, ' ');
    const auto found = words.find(key);
    if (found == words.end()) return fault("search.unknown_value", token);
    add(std::move(condition), token.known->attribute, std::to_string(found->second));
  }

  void takeDays(const Token& token, Condition condition) {
    const auto found = daysOf(token.value);
    if (!found) return fault("search.bad_date", token);
    condition.kind = Condition::Kind::Days;
    if (token.known->filter != Filter::To) condition.from = found->first;
    if (token.known->filter != Filter::From) condition.to = found->last;
    conditions_.push_back(std::move(condition));
  }

  void add(Condition condition, Attribute which, std::string value) {
    condition.kind = Condition::Kind::Attribute;
    condition.attribute = which;
    condition.value = std::move(value);
    conditions_.push_back(std::move(condition));
  }

  void fault(std::string code, const Token& token) {
    faults_.push_back({RefusalKind::Invalid,
                       std::move(code),
                       "q",
                       {{"field", token.field}, {"value", token.value}},
                       {}});
  }

  const Vocabulary& vocabulary_;
  Conditions conditions_;
  std::vector<base::Refusal> faults_;
};

}  // namespace

base::Result<Conditions> parseQuery(std::string_view text, const Vocabulary& vocabulary) {
  const auto squeezed = base::squeezed(text);
  Parser parser(vocabulary);
  Cutter cutter(squeezed);
  while (const auto token = cutter.next()) parser.take(*token);
  return parser.result();
}

Conditions whileTyping(Conditions conditions, std::string_view text) {
  if (text.empty() || text.back() == ' ' || text.back() == '"' || text.ends_with(kRight)) {
    return conditions;
  }
  if (!conditions.empty() && conditions.back().kind == Condition::Kind::Words) {
    conditions.back().prefix = true;
  }
  return conditions;
}

Condition attribute(Attribute which, std::string value) {
  Condition condition{.kind = Condition::Kind::Attribute};
  condition.attribute = which;
  condition.value = std::move(value);
  return condition;
}

Condition days(LocalDate from, LocalDate to) {
  Condition condition{.kind = Condition::Kind::Days};
  condition.from = from;
  condition.to = to;
  return condition;
}

}  // namespace eoffice::search
