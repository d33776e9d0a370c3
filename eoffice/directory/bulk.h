// Many agencies and units at once, in few statements: for imports and for the agency list of the
// axis. Values are taken as they are (checked before). Keeps the search words. For the sources of
// this folder. The caller owns the transaction.
#pragma once

#include <vector>

#include "base/db/database.h"
#include "eoffice/directory/agencies.h"

namespace eoffice::directory {

/// Waits until nobody else changes much of the directory, and notes the time.
void lockDirectory(base::db::Session& session, base::Instant now);

/// With the ids that they carry.
void insertAgencies(base::db::Session& session, const std::vector<Agency>& agencies);
/// Every column of the rows with these ids.
void updateAgencies(base::db::Session& session, const std::vector<Agency>& agencies);
void insertUnits(base::db::Session& session, const std::vector<Unit>& units);
void updateUnits(base::db::Session& session, const std::vector<Unit>& units);
/// Posts end with their unit and their agency.
void endPostsWithTheirPlace(base::db::Session& session);

}  // namespace eoffice::directory
