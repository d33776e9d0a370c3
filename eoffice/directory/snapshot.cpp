#include "eoffice/directory/snapshot.h"

#include <algorithm>

#include "eoffice/directory/rows.h"
#include "eoffice/directory/unit_file.h"

namespace eoffice::directory {
namespace {

using base::db::Row;
using base::db::Session;

constexpr std::string_view kAgencies =
    "/* directory.snapshotAgencies */ SELECT " AGENCY_COLUMNS " FROM agency a";
constexpr std::string_view kUnits =
    "/* directory.snapshotUnits */ SELECT " UNIT_COLUMNS " FROM unit u";

void takeAgency(Snapshot& snapshot, Agency agency, const std::unordered_set<std::string>& codes) {
  auto key = codeKey(agency.codeQd20);
  snapshot.lastAgency = std::max(snapshot.lastAgency, agency.id.value());
  if (agency.successor.valid()) {
    snapshot.successors[agency.id.value()] = agency.successor.value();
  }
  snapshot.agencies[key] = {agency.id, agency.level, agency.hosted};
  if (codes.contains(key)) {
    snapshot.inFile[std::move(key)] = std::move(agency);
  } else if (!agency.codeQcvn.empty()) {
    snapshot.byQcvn[codeKey(agency.codeQcvn)] = agency.id;
  }
}

}  // namespace

Snapshot readSnapshot(Session& session, const std::unordered_set<std::string>& codes) {
  Snapshot snapshot;
  session.stream(kAgencies, {}, [&](const Row& row) {
    takeAgency(snapshot, readAgency(row), codes);
    return true;
  });
  session.stream(kUnits, {}, [&](const Row& row) {
    Unit unit = readUnit(row);
    snapshot.lastUnit = std::max(snapshot.lastUnit, unit.id.value());
    if (unit.successor.valid()) {
      snapshot.unitSuccessors[unit.id.value()] = unit.successor.value();
    }
    auto key = codeKey(unit.code);
    snapshot.units[std::move(key)] = std::move(unit);
    return true;
  });
  return snapshot;
}

}  // namespace eoffice::directory
