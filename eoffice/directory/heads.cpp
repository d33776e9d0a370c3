#include "eoffice/directory/heads.h"

#include <string>

#include "eoffice/directory/rows.h"

namespace eoffice::directory {
namespace {

// The ids come as `[1,2,3]`: one statement for any number of them.
constexpr const char* kHeadsOf = R"(/* directory.headsOf */
WITH RECURSIVE up (post_id, unit_id, step) AS (
  SELECT p.id, p.unit_id, 0
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted JOIN post p ON p.id = wanted.id
  WHERE p.unit_id IS NOT NULL
  UNION ALL
  SELECT up.post_id, v.parent_id, up.step + 1
  FROM up JOIN unit v ON v.id = up.unit_id WHERE v.parent_id IS NOT NULL AND up.step < 20)
SELECT up.post_id, h.id FROM up
JOIN post h ON h.unit_id = up.unit_id AND h.role IN (3, 4) AND ? BETWEEN h.valid_from AND h.valid_to
ORDER BY up.post_id, up.step, h.id)";

constexpr const char* kHeadsOfOffices = R"(/* directory.headsOfOffices */
SELECT p.agency_id, MIN(p.id)
FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted
JOIN post p ON p.agency_id = wanted.id
WHERE p.role = 4 AND ? BETWEEN p.valid_from AND p.valid_to GROUP BY p.agency_id)";

// Those below it, those beside it, and the one above.
constexpr std::string_view kAddressable =
    "/* directory.addressableAgencies */ SELECT " AGENCY_COLUMNS
    " FROM agency me JOIN agency a"
    " ON a.parent_id = me.id OR a.parent_id = me.parent_id OR a.id = me.parent_id"
    " WHERE me.id = ? AND a.id <> me.id AND ? BETWEEN a.valid_from AND a.valid_to"
    " ORDER BY a.level, a.name, a.id LIMIT 500";

constexpr const char* kPersonByLogin = R"(/* directory.personByLogin */
SELECT p.id, p.name FROM account a JOIN person p ON p.id = a.person_id WHERE a.login = ?)";

template <class Ids>
std::string jsonOf(const Ids& ids) {
  std::string json = "[";
  for (const auto id : ids) json += (json.size() > 1 ? "," : "") + std::to_string(id.value());
  return json + "]";
}

}  // namespace

std::map<PostId, PostId> headsOf(base::db::Session& session, const std::vector<PostId>& posts,
                                 base::LocalDate day) {
  std::map<PostId, PostId> heads;
  if (posts.empty()) return heads;
  for (const auto& row : session.query(kHeadsOf, {jsonOf(posts), day})) {
    heads.emplace(row.id<PostId>(0), row.id<PostId>(1));  // The nearest comes first and stays.
  }
  return heads;
}

std::map<AgencyId, PostId> headsOfOffices(base::db::Session& session,
                                          const std::vector<AgencyId>& agencies,
                                          base::LocalDate day) {
  std::map<AgencyId, PostId> heads;
  if (agencies.empty()) return heads;
  for (const auto& row : session.query(kHeadsOfOffices, {jsonOf(agencies), day})) {
    heads.emplace(row.id<AgencyId>(0), row.id<PostId>(1));
  }
  return heads;
}

std::vector<Agency> addressableAgencies(base::db::Session& session, AgencyId agency,
                                        base::LocalDate day) {
  std::vector<Agency> agencies;
  for (const auto& row : session.query(kAddressable, {agency, day})) {
    agencies.push_back(readAgency(row));
  }
  return agencies;
}

std::optional<NamedPerson> personByLogin(base::db::Session& session, const std::string& login) {
  const auto row = session.find(kPersonByLogin, {login});
  if (!row) return std::nullopt;
  return NamedPerson{row->id<PersonId>(0), row->text(1)};
}

}  // namespace eoffice::directory
