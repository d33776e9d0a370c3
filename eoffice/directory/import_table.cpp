#include "eoffice/directory/import_table.h"

#include <algorithm>

#include "base/text.h"

namespace eoffice::directory {
namespace {

constexpr std::size_t kMostFaults = 200;
constexpr std::size_t kShownCharacters = 60;  // Of a wrong value, in its sentence.

const char* codeOf(base::CsvFault::Kind kind) {
  switch (kind) {
    case base::CsvFault::Kind::NotUtf8:
      return "import.not_utf8";
    case base::CsvFault::Kind::NulByte:
      return "import.control_character";
    case base::CsvFault::Kind::OpenQuote:
      return "import.open_quote";
    case base::CsvFault::Kind::StrayQuote:
      return "import.stray_quote";
    case base::CsvFault::Kind::WrongWidth:
      return "import.wrong_width";
  }
  return "";
}

bool isUnreadable(const base::CsvFault& fault) {
  return fault.kind == base::CsvFault::Kind::NotUtf8 || fault.kind == base::CsvFault::Kind::NulByte;
}

bool isControl(char c) { return (c >= 0 && c < ' ') || c == 0x7f; }

}  // namespace

void ImportFaults::add(std::string code, std::size_t line, std::string column, Facts facts) {
  facts.insert(facts.begin(), {"line", std::to_string(line)});
  if (!column.empty()) facts.emplace_back("column", column);
  faults_.push_back(
      {line, {base::RefusalKind::Invalid, std::move(code), std::move(column), std::move(facts)}});
}

void ImportFaults::add(ImportFaults more) {
  std::move(more.faults_.begin(), more.faults_.end(), std::back_inserter(faults_));
}

tl::unexpected<base::Refusal> ImportFaults::refuse() && {
  std::stable_sort(faults_.begin(), faults_.end(),
                   [](const Fault& a, const Fault& b) { return a.line < b.line; });
  std::vector<base::Refusal> told;
  for (Fault& fault : faults_) {
    if (told.size() == kMostFaults) break;
    told.push_back(std::move(fault.refusal));
  }
  if (faults_.size() > told.size()) {
    told.push_back({base::RefusalKind::Invalid,
                    "import.more_faults",
                    {},
                    {{"line", std::to_string(faults_[kMostFaults].line)},
                     {"count", std::to_string(faults_.size() - told.size())}}});
  }
  return base::refuseAll(std::move(told));
}

ImportTable::ImportTable(std::string_view csv, std::span<const ImportColumn> columns,
                         ImportFaults& faults)
    : csv_(base::parseCsv(csv)) {
  for (const auto& fault : csv_.faults) faults.add(codeOf(fault.kind), fault.line, {});
  const bool isText = std::none_of(csv_.faults.begin(), csv_.faults.end(), isUnreadable);
  ImportFaults ofHeader;
  readHeader(columns, ofHeader);
  if (ofHeader.any()) csv_.records.clear();
  // A picture has no header either: that its lines are no text is enough.
  if (isText) faults.add(std::move(ofHeader));
  whole_ = !faults.any();
}

void ImportTable::readHeader(std::span<const ImportColumn> columns, ImportFaults& faults) {
  for (std::size_t i = 0; i < csv_.header.size(); ++i) {
    const auto title = base::lowerAscii(base::squeezed(csv_.header[i]));
    const auto column = std::find_if(columns.begin(), columns.end(),
                                     [&](const ImportColumn& c) { return c.name == title; });
    if (column == columns.end()) {
      faults.add("import.column_unknown", 1, base::firstCharacters(title, kShownCharacters));
    } else if (!positions_.emplace(column->name, i).second) {
      faults.add("import.column_twice", 1, title);
    }
  }
  for (const auto& column : columns) {
    if (column.required && !has(column.name)) {
      faults.add("import.column_missing", 1, std::string(column.name));
    }
  }
}

std::string ImportRow::text(std::string_view column, std::size_t most) {
  const auto position = table_.positions_.find(column);
  if (position == table_.positions_.end()) return {};
  auto value = base::toNfc(base::squeezed(record_.fields[position->second]));
  if (std::any_of(value.begin(), value.end(), isControl)) {
    fault("import.control_character", std::string(column));
  }
  if (base::lengthInCharacters(value) > most) {
    fault("import.too_long", std::string(column), {{"most", std::to_string(most)}});
  }
  return value;
}

std::string ImportRow::needed(std::string_view column, std::size_t most) {
  auto value = text(column, most);
  if (value.empty()) fault("import.missing", std::string(column));
  return value;
}

std::optional<base::LocalDate> ImportRow::date(std::string_view column) {
  const auto value = text(column, kShownCharacters);
  if (value.empty()) return std::nullopt;
  auto day = base::parseIsoDate(value);
  if (!day) day = base::parseViDate(value);
  if (!day) fault("import.date", std::string(column), {{"value", value}});
  return day;
}

bool ImportRow::flag(std::string_view column) {
  const auto value = text(column, kShownCharacters);
  if (value == "1") return true;
  if (!value.empty() && value != "0") fault("import.flag", std::string(column), {{"value", value}});
  return false;
}

void ImportRow::fault(std::string code, std::string column, ImportFaults::Facts facts) {
  for (auto& [name, value] : facts) value = base::firstCharacters(value, kShownCharacters);
  faults_.add(std::move(code), record_.line, std::move(column), std::move(facts));
}

}  // namespace eoffice::directory
