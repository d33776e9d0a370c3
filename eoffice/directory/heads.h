// Who is at the head, for many posts or agencies in one query: what reminders ask when a hundred
// fire together. For one post see people.h. The caller owns the transaction.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "base/time.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/ids.h"

namespace eoffice::directory {

/// The post at the head of the unit of each post, or of the nearest unit above that has one; itself
/// when it is the head; no entry where there is none. Valid on `day`.
[[nodiscard]] std::map<PostId, PostId> headsOf(base::db::Session& session,
                                               const std::vector<PostId>& posts,
                                               base::LocalDate day);

/// The head of office of each agency; no entry where there is none.
[[nodiscard]] std::map<AgencyId, PostId> headsOfOffices(base::db::Session& session,
                                                        const std::vector<AgencyId>& agencies,
                                                        base::LocalDate day);

/// Whom the agency may write to: every other agency valid on `day` below, beside or
/// above it, by level and name. For a picker that is searched in the page; a national directory
/// wants findAgencies().
[[nodiscard]] std::vector<Agency> addressableAgencies(base::db::Session& session, AgencyId agency,
                                                      base::LocalDate day);

struct NamedPerson {
  PersonId id;
  std::string name;
};
/// Who signs in by that name.
[[nodiscard]] std::optional<NamedPerson> personByLogin(base::db::Session& session,
                                                       const std::string& login);

}  // namespace eoffice::directory
