// Keeps the office's index up with its database: feeds it, builds it anew when it is missing,
// damaged or no longer fits, and hands it to the searcher. One thread; may be killed at any moment.
// While there is no index the searcher is closed and the pages say so.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "base/metrics.h"
#include "eoffice/search/builder.h"
#include "eoffice/search/index.h"
#include "eoffice/search/searcher.h"

namespace eoffice::search {

class SearchWorker {
 public:
  /// References outlive it.
  SearchWorker(base::db::Database& database, const ContentSource& source, IndexFolder folder,
               Searcher& searcher, base::Metrics& metrics);
  ~SearchWorker() { stop(); }
  SearchWorker(const SearchWorker&) = delete;
  SearchWorker& operator=(const SearchWorker&) = delete;

  void start();
  void stop();
  /// One look at the feed, as the thread does it; builds where it must. True: there may be more.
  bool round();

 private:
  void run();
  bool stopping() const;
  /// Whether there is an index to feed now.
  bool ensureIndex();
  [[nodiscard]] bool openCurrent();
  [[nodiscard]] bool fits(const Index& index) const;
  void build();
  void giveUp(std::string_view why);
  std::size_t feed();

  base::db::Database& database_;
  const ContentSource& source_;
  const IndexFolder folder_;
  Searcher& searcher_;
  base::Counter& indexed_;
  base::Counter& errors_;

  std::optional<Index> index_;
  std::string name_;                              ///< Of `index_`.
  std::string unusable_;                          ///< That index is not opened again.
  std::chrono::steady_clock::time_point said_{};  ///< When the database last heard of it.
  std::atomic<std::int64_t> node_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace eoffice::search
