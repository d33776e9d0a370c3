#include "eoffice/directory/reorganisation.h"

#include <optional>

#include "eoffice/directory/agencies.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/directory/rows.h"

namespace eoffice::directory {
namespace {

using base::RefusalKind;
using base::db::Session;

// In the order of their ids, so that two closures at once wait for each other and never deadlock.
constexpr std::string_view kLockAgencies = R"(/* directory.lockAgencies */
  SELECT id FROM agency WHERE id IN (?, ?) ORDER BY id FOR UPDATE)";
constexpr std::string_view kLockUnits = R"(/* directory.lockUnits */
  SELECT id FROM unit WHERE id IN (?, ?) ORDER BY id FOR UPDATE)";
constexpr std::string_view kAgencyLeadsTo = R"(/* directory.agencyLeadsTo */
  WITH RECURSIVE line (id) AS (SELECT CAST(? AS SIGNED) UNION
    SELECT a.successor_id FROM line l JOIN agency a ON a.id = l.id WHERE a.successor_id IS NOT NULL)
  SELECT 1 FROM line WHERE id = ?)";
constexpr std::string_view kUnitLeadsTo = R"(/* directory.unitLeadsTo */
  WITH RECURSIVE line (id) AS (SELECT CAST(? AS SIGNED) UNION
    SELECT u.successor_id FROM line l JOIN unit u ON u.id = l.id WHERE u.successor_id IS NOT NULL)
  SELECT 1 FROM line WHERE id = ?)";
constexpr std::string_view kCloseAgency =
    "/* directory.closeAgency */ UPDATE agency SET valid_to = ?, successor_id = ? WHERE id = ?";
constexpr std::string_view kCloseUnit =
    "/* directory.closeUnit */ UPDATE unit SET valid_to = ?, successor_id = ? WHERE id = ?";
constexpr std::string_view kEndUnits =
    "/* directory.endUnits */ UPDATE unit SET valid_to = ? WHERE agency_id = ? AND valid_to > ?";
constexpr std::string_view kEndAgencyPosts =
    "/* directory.endAgencyPosts */ UPDATE post SET valid_to = ? WHERE agency_id = ? AND valid_to "
    "> ?";
constexpr std::string_view kEndUnitPosts =
    "/* directory.endUnitPosts */ UPDATE post SET valid_to = ? WHERE unit_id = ? AND valid_to > ?";
constexpr std::string_view kForgetPredecessors =
    "/* directory.forgetPredecessors */ DELETE FROM agency_predecessor";
// UNION without ALL: ends even where links form a loop.
constexpr std::string_view kKeepPredecessors = R"(/* directory.keepPredecessors */
  INSERT INTO agency_predecessor (agency_id, predecessor_id)
  WITH RECURSIVE line (agency_id, predecessor_id) AS (
    SELECT successor_id, id FROM agency WHERE successor_id IS NOT NULL
    UNION
    SELECT a.successor_id, l.predecessor_id FROM line l JOIN agency a ON a.id = l.agency_id
    WHERE a.successor_id IS NOT NULL)
  SELECT agency_id, predecessor_id FROM line WHERE agency_id <> predecessor_id)";

audit::Entry closureEntry(const Caller& caller, std::string act, std::string kind, std::int64_t id,
                          base::LocalDate lastDay, std::int64_t successor) {
  audit::Entry entry;
  entry.act = std::move(act);
  entry.person = caller.person;
  entry.post = caller.post;
  entry.agency = caller.agency;
  entry.objectKind = std::move(kind);
  entry.objectId = id;
  entry.detail = {{"last_day", base::isoDate(lastDay)}};
  if (successor > 0) entry.detail.emplace_back("successor", std::to_string(successor));
  entry.requestId = caller.requestId;
  entry.address = caller.address;
  return entry;
}

