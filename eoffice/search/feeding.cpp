#include "eoffice/search/feeding.h"

#include <set>

namespace eoffice::search {
namespace {

using base::db::Session;

constexpr std::size_t kRows = 500;       // Of the feed, for one commit.
constexpr std::size_t kDocuments = 100;  // Held in memory at once.

void readAgain(base::db::Database& database, const ContentSource& source, Index& index,
               const std::vector<DocumentId>& ids) {
  const auto contents = database.read([&](Session& session) { return source.read(session, ids); });
  std::set<DocumentId> gone(ids.begin(), ids.end());
  for (const auto& content : contents) {
    index.put(content);
    gone.erase(content.document);
  }
  for (const auto& id : gone) index.remove(id);
}

void sayDone(base::db::Database& database, const Index& index, const Changes& changes) {
  const auto [node, generation] = index.mark();
  const bool known = database.transact([&, node = node, generation = generation](Session& session) {
    return changesDone(session, node, changes, generation);
  });
  if (!known) throw IndexError(IndexError::Kind::Broken, "its feed was forgotten");
}

}  // namespace

void stillThere(base::db::Database& database, const Index& index) { sayDone(database, index, {}); }

std::size_t feedOnce(base::db::Database& database, const ContentSource& source, Index& index) {
  const auto node = index.mark().node;
  const auto changes =
      database.read([&](Session& session) { return nextChanges(session, node, kRows); });
  const auto& documents = changes.documents;
  if (documents.empty()) return 0;
  for (std::size_t at = 0; at < documents.size(); at += kDocuments) {
    const auto end = std::min(documents.size(), at + kDocuments);
    readAgain(database, source, index,
              {documents.begin() + static_cast<std::ptrdiff_t>(at),
               documents.begin() + static_cast<std::ptrdiff_t>(end)});
  }
  index.commit();
  sayDone(database, index, changes);
  return documents.size();
}

bool feedAll(base::db::Database& database, const ContentSource& source, Index& index,
             const std::function<bool()>& go) {
  while (feedOnce(database, source, index) > 0) {
    if (!go()) return false;
  }
  return true;
}

}  // namespace eoffice::search
