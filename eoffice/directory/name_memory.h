// What one process remembers of the names of posts that it has just read, for lists that are asked
// for thousands of times a second: a name that changed is seen a moment later. Nothing about rights
// is remembered. Safe from any thread.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <vector>

#include "eoffice/directory/people.h"

namespace eoffice::directory {

class NameMemory {
 public:
  /// `life`: how long a name is believed; zero: not at all.
  explicit NameMemory(std::chrono::milliseconds life) : life_(life) {}

  /// Of all `posts` that exist. The database is asked, once, for those not remembered at `now`.
  [[nodiscard]] PostNames of(base::db::Session& session, const std::vector<PostId>& posts,
                             base::Instant now);

 private:
  struct Known {
    PostName name;
    base::Instant at;
  };

  const std::chrono::milliseconds life_;
  std::mutex mutex_;
  std::map<PostId, Known> known_;
};

}  // namespace eoffice::directory