base::Result<void> checkSuccessor(Session& session, AgencyId agency, AgencyId successor,
                                  base::LocalDate lastDay) {
  if (!successor.valid()) return {};
  const auto next = findAgency(session, successor);
  if (!next)
    return base::refuse(RefusalKind::NotFound, "agency.unknown", "successor",
                        {{"code", std::to_string(successor.value())}});
  if (session.find(kAgencyLeadsTo, {successor, agency})) {
    return base::refuse(RefusalKind::Conflict, "agency.successor_loop", "successor");
  }
  if (!next->validity.covers(base::addDays(lastDay, 1))) {
    return base::refuse(RefusalKind::Conflict, "agency.successor_closed", "successor",
                        {{"name", next->name}});
  }
  return {};
}

base::Result<void> checkSuccessor(Session& session, const Unit& unit, UnitId successor,
                                  base::LocalDate lastDay) {
  if (!successor.valid()) return {};
  const auto next = findUnit(session, successor);
  if (!next || next->agency != unit.agency) {
    return base::refuse(RefusalKind::NotFound, "unit.unknown", "successor");
  }
  if (session.find(kUnitLeadsTo, {successor, unit.id})) {
    return base::refuse(RefusalKind::Conflict, "unit.successor_loop", "successor");
  }
  if (!next->validity.covers(base::addDays(lastDay, 1))) {
    return base::refuse(RefusalKind::Conflict, "unit.successor_closed", "successor",
                        {{"name", next->name}});
  }
  return {};
}

bool maySeeTo(const Caller& caller, AgencyId agency) {
  return may(caller, Capability::ManageAgencies) ||
         (may(caller, Capability::ManagePeople) && caller.agency == agency);
}

}  // namespace

base::Result<void> closeAgency(Session& session, const base::Clock& clock, const Caller& caller,
                               AgencyId agency, base::LocalDate lastDay, AgencyId successor) {
  if (auto allowed = require(caller, Capability::ManageAgencies); !allowed) return allowed;
  static_cast<void>(session.query(kLockAgencies, {agency, successor}));
  const auto found = findAgency(session, agency);
  if (!found)
    return base::refuse(RefusalKind::NotFound, "agency.unknown", "agency",
                        {{"code", std::to_string(agency.value())}});
  if (found->validity.to) {
    if (found->validity.to == lastDay && found->successor == successor) return {};
    return base::refuse(RefusalKind::Conflict, "agency.closed_already", "agency",
                        {{"name", found->name}, {"day", base::viDate(*found->validity.to)}});
  }
  if (auto checked = checkSuccessor(session, agency, successor, lastDay); !checked) return checked;

  // R-34: nothing is deleted; what belonged to the agency ends with it and stays readable.
  session.execute(kCloseAgency, {lastDay, successor, agency});
  session.execute(kEndUnits, {lastDay, agency, lastDay});
  session.execute(kEndAgencyPosts, {lastDay, agency, lastDay});
  rebuildPredecessors(session);
  audit::write(
      session, clock,
      closureEntry(caller, "agency.closed", "agency", agency.value(), lastDay, successor.value()));
  return {};
}

base::Result<void> closeUnit(Session& session, const base::Clock& clock, const Caller& caller,
                             UnitId unit, base::LocalDate lastDay, UnitId successor) {
  static_cast<void>(session.query(kLockUnits, {unit, successor}));
  const auto found = findUnit(session, unit);
  if (!found) return base::refuse(RefusalKind::NotFound, "unit.unknown", "unit");
  if (!maySeeTo(caller, found->agency)) {
    return base::refuse(RefusalKind::Forbidden, "permission.denied");
  }
  if (found->validity.to) {
    if (found->validity.to == lastDay && found->successor == successor) return {};
    return base::refuse(RefusalKind::Conflict, "unit.closed_already", "unit",
                        {{"name", found->name}, {"day", base::viDate(*found->validity.to)}});
  }
  if (auto checked = checkSuccessor(session, *found, successor, lastDay); !checked) return checked;

  session.execute(kCloseUnit, {lastDay, successor, unit});
  session.execute(kEndUnitPosts, {lastDay, unit, lastDay});
  audit::write(
      session, clock,
      closureEntry(caller, "unit.closed", "unit", unit.value(), lastDay, successor.value()));
  return {};
}

void rebuildPredecessors(Session& session) {
  session.execute(kForgetPredecessors);
  session.execute(kKeepPredecessors);
}

}  // namespace eoffice::directory
