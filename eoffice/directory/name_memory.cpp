#include "eoffice/directory/name_memory.h"

#include <algorithm>

namespace eoffice::directory {
namespace {

constexpr std::size_t kMostKnown = 4096;

}  // namespace

PostNames NameMemory::of(base::db::Session& session, const std::vector<PostId>& posts,
                         base::Instant now) {
  PostNames names;
  std::vector<PostId> asked;
  {
    const std::lock_guard lock(mutex_);
    for (const PostId post : posts) {
      const auto known = known_.find(post);
      // A clock that was put back makes nothing young again.
      const bool fresh =
          known != known_.end() && now >= known->second.at && now - known->second.at < life_;
      if (fresh) {
        names.emplace(post, known->second.name);
      } else if (std::find(asked.begin(), asked.end(), post) == asked.end()) {
        asked.push_back(post);
      }
    }
  }
  if (asked.empty()) return names;
  auto found = postNames(session, asked);
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMostKnown) known_.clear();
  for (const auto& [post, name] : found) known_.insert_or_assign(post, Known{name, now});
  names.merge(found);
  return names;
}

}  // namespace eoffice::directory
