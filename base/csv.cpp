#include "base/csv.h"

#include <algorithm>

#include "base/text.h"

namespace base {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

// A spreadsheet with a comma as its decimal sign (the Vietnamese locale) writes semicolons: the
// header tells which, by its first separator outside of quotes.
char separatorOf(std::string_view text) {
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;  // a doubled quote closes and opens again
    if (quoted) continue;
    if (c == ',' || c == ';' || c == '\t') return c;
    if (c == '\r' || c == '\n') break;
  }
  return ',';
}

// Whether a line ends with the character at `at`: LF, CRLF's LF, or a CR alone.
bool endsLine(std::string_view text, std::size_t at) {
  return text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n'));
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), separator_(separatorOf(text)) {}

  bool atEnd() const { return at_ >= text_.size(); }
  std::size_t line() const { return line_; }

  CsvRecord record(std::vector<CsvFault>& faults) {
    CsvRecord record{line_, {}};
    do record.fields.push_back(field(record.line, faults));
    while (take(separator_));
    endOfLine();
    return record;
  }

 private:
  bool take(char c) {
    if (atEnd() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool atFieldEnd() const {
    return atEnd() || text_[at_] == separator_ || text_[at_] == '\n' || text_[at_] == '\r';
  }

  void endOfLine() {
    const bool carriage = take('\r');
    if (take('\n') || carriage) ++line_;
  }

  std::string field(std::size_t recordLine, std::vector<CsvFault>& faults) {
    if (take('"')) return quoted(recordLine, faults);
    const std::size_t begin = at_;
    bool stray = false;
    for (; !atFieldEnd(); ++at_) stray |= text_[at_] == '"';
    if (stray) faults.push_back({CsvFault::Kind::StrayQuote, recordLine});
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string quoted(std::size_t recordLine, std::vector<CsvFault>& faults) {
    std::string value;
    for (; !atEnd(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        if (atEnd() || text_[at_] != '"') return closed(std::move(value), recordLine, faults);
      }
      if (endsLine(text_, at_)) ++line_;
      value += c;
    }
    faults.push_back({CsvFault::Kind::OpenQuote, recordLine});
    return value;
  }

  std::string closed(std::string value, std::size_t recordLine, std::vector<CsvFault>& faults) {
    if (!atFieldEnd()) faults.push_back({CsvFault::Kind::StrayQuote, recordLine});
    while (!atFieldEnd()) ++at_;
    return value;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

bool isEmptyLine(const CsvRecord& record) {
  return record.fields.size() == 1 && record.fields.front().empty();
}

// Lines that cannot be read as text, in order.
std::vector<CsvFault> unreadableLines(std::string_view text) {
  std::vector<CsvFault> faults;
  std::size_t line = 1;
  for (std::size_t at = 0; at < text.size(); ++line) {
    std::size_t end = at;
    while (end < text.size() && !endsLine(text, end)) ++end;
    const auto content = text.substr(at, end - at);
    if (!isUtf8(content)) {
      faults.push_back({CsvFault::Kind::NotUtf8, line});
    } else if (content.find('\0') != content.npos) {
      faults.push_back({CsvFault::Kind::NulByte, line});
    }
    at = end + 1;
  }
  return faults;
}

}  // namespace

Csv parseCsv(std::string_view text) {
  Csv csv;
  if (text.starts_with(kBom)) text.remove_prefix(kBom.size());
  csv.faults = unreadableLines(text);
  const auto unreadable = csv.faults.size();
  std::size_t passed = 0;  // how many of those the reader has passed

  Reader reader(text);
  while (!reader.atEnd()) {
    const auto before = csv.faults.size();
    CsvRecord record = reader.record(csv.faults);
    bool good = csv.faults.size() == before;
    while (passed < unreadable && csv.faults[passed].line < reader.line()) {
      good = false;
      ++passed;
    }
    if (reader.atEnd() && passed < unreadable) good = false;  // a last line without an end
    if (isEmptyLine(record)) continue;
    if (csv.header.empty()) {
      csv.header = std::move(record.fields);
    } else if (good && record.fields.size() != csv.header.size()) {
      csv.faults.push_back({CsvFault::Kind::WrongWidth, record.line});
    } else if (good) {
      csv.records.push_back(std::move(record));
    }
  }
  return csv;
}

}  // namespace base
