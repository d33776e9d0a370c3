// The file of `eoffice import units` as values, each row checked by itself. What rows say of each
// other and of the directory is checked in unit_import.cpp. Pure; for the import of this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eoffice/directory/agencies.h"
#include "eoffice/directory/import_table.h"

namespace eoffice::directory {

struct UnitFileRow {
  std::size_t line = 0;
  bool isUnit = false;    ///< Kind `unit`: inside an agency. Otherwise an agency.
  std::string code;       ///< As written; codes are compared by codeKey().
  std::string parent;     ///< Code; empty at the top.
  std::string successor;  ///< Code; empty for none.
  Agency values;          ///< What the row says; ids are not set.
};

struct UnitFile {
  bool whole = true;  ///< No record was left out for its form.
  std::vector<UnitFileRow> rows;
  // Columns that the file has: what it does not have stays as it is in the directory.
  bool hasQcvn = false;
  bool hasNotation = false;
  bool hasHosted = false;
  bool hasFrom = false;
  bool hasTo = false;
  bool hasSuccessor = false;
  bool hasAddress = false;
  bool hasPhone = false;
  bool hasMail = false;
  bool hasWebsite = false;
};

/// Faults go to `faults`; rows with faults are left in, so that the others find their parents.
[[nodiscard]] UnitFile readUnitFile(std::string_view csv, ImportFaults& faults);

/// How codes compare: ASCII letters alike in both cases.
[[nodiscard]] std::string codeKey(std::string_view code);

}  // namespace eoffice::directory
