// Views with a name (view.h): a person's own, and those that colleagues of the same unit share.
// Whoever opens a shared view sees what they themselves may see. Each change is audited.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/db/database.h"
#include "base/result.h"
#include "eoffice/directory/caller.h"

namespace eoffice::documents {

struct SavedView {
  std::int64_t id = 0;
  std::string name;
  std::string query;    ///< As queryOf() writes it.
  bool shared = false;  ///< With everybody of the unit that it was saved in.
  bool own = true;      ///< Only the owner changes it.
  std::string ownerName;
  int version = 1;
};

struct ViewInput {
  std::string name;   ///< 1 to 100 characters.
  std::string query;  ///< Brought into its shortest form.
  bool shared = false;
};

inline constexpr std::size_t kMostViews = 50;  ///< Of one person in one agency.

/// Own ones first, each group by name.
[[nodiscard]] std::vector<SavedView> savedViews(base::db::Session& session, const Caller& caller);

/// Refuses `field.missing`, `field.too_long`, `view.bad_query` (fact `fields`), `view.name_taken`,
/// `view.too_many`.
[[nodiscard]] base::Result<SavedView> saveView(base::db::Session& session, const base::Clock& clock,
                                               const Caller& caller, const ViewInput& input);
/// Also `view.unknown` (none of the caller's own), `view.changed_meanwhile` unless `version` is 0
/// or the one that stands.
[[nodiscard]] base::Result<SavedView> changeView(base::db::Session& session,
                                                 const base::Clock& clock, const Caller& caller,
                                                 std::int64_t id, int version,
                                                 const ViewInput& input);
[[nodiscard]] base::Result<void> removeView(base::db::Session& session, const base::Clock& clock,
                                            const Caller& caller, std::int64_t id);

}  // namespace eoffice::documents
