#include "eoffice/directory/agencies.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/db/in_list.h"
#include "base/text.h"
#include "eoffice/directory/rows.h"

namespace eoffice::directory {
namespace {

using base::db::Row;
using base::db::Session;

struct KindName {
  AgencyKind kind;
  std::string_view name;
};

constexpr std::array kKindNames{
    KindName{AgencyKind::Province, "province"},
    KindName{AgencyKind::Office, "office"},
    KindName{AgencyKind::Department, "department"},
    KindName{AgencyKind::Ward, "ward"},
    KindName{AgencyKind::Commune, "commune"},
    KindName{AgencyKind::SpecialZone, "special_zone"},
    KindName{AgencyKind::Ministry, "ministry"},
    KindName{AgencyKind::District, "district"},
    KindName{AgencyKind::PublicService, "public_service"},
    KindName{AgencyKind::Party, "party"},
    KindName{AgencyKind::Council, "council"},
    KindName{AgencyKind::Enterprise, "enterprise"},
    KindName{AgencyKind::Other, "other"},
};

constexpr std::string_view kFindAgency =
    "/* directory.findAgency */ SELECT " AGENCY_COLUMNS " FROM agency a WHERE a.id = ?";
constexpr std::string_view kFindByCode =
    "/* directory.findAgencyByCode */ SELECT " AGENCY_COLUMNS
    " FROM agency a WHERE a.code_qd20 = ?"
    " UNION SELECT " AGENCY_COLUMNS " FROM agency a WHERE a.code_qcvn = ? LIMIT 1";
constexpr std::string_view kFindByCodes =
    "/* directory.findAgenciesByCodes */ SELECT " AGENCY_COLUMNS
    " FROM agency a WHERE a.code_qd20 IN ";
constexpr std::string_view kOrByQcvn =
    " UNION SELECT " AGENCY_COLUMNS " FROM agency a WHERE a.code_qcvn IN ";
constexpr std::string_view kCurrentAgency = R"(/* directory.currentAgency */
  WITH RECURSIVE line (id, valid_from, valid_to, successor_id, step) AS (
    SELECT id, valid_from, valid_to, successor_id, 0 FROM agency WHERE id = ?
    UNION ALL
    SELECT n.id, n.valid_from, n.valid_to, n.successor_id, l.step + 1
    FROM line l JOIN agency n ON n.id = l.successor_id WHERE l.step < 50)
  SELECT id FROM line WHERE ? BETWEEN valid_from AND valid_to ORDER BY step LIMIT 1)";
constexpr std::string_view kHosted =
    "/* directory.hostedAgencies */ SELECT " AGENCY_COLUMNS
    " FROM agency a WHERE a.hosted = 1 AND ? BETWEEN a.valid_from AND a.valid_to"
    " ORDER BY a.level, a.name, a.id";
constexpr std::string_view kChildren =
    "/* directory.childAgencies */ SELECT " AGENCY_COLUMNS
    " FROM agency a WHERE a.parent_id = ? AND ? BETWEEN a.valid_from AND a.valid_to"
    " ORDER BY a.name, a.id";
constexpr std::string_view kFindUnit =
    "/* directory.findUnit */ SELECT " UNIT_COLUMNS " FROM unit u WHERE u.id = ?";
constexpr std::string_view kUnitsOf =
    "/* directory.unitsOf */ SELECT " UNIT_COLUMNS
    " FROM unit u WHERE u.agency_id = ? AND ? BETWEEN u.valid_from AND u.valid_to"
    " ORDER BY u.name, u.id";

std::vector<Agency> readAgencies(const base::db::Rows& rows) {
  std::vector<Agency> agencies;
  agencies.reserve(rows.size());
  for (const Row& row : rows) agencies.push_back(readAgency(row));
  return agencies;
}

// Appends the children of `parent` below each other; a unit whose parent is not in the list (it has
// ended) counts as one at the top.
void appendBelow(UnitId parent, const std::unordered_map<UnitId, std::vector<const Unit*>>& below,
                 std::vector<Unit>& ordered) {
  const auto children = below.find(parent);
  if (children == below.end()) return;
  for (const Unit* child : children->second) {
    ordered.push_back(*child);
    appendBelow(child->id, below, ordered);
  }
}

}  // namespace

