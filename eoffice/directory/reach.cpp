#include "eoffice/directory/reach.h"

#include "base/db/in_list.h"
#include "eoffice/directory/rows.h"

namespace eoffice::directory {
namespace {

using base::db::Params;
using base::db::Row;
using base::db::Session;

// The head: a head of unit or of office whose post is in the unit itself, none above it.
#define UNIT_REACH                                                                               \
  "SELECT u.id, u.agency_id, u.name, u.valid_from, u.valid_to, s.name, h.id, n.name FROM unit u" \
  " LEFT JOIN unit s ON s.id = u.successor_id"                                                   \
  " LEFT JOIN post h ON h.id = (SELECT MIN(p.id) FROM post p WHERE p.unit_id = u.id"             \
  "  AND p.role IN (3, 4) AND ? BETWEEN p.valid_from AND p.valid_to)"                            \
  " LEFT JOIN person n ON n.id = h.person_id "

const std::string kReachOf = "/* directory.reachOf */ " UNIT_REACH "WHERE u.id IN ";
constexpr const char* kReachable =
    "/* directory.reachableUnits */ " UNIT_REACH
    "WHERE u.agency_id = ? AND ? BETWEEN u.valid_from AND u.valid_to AND h.id IS NOT NULL"
    " ORDER BY u.name, u.id";

constexpr const char* kBelow = R"(/* directory.unitsBelow */
WITH RECURSIVE below (id, step) AS (
  SELECT CAST(? AS SIGNED), 0
  UNION ALL
  SELECT u.id, below.step + 1 FROM below JOIN unit u ON u.parent_id = below.id
  WHERE ? BETWEEN u.valid_from AND u.valid_to AND below.step < 20)
SELECT id FROM below)";

const std::string kAwayOf = R"(/* directory.awayOf */
SELECT p.id, (SELECT MAX(w.last_day) FROM absence w
    WHERE w.person_id = p.person_id AND ? BETWEEN w.first_day AND w.last_day),
  g.last_day, g.to_post_id, n.name
FROM post p
LEFT JOIN delegation g ON g.id = (SELECT MIN(o.id) FROM delegation o JOIN post q ON q.id = o.to_post_id
    WHERE o.from_post_id = p.id AND ? BETWEEN o.first_day AND o.last_day AND o.scope & ? <> 0
      AND o.revoked_at IS NULL AND ? BETWEEN q.valid_from AND q.valid_to)
LEFT JOIN post t ON t.id = g.to_post_id LEFT JOIN person n ON n.id = t.person_id
WHERE p.id IN )";

UnitReach readReach(const Row& row) {
  return {.unit = row.id<UnitId>(0),
          .agency = row.id<AgencyId>(1),
          .name = row.text(2),
          .validity = readValidity(row, 3),
          .successorName = row.textOr(5),
          .head = row.id<PostId>(6),
          .headName = row.textOr(7)};
}

}  // namespace

std::map<UnitId, UnitReach> reachOf(Session& session, const std::vector<UnitId>& units,
                                    base::LocalDate day) {
  std::map<UnitId, UnitReach> found;
  if (units.empty()) return found;
  const base::db::InList list(units);
  Params params{day};
  list.appendTo(params);
  for (const auto& row : session.query(kReachOf + list.text(), params)) {
    auto reach = readReach(row);
    found.emplace(reach.unit, std::move(reach));
  }
  return found;
}

std::vector<UnitReach> reachableUnits(Session& session, AgencyId agency, base::LocalDate day) {
  std::vector<UnitReach> units;
  for (const auto& row : session.query(kReachable, {day, agency, day})) {
    units.push_back(readReach(row));
  }
  return units;
}

std::set<UnitId> unitsBelow(Session& session, UnitId unit, base::LocalDate day) {
  std::set<UnitId> units;
  for (const auto& row : session.query(kBelow, {unit, day})) units.insert(row.id<UnitId>(0));
  return units;
}

std::map<PostId, Away> awayOf(Session& session, const std::vector<PostId>& posts, Scope scope,
                              base::LocalDate day) {
  std::map<PostId, Away> away;
  if (posts.empty()) return away;
  const base::db::InList list(posts);
  Params params{day, day, scope, day};
  list.appendTo(params);
  for (const auto& row : session.query(kAwayOf + list.text(), params)) {
    const auto absent = row.maybeDate(1);
    const auto delegated = row.maybeDate(2);
    if (!absent && !delegated) continue;
    away[row.id<PostId>(0)] = {.until = std::max(absent.value_or(day), delegated.value_or(day)),
                               .standIn = row.id<PostId>(3),
                               .standInName = row.textOr(4)};
  }
  return away;
}

}  // namespace eoffice::directory
