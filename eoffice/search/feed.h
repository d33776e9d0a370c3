// The database's change feed: which documents an index has to read again. Triggers write it
// (migrations 0103 to 0109, 0190, 0191), one row for each index, in the transaction that changed
// something; a row is removed once its index holds the new state. There is no position to keep: a
// transaction that commits late is simply met late. docs/adr/0100-search.md says why nothing is
// lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "eoffice/ids.h"

namespace eoffice::search {

/// Begins a feed for the index of that name and returns its node. Every transaction that ends after
/// this is in the feed, and every one that is not in it had ended before: waits for those under
/// way, and lets nobody begin meanwhile.
[[nodiscard]] std::int64_t beginFeed(base::db::Database& database, const std::string& name);
/// Ends the feeds of that name and drops their rows; of none, does nothing.
void endFeed(base::db::Database& database, const std::string& name);

/// The generation that was last said to be durable; empty when there is no such feed (any more).
[[nodiscard]] std::optional<std::int64_t> feedGeneration(base::db::Session& session,
                                                         std::int64_t node);

struct Changes {
  std::vector<std::int64_t> rows;
  std::vector<DocumentId> documents;  ///< Each once.
};
/// At most `most` rows, about the oldest ones.
[[nodiscard]] Changes nextChanges(base::db::Session& session, std::int64_t node, std::size_t most);
/// The index holds them in its commit of that generation. False: the feed is gone (purgeFeeds), and
/// the index with it.
[[nodiscard]] bool changesDone(base::db::Session& session, std::int64_t node,
                               const Changes& changes, std::int64_t generation);

struct FeedState {
  std::int64_t waiting = 0;  ///< Rows; counted up to kMostCounted.
  double lagSeconds = 0;     ///< Age of about the oldest row, by the database's clock.
};
inline constexpr std::int64_t kMostCounted = 10'000;
[[nodiscard]] FeedState feedState(base::db::Session& session, std::int64_t node);

/// Forgets feeds that nobody has read for a week, and their rows. Such an index is built anew when
/// it comes back.
void purgeFeeds(base::db::Database& database);

}  // namespace eoffice::search
