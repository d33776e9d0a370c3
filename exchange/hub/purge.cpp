#include <set>

#include "exchange/hub/purge_internal.h"

namespace exchange::hub {

namespace {

constexpr std::size_t kBatch = 100;

constexpr const char* kOld = R"(/* hub.oldMessages */
SELECT m.message_id FROM hub_message m
WHERE m.created_at < ? AND NOT EXISTS (SELECT 1 FROM hub_delivery d
  WHERE d.message_id = m.message_id AND (d.state IN (1, 2) OR d.updated_at >= ?))
ORDER BY m.created_at LIMIT ?)";

constexpr const char* kDoomOfMessages = R"(/* hub.doomOfMessages */
INSERT IGNORE INTO hub_blob_doomed (sha256, doomed_at)
SELECT DISTINCT m.blob_sha256, ? FROM hub_message m
JOIN JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) old ON old.id = m.message_id)";

constexpr const char* kDropDeliveries = R"(/* hub.dropDeliveries */
DELETE d FROM hub_delivery d
JOIN JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) old ON old.id = d.message_id)";

constexpr const char* kDropMessages = R"(/* hub.dropMessages */
DELETE m FROM hub_message m
JOIN JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) old ON old.id = m.message_id)";

constexpr const char* kDropRequests = R"(/* hub.dropAdminRequests */
DELETE FROM hub_admin_request WHERE seen_at < ?)";

constexpr const char* kLockDoomed = R"(/* hub.lockDoomed */
SELECT sha256 FROM hub_blob_doomed ORDER BY sha256 LIMIT ? FOR UPDATE)";

// A locking read: it waits for a message that is being added.
constexpr const char* kUsed = R"(/* hub.usedBlobs */
SELECT m.blob_sha256
FROM JSON_TABLE(?, '$[*]' COLUMNS (sha256 CHAR(64) CHARACTER SET ascii PATH '$')) doomed
STRAIGHT_JOIN hub_message m ON m.blob_sha256 = doomed.sha256 LOCK IN SHARE MODE)";

constexpr const char* kDropDoomed = R"(/* hub.dropDoomed */
DELETE b FROM hub_blob_doomed b
JOIN JSON_TABLE(?, '$[*]' COLUMNS (sha256 CHAR(64) CHARACTER SET ascii PATH '$')) gone
  ON gone.sha256 = b.sha256)";

constexpr const char* kDoom = R"(/* hub.doomBlob */
INSERT IGNORE INTO hub_blob_doomed (sha256, doomed_at) VALUES (?, ?))";

constexpr const char* kSpare = R"(/* hub.spareBlob */
DELETE FROM hub_blob_doomed WHERE sha256 = ?)";

/// `[1,2]` or `["ab…","cd…"]` of the first column.
nlohmann::json firstColumn(const base::db::Rows& rows, bool numbers) {
  nlohmann::json list = nlohmann::json::array();
  for (const base::db::Row& row : rows) {
    list.push_back(numbers ? nlohmann::json(row.integer(0)) : nlohmann::json(row.text(0)));
  }
  return list;
}

std::size_t dropBatch(base::db::Session& session, base::Instant now, base::Instant before) {
  const auto old = session.query(kOld, {before, before, kBatch});
  if (!old.empty()) {
    const std::string ids = firstColumn(old, true).dump();
    session.execute(kDoomOfMessages, {now, ids});
    session.execute(kDropDeliveries, {ids});
    session.execute(kDropMessages, {ids});
  }
  return old.size();
}

struct Removed {
  std::size_t looked = 0;
  std::size_t files = 0;
};

Removed removeBatch(base::db::Session& session, base::BlobStore& blobs) {
  const auto doomed = session.query(kLockDoomed, {kBatch});
  Removed removed{.looked = doomed.size()};
  if (doomed.empty()) {
    return removed;
  }
  const std::string list = firstColumn(doomed, false).dump();
  std::set<std::string> used;
  for (const base::db::Row& row : session.query(kUsed, {list})) {
    used.insert(row.text(0));
  }
  for (const base::db::Row& row : doomed) {
    if (!used.contains(row.text(0))) {
      blobs.remove(row.text(0));
      ++removed.files;
    }
  }
  session.execute(kDropDoomed, {list});
  return removed;
}

}  // namespace

std::size_t purgeRows(const Workshop& shop, base::Instant now) {
  const base::Instant before = now - shop.options.keepFor;
  std::size_t messages = 0;
  for (std::size_t batch = kBatch; batch == kBatch; messages += batch) {
    batch = shop.database.transact(
        [&](base::db::Session& session) { return dropBatch(session, now, before); });
  }
  // Older headers are refused for their timestamp: see Gate.
  const base::Instant over = now - shop.options.timestampAge - shop.options.timestampAhead;
  shop.database.transact(
      [&](base::db::Session& session) { session.execute(kDropRequests, {over}); });
  return messages;
}

std::size_t purgeFiles(const Workshop& shop) {
  std::size_t files = 0;
  for (Removed last{.looked = kBatch}; last.looked == kBatch; files += last.files) {
    last = shop.database.transact(
        [&](base::db::Session& session) { return removeBatch(session, shop.blobs); });
  }
  return files;
}

void doomBlob(base::db::Session& session, const std::string& sha256, base::Instant now) {
  session.execute(kDoom, {sha256, now});
}

bool spareBlob(base::db::Session& session, const base::BlobStore& blobs,
               const std::string& sha256) {
  session.execute(kSpare, {sha256});
  return blobs.has(sha256);
}

}  // namespace exchange::hub