std::string_view name(AgencyKind kind) {
  const auto found = std::find_if(kKindNames.begin(), kKindNames.end(),
                                  [&](const KindName& k) { return k.kind == kind; });
  return found == kKindNames.end() ? std::string_view{} : found->name;
}

std::optional<AgencyKind> agencyKind(std::string_view name) {
  const auto found = std::find_if(kKindNames.begin(), kKindNames.end(),
                                  [&](const KindName& k) { return k.name == name; });
  if (found == kKindNames.end()) return std::nullopt;
  return found->kind;
}

bool Validity::covers(base::LocalDate day) const {
  return (!from || *from <= day) && (!to || day <= *to);
}

std::optional<Agency> findAgency(Session& session, AgencyId agency) {
  const auto row = session.find(kFindAgency, {agency});
  if (!row) return std::nullopt;
  return readAgency(*row);
}

std::optional<Agency> findAgencyByCode(Session& session, std::string_view code) {
  const auto row = session.find(kFindByCode, {asciiOnly(code), asciiOnly(code)});
  if (!row) return std::nullopt;
  return readAgency(*row);
}

std::vector<std::optional<Agency>> findAgenciesByCodes(Session& session,
                                                       const std::vector<std::string>& codes) {
  std::vector<std::string> wanted;
  for (const auto& code : codes) wanted.push_back(asciiOnly(code));
  const base::db::InList list(wanted);
  auto params = list.params();
  list.appendTo(params);
  std::unordered_map<std::string, Agency> byCode;
  const auto sql = std::string(kFindByCodes) + list.text() + std::string(kOrByQcvn) + list.text();
  for (const Row& row : session.query(sql, params)) {
    auto agency = readAgency(row);
    // A code of QĐ 20 goes before one of QCVN, as in findAgencyByCode().
    if (!agency.codeQcvn.empty()) byCode.emplace(base::lowerAscii(agency.codeQcvn), agency);
    byCode.insert_or_assign(base::lowerAscii(agency.codeQd20), std::move(agency));
  }
  std::vector<std::optional<Agency>> found;
  found.reserve(codes.size());
  for (const auto& code : wanted) {
    const auto agency = byCode.find(base::lowerAscii(code));
    found.push_back(agency == byCode.end() ? std::nullopt : std::optional(agency->second));
  }
  return found;
}

std::optional<Agency> currentAgency(Session& session, AgencyId agency, base::LocalDate day) {
  const auto row = session.find(kCurrentAgency, {agency, day});
  if (!row) return std::nullopt;
  return findAgency(session, row->id<AgencyId>(0));
}

std::vector<Agency> hostedAgencies(Session& session, base::LocalDate day) {
  return readAgencies(session.query(kHosted, {day}));
}

std::vector<Agency> childAgencies(Session& session, AgencyId parent, base::LocalDate day) {
  return readAgencies(session.query(kChildren, {parent, day}));
}

std::optional<Unit> findUnit(Session& session, UnitId unit) {
  const auto row = session.find(kFindUnit, {unit});
  if (!row) return std::nullopt;
  return readUnit(*row);
}

std::vector<Unit> unitsOf(Session& session, AgencyId agency, base::LocalDate day) {
  const auto rows = session.query(kUnitsOf, {agency, day});
  std::vector<Unit> units;
  units.reserve(rows.size());
  for (const Row& row : rows) units.push_back(readUnit(row));

  std::unordered_map<UnitId, std::vector<const Unit*>> below;
  for (const Unit& unit : units) {
    const bool parentIsHere =
        std::any_of(units.begin(), units.end(), [&](const Unit& u) { return u.id == unit.parent; });
    below[parentIsHere ? unit.parent : UnitId()].push_back(&unit);
  }
  std::vector<Unit> ordered;
  ordered.reserve(units.size());
  appendBelow(UnitId(), below, ordered);
  return ordered;
}

}  // namespace eoffice::directory
