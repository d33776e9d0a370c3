// One step from the change feed into an index: read changes, read the documents, commit the index,
// then say so to the database. Killed between the last two, the same changes are met again and make
// the same index.
#pragma once

#include <functional>

#include "base/db/database.h"
#include "eoffice/search/content.h"
#include "eoffice/search/feed.h"
#include "eoffice/search/index.h"

namespace eoffice::search {

/// Returns how many documents were read again; 0: nothing waits.
[[nodiscard]] std::size_t feedOnce(base::db::Database& database, const ContentSource& source,
                                   Index& index);
/// Until nothing waits, or `go` says no (then false).
[[nodiscard]] bool feedAll(base::db::Database& database, const ContentSource& source, Index& index,
                           const std::function<bool()>& go);

/// Says that the index is in use, also where nothing changes for long. Throws IndexError (Broken)
/// when its feed was forgotten, as feedOnce() does.
void stillThere(base::db::Database& database, const Index& index);

}  // namespace eoffice::search
