// `eoffice import units|people FILE.csv`: a whole file or nothing, every fault of the file at once
// with its line, the same file again changes nothing. The columns: docs/directory.md.
// Opens its own transaction. Memory grows with the file (130,000 agencies: about 100 MB).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/crypto/password.h"
#include "base/db/database.h"
#include "base/result.h"
#include "eoffice/directory/accounts.h"

namespace eoffice::directory {

struct ImportCounts {
  std::size_t created = 0;
  std::size_t changed = 0;
  std::size_t unchanged = 0;
};

/// Codes `import.…`, each with fact `line` (first line of the file is 1; the header) and the others
/// that its sentence names. The first fault carries the rest (`Refusal::others`); after 200 faults
/// the last is `import.more_faults` with their `count`.
[[nodiscard]] base::Result<ImportCounts> importUnits(base::db::Database& database,
                                                     const base::Clock& clock, const Actor& actor,
                                                     std::string_view csv);

/// Where the passwords of new accounts come from. Existing accounts keep theirs.
enum class InitialPasswords : std::uint8_t {
  None,          ///< No sign-in until `eoffice user reset`.
  Random,        ///< Returned once; must be changed at the first sign-in.
  Demonstration  ///< The file's `password` column, no change asked for. Never in production.
};

struct PeopleImport {
  ImportCounts people;
  ImportCounts posts;
  std::vector<InitialPassword> passwords;  ///< Of `InitialPasswords::Random`.
};

[[nodiscard]] base::Result<PeopleImport> importPeople(base::db::Database& database,
                                                      const base::Clock& clock, const Actor& actor,
                                                      std::string_view csv,
                                                      InitialPasswords passwords,
                                                      const base::PasswordOptions& costs);

}  // namespace eoffice::directory
