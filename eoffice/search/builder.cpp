#include "eoffice/search/builder.h"

#include "base/log.h"
#include "eoffice/search/feeding.h"
#include "eoffice/search/index.h"

namespace eoffice::search {
namespace {

using base::db::Session;

// A batch is read at once and held in memory; a commit merges what was gathered since the last one.
constexpr std::size_t kBatch = 200;
constexpr int kBatchesOfACommit = 25;

void removeUnused(base::db::Database& database, const IndexFolder& folder) {
  for (const auto& name : folder.others()) {
    endFeed(database, name);
    folder.remove(name);
  }
}

bool addAll(base::db::Database& database, const ContentSource& source, Index& index,
            const std::function<bool(const BuildProgress&)>& go) {
  BuildProgress progress;
  progress.all = database.read([&](Session& session) { return source.countAbout(session); });
  DocumentId below;
  for (int batch = 1;; ++batch) {
    if (!go(progress)) return false;
    const auto ids =
        database.read([&](Session& session) { return source.idsBelow(session, below, kBatch); });
    if (ids.empty()) break;
    const auto contents =
        database.read([&](Session& session) { return source.read(session, ids); });
    for (const auto& content : contents) index.put(content);
    below = ids.back();
    progress.done += static_cast<std::int64_t>(ids.size());
    if (batch % kBatchesOfACommit == 0) index.commit();
  }
  index.commit();
  return true;
}

}  // namespace

Built buildIndex(base::db::Database& database, const ContentSource& source,
                 const IndexFolder& folder, const std::function<bool(const BuildProgress&)>& go) {
  const auto lock = folder.lockForBuilding();
  if (!lock) return Built::Busy;
  removeUnused(database, folder);
  const auto name = folder.makeNew();
  // First the feed, then the documents: what changes while they are read is read again.
  auto index = Index::create(folder.pathOf(name), beginFeed(database, name));
  const bool finished = addAll(database, source, index, go) &&
                        feedAll(database, source, index, [&] { return go({}); });
  if (!finished) {
    endFeed(database, name);
    folder.remove(name);
    return Built::Stopped;
  }
  folder.makeCurrent(name);
  base::log::info("search.built", {{"documents", index.documents()}});
  return Built::Done;
}

void removeOthers(base::db::Database& database, const IndexFolder& folder) {
  if (const auto lock = folder.lockForBuilding()) removeUnused(database, folder);
}

}  // namespace eoffice::search
