// The file of `eoffice import people` as values, checked as far as it goes without the directory.
// Pure; for the import of this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eoffice/directory/account_rows.h"
#include "eoffice/directory/import.h"
#include "eoffice/directory/import_table.h"

namespace eoffice::directory {

/// One post of one person.
struct PeopleFileRow {
  std::size_t line = 0;
  PersonRow person;
  std::string agency, unit;
  std::string password;
  PostRow post;  ///< Person, agency and unit are found later.
};

struct PeopleFile {
  bool whole = true;  ///< No record was left out for its form.
  std::vector<PeopleFileRow> rows;
  bool hasMail = false;
  bool hasPhone = false;
};

/// Faults go to `faults`. A `password` column is refused but for demonstrations.
[[nodiscard]] PeopleFile readPeopleFile(std::string_view csv, InitialPasswords passwords,
                                        ImportFaults& faults);

}  // namespace eoffice::directory
