// Whether work given to a unit or a post reaches somebody on a day: the head of the unit, what
// became of a unit that has ended, who is away and who stands in. For many at once, one query each.
// Knows nothing of documents. The caller owns the transaction.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "base/time.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/delegation.h"
#include "eoffice/ids.h"

namespace eoffice::directory {

struct UnitReach {
  UnitId unit;
  AgencyId agency;
  std::string name;
  Validity validity;
  std::string successorName;  ///< Empty: none.
  PostId head;                ///< On that day; not valid: nobody heads it.
  std::string headName;
};
/// Of all `units` that exist.
[[nodiscard]] std::map<UnitId, UnitReach> reachOf(base::db::Session& session,
                                                  const std::vector<UnitId>& units,
                                                  base::LocalDate day);
/// Units of the agency that are valid on `day` and have a head, by name.
[[nodiscard]] std::vector<UnitReach> reachableUnits(base::db::Session& session, AgencyId agency,
                                                    base::LocalDate day);

/// The unit itself and those below it, however deep, that are valid on `day`.
[[nodiscard]] std::set<UnitId> unitsBelow(base::db::Session& session, UnitId unit,
                                          base::LocalDate day);

struct Away {
  base::LocalDate until{};  ///< The last day, as far as it is known on `day`.
  PostId standIn;           ///< Not valid: nobody was named.
  std::string standInName;
};
/// Those of `posts` whose holder is away on `day`, or has somebody stand in for that scope.
[[nodiscard]] std::map<PostId, Away> awayOf(base::db::Session& session,
                                            const std::vector<PostId>& posts, Scope scope,
                                            base::LocalDate day);

}  // namespace eoffice::directory
