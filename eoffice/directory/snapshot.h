// The directory as an import finds it: enough of every agency and unit to resolve references, and
// all of those that the file names. For the imports of this folder.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/db/database.h"
#include "eoffice/directory/agencies.h"

namespace eoffice::directory {

struct Snapshot {
  struct Known {
    AgencyId id;
    int level = 0;
    bool hosted = false;
  };
  // Keys are codeKey() of the code.
  std::unordered_map<std::string, Known> agencies;
  std::unordered_map<std::string, Agency> inFile;
  std::unordered_map<std::string, AgencyId> byQcvn;  ///< Of agencies that are not in the file.
  std::unordered_map<std::string, Unit> units;
  std::unordered_map<std::int64_t, std::int64_t> successors;      ///< Agency to agency.
  std::unordered_map<std::int64_t, std::int64_t> unitSuccessors;  ///< Unit to unit.
  std::int64_t lastAgency = 0;
  std::int64_t lastUnit = 0;
};

/// `codes`: keys of the agencies to read whole.
[[nodiscard]] Snapshot readSnapshot(base::db::Session& session,
                                    const std::unordered_set<std::string>& codes);

}  // namespace eoffice::directory
