#include "eoffice/search/feed.h"

#include <algorithm>

#include "base/db/in_list.h"

namespace eoffice::search {
namespace {

using base::db::Database;
using base::db::Session;

// MariaDB keeps the metadata lock of every table that a transaction used, by a trigger too, until
// it ends. LOCK TABLES waits for all of them: that is the fence between "before" and "in the feed".
constexpr const char* kPatience = "/* search.patience */ SET SESSION lock_wait_timeout = 120";
constexpr const char* kFence = "/* search.fence */ LOCK TABLES search_node WRITE";
constexpr const char* kOpenFence = "/* search.openFence */ UNLOCK TABLES";
constexpr const char* kAddNode = R"(/* search.addNode */
INSERT INTO search_node (name, registered_at) VALUES (?, UTC_TIMESTAMP(6)))";
constexpr const char* kAddState = R"(/* search.addState */
INSERT INTO search_node_state (node_id, generation, seen_at) VALUES (?, 0, UTC_TIMESTAMP(6)))";

constexpr const char* kNodesNamed = R"(/* search.nodesNamed */
SELECT id FROM search_node WHERE name = ?)";
constexpr const char* kDropNode = R"(/* search.dropNode */ DELETE FROM search_node WHERE id = ?)";
constexpr const char* kDropState = R"(/* search.dropState */
DELETE FROM search_node_state WHERE node_id = ?)";
constexpr const char* kDropChanges = R"(/* search.dropChanges */
DELETE FROM search_change WHERE node_id = ? LIMIT 5000)";

constexpr const char* kGeneration = R"(/* search.generation */
SELECT s.generation FROM search_node n JOIN search_node_state s ON s.node_id = n.id
WHERE n.id = ?)";
constexpr const char* kNext = R"(/* search.nextChanges */
SELECT id, document_id FROM search_change WHERE node_id = ? ORDER BY id LIMIT ?)";
constexpr const char* kDone =
    "/* search.changesDone */ DELETE FROM search_change WHERE node_id = ? AND id IN ";
constexpr const char* kSeen = R"(/* search.seen */
UPDATE search_node_state SET generation = ?, seen_at = UTC_TIMESTAMP(6) WHERE node_id = ?)";

constexpr const char* kWaiting = R"(/* search.waiting */
SELECT COUNT(*) FROM (SELECT 1 FROM search_change WHERE node_id = ? LIMIT ?) w)";
constexpr const char* kOldest = R"(/* search.oldest */
SELECT TIMESTAMPDIFF(MICROSECOND, changed_at, UTC_TIMESTAMP(6)) FROM search_change
WHERE node_id = ? ORDER BY id LIMIT 1)";

// A row whose index is gone may still be written by a transaction that saw the feed's last moment.
constexpr const char* kForgotten = R"(/* search.forgotten */
SELECT n.id FROM search_node n LEFT JOIN search_node_state s ON s.node_id = n.id
WHERE COALESCE(s.seen_at, n.registered_at) < UTC_TIMESTAMP(6) - INTERVAL 7 DAY)";
constexpr const char* kOrphans = R"(/* search.orphans */
SELECT DISTINCT c.node_id FROM search_change c LEFT JOIN search_node n ON n.id = c.node_id
WHERE n.id IS NULL)";

void dropChanges(Database& database, std::int64_t node) {
  while (database.transact(
             [&](Session& session) { return session.execute(kDropChanges, {node}); }) > 0) {
  }
}

void dropNode(Database& database, std::int64_t node) {
  database.transact([&](Session& session) {
    session.execute(kDropNode, {node});
    session.execute(kDropState, {node});
  });
  dropChanges(database, node);
}

std::vector<std::int64_t> idsOf(const base::db::Rows& rows) {
  std::vector<std::int64_t> ids;
  for (const auto& row : rows) ids.push_back(row.integer(0));
  return ids;
}

}  // namespace

std::int64_t beginFeed(Database& database, const std::string& name) {
  std::int64_t node = 0;
  database.apart([&](Session& session) {
    session.runPlain(kPatience);
    session.runPlain(kFence);
    node = session.insert(kAddNode, {name});
    session.runPlain(kOpenFence);
  });
  database.transact([&](Session& session) { session.execute(kAddState, {node}); });
  return node;
}

void endFeed(Database& database, const std::string& name) {
  const auto nodes =
      database.read([&](Session& session) { return idsOf(session.query(kNodesNamed, {name})); });
  for (const auto node : nodes) dropNode(database, node);
}

std::optional<std::int64_t> feedGeneration(Session& session, std::int64_t node) {
  const auto row = session.find(kGeneration, {node});
  return row ? std::optional(row->integer(0)) : std::nullopt;
}

Changes nextChanges(Session& session, std::int64_t node, std::size_t most) {
  Changes changes;
  for (const auto& row : session.query(kNext, {node, most})) {
    changes.rows.push_back(row.integer(0));
    changes.documents.push_back(row.id<DocumentId>(1));
  }
  auto& documents = changes.documents;
  std::sort(documents.begin(), documents.end());
  documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
  return changes;
}

bool changesDone(Session& session, std::int64_t node, const Changes& changes,
                 std::int64_t generation) {
  if (!changes.rows.empty()) {
    const base::db::InList rows(changes.rows);
    base::db::Params params{node};
    rows.appendTo(params);
    session.execute(kDone + rows.text(), params);
  }
  return session.execute(kSeen, {generation, node}) > 0;
}

FeedState feedState(Session& session, std::int64_t node) {
  FeedState state;
  state.waiting = session.get(kWaiting, {node, kMostCounted}).integer(0);
  if (const auto row = session.find(kOldest, {node})) {
    constexpr double kMicroseconds = 1e6;
    state.lagSeconds = std::max(0.0, static_cast<double>(row->integer(0)) / kMicroseconds);
  }
  return state;
}

void purgeFeeds(Database& database) {
  const auto forgotten =
      database.read([](Session& session) { return idsOf(session.query(kForgotten)); });
  for (const auto node : forgotten) dropNode(database, node);
  const auto orphans =
      database.read([](Session& session) { return idsOf(session.query(kOrphans)); });
  for (const auto node : orphans) dropChanges(database, node);
}

}  // namespace eoffice::search
