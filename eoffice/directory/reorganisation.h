// Mergers and closures: agencies and units end, their successors take over, their history stays
// readable. Documents are never moved; the successor reads them through `agency_predecessor`.
// Knows nothing of documents. The caller owns the transaction.
#pragma once

#include "base/db/database.h"
#include "base/result.h"
#include "base/time.h"
#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/caller.h"
#include "eoffice/ids.h"

namespace eoffice::directory {

/// `agency` exists until `lastDay`; from the day after, `successor` (may be not valid: closed
/// without one) answers for it. Posts and units of `agency` end on `lastDay` too; sessions in those
/// posts fall with them. Refuses `agency.unknown`, `agency.closed_already` (with another day or
/// successor), `agency.successor_loop`, `agency.successor_closed`. Again with the same values: no
/// change. System administrators only (`permission.denied`).
[[nodiscard]] base::Result<void> closeAgency(base::db::Session& session, const base::Clock& clock,
                                             const Caller& caller, AgencyId agency,
                                             base::LocalDate lastDay, AgencyId successor);

/// The same for a unit; posts in it end. The successor is a unit of the same agency. Administrators
/// of that agency (`permission.denied`).
[[nodiscard]] base::Result<void> closeUnit(base::db::Session& session, const base::Clock& clock,
                                           const Caller& caller, UnitId unit,
                                           base::LocalDate lastDay, UnitId successor);

/// Rebuilds `agency_predecessor` (agency, each agency that it took over, however many steps back)
/// from the successor links. Called by whatever changes those links.
void rebuildPredecessors(base::db::Session& session);

}  // namespace eoffice::directory
