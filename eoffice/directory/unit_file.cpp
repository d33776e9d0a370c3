#include "eoffice/directory/unit_file.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "eoffice/directory/accounts.h"
#include "eoffice/directory/codes.h"

namespace eoffice::directory {
namespace {

constexpr std::array kColumns{
    ImportColumn{"code", true}, ImportColumn{"parent", true}, ImportColumn{"level", true},
    ImportColumn{"kind", true}, ImportColumn{"short", true},  ImportColumn{"name", true},
    ImportColumn{"code_qcvn"},  ImportColumn{"notation"},     ImportColumn{"hosted"},
    ImportColumn{"valid_from"}, ImportColumn{"valid_to"},     ImportColumn{"successor"},
    ImportColumn{"address"},    ImportColumn{"phone"},        ImportColumn{"mail"},
    ImportColumn{"website"},
};

constexpr std::size_t kLongestAgencyCode = 35;
constexpr std::size_t kLongestUnitCode = 64;
constexpr std::size_t kLongestName = 300;
constexpr std::size_t kLongestShort = 50;
constexpr std::size_t kLongestNotation = 30;
constexpr std::size_t kLongestPhone = 50;
constexpr std::size_t kLongestAddress = 300;
constexpr std::size_t kLongestMail = 200;
constexpr std::string_view kUnitKind = "unit";

bool isUnitCode(std::string_view code) {
  return !code.empty() && code.front() != '.' && code.back() != '.' &&
         std::all_of(code.begin(), code.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-' || c == '_';
         });
}

// In a document's symbol, groups are separated by hyphens and the number by a slash.
bool isNotation(std::string_view notation) { return notation.find_first_of(" /") == notation.npos; }

int readLevel(ImportRow& row, bool isUnit) {
  const auto text = row.text("level", kLongestShort);
  if (isUnit && text.empty()) return 1;
  if (text.size() == 1 && text[0] >= '1' && text[0] <= '9') return text[0] - '0';
  row.fault("import.level", "level", {{"value", text}});
  return 1;
}

void readKind(ImportRow& row, UnitFileRow& read) {
  const auto text = row.needed("kind", kLongestShort);
  read.isUnit = text == kUnitKind;
  if (read.isUnit || text.empty()) return;
  if (const auto kind = agencyKind(text)) {
    read.values.kind = *kind;
  } else {
    row.fault("import.kind", "kind", {{"value", text}});
  }
}

void readCodes(ImportRow& row, UnitFileRow& read) {
  read.code = row.needed("code", read.isUnit ? kLongestUnitCode : kLongestAgencyCode);
  read.parent = row.text("parent", kLongestUnitCode);
  read.successor = row.text("successor", kLongestUnitCode);
  read.values.hosted = row.flag("hosted");
  if (read.code.empty()) return;
  // strict for the codes that we issue, open for what others are called on the axis.
  const bool wellFormed = read.isUnit          ? isUnitCode(read.code)
                          : read.values.hosted ? isQd20Code(read.code)
                                               : isQd20Code(read.code) || isAxisCode(read.code);
  if (!wellFormed) row.fault("import.code_form", "code", {{"code", read.code}});
  if (read.isUnit && read.parent.empty()) row.fault("import.missing", "parent");
  if (read.isUnit && read.values.hosted) row.fault("import.unit_hosted", "hosted");

  read.values.codeQd20 = read.code;
  read.values.codeQcvn = row.text("code_qcvn", kLongestShort);
  if (!read.values.codeQcvn.empty() && (read.isUnit || !isQcvnCode(read.values.codeQcvn))) {
    row.fault("import.code_qcvn_form", "code_qcvn", {{"code", read.values.codeQcvn}});
  }
}

void readNames(ImportRow& row, UnitFileRow& read) {
  read.values.name = row.needed("name", kLongestName);
  read.values.shortName = row.text("short", kLongestShort);
  read.values.notation = row.text("notation", kLongestNotation);
  if (!isNotation(read.values.notation)) {
    row.fault("import.notation", "notation", {{"value", read.values.notation}});
  }
  if (read.values.notation.empty() && isNotation(read.values.shortName)) {
    read.values.notation = base::firstCharacters(read.values.shortName, kLongestNotation);
  }
  read.values.address = row.text("address", kLongestAddress);
  read.values.phone = row.text("phone", kLongestPhone);
  read.values.mail = row.text("mail", kLongestMail);
  if (!read.values.mail.empty() && !isMail(read.values.mail)) {
    row.fault("import.mail", "mail", {{"value", read.values.mail}});
  }
  read.values.website = row.text("website", kLongestMail);
}

void readValidity(ImportRow& row, UnitFileRow& read) {
  read.values.validity.from = row.date("valid_from");
  read.values.validity.to = row.date("valid_to");
}

}  // namespace

std::string codeKey(std::string_view code) { return base::lowerAscii(code); }

UnitFile readUnitFile(std::string_view csv, ImportFaults& faults) {
  const ImportTable table(csv, kColumns, faults);
  UnitFile file;
  file.whole = table.whole();
  file.hasQcvn = table.has("code_qcvn");
  file.hasNotation = table.has("notation");
  file.hasHosted = table.has("hosted");
  file.hasFrom = table.has("valid_from");
  file.hasTo = table.has("valid_to");
  file.hasSuccessor = table.has("successor");
  file.hasAddress = table.has("address");
  file.hasPhone = table.has("phone");
  file.hasMail = table.has("mail");
  file.hasWebsite = table.has("website");
  file.rows.reserve(table.records().size());
  for (const auto& record : table.records()) {
    ImportRow row(table, record, faults);
    UnitFileRow read;
    read.line = row.line();
    readKind(row, read);
    readCodes(row, read);
    readNames(row, read);
    read.values.level = readLevel(row, read.isUnit);
    readValidity(row, read);
    file.rows.push_back(std::move(read));
  }
  return file;
}

}  // namespace eoffice::directory
