// Builds an index beside the one that is in use, from all documents, newest first, and puts it in
// its place. May run in the office or in a command beside it; can be killed at any moment: what it
// left is removed by the next one. Throws IndexError, base::db::Error, filesystem_error.
#pragma once

#include <functional>

#include "base/db/database.h"
#include "eoffice/search/content.h"
#include "eoffice/search/folder.h"
#include "eoffice/search/searcher.h"

namespace eoffice::search {

enum class Built : std::uint8_t {
  Done,
  Stopped,  ///< `go` said no; nothing has changed.
  Busy      ///< Somebody else is building.
};

/// `go` is asked between batches, with how far it is; false ends the work.
[[nodiscard]] Built buildIndex(base::db::Database& database, const ContentSource& source,
                               const IndexFolder& folder,
                               const std::function<bool(const BuildProgress&)>& go);

/// Removes indexes that do not count and their feeds, unless somebody is building.
void removeOthers(base::db::Database& database, const IndexFolder& folder);

}  // namespace eoffice::search
