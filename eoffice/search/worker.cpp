#include "eoffice/search/worker.h"

#include "base/log.h"
#include "eoffice/search/feed.h"
#include "eoffice/search/feeding.h"

namespace eoffice::search {
namespace {

using base::db::Session;
using std::chrono::milliseconds;

constexpr milliseconds kPoll{250};
constexpr milliseconds kAfterFailure{5000};
constexpr milliseconds kAfterIndexFailure{
    60'000};  // A full disk: building again and again is no help.
constexpr std::chrono::minutes kSayStillThere{1};

}  // namespace

SearchWorker::SearchWorker(base::db::Database& database, const ContentSource& source,
                           IndexFolder folder, Searcher& searcher, base::Metrics& metrics)
    : database_(database),
      source_(source),
      folder_(std::move(folder)),
      searcher_(searcher),
      indexed_(metrics.counter("eoffice_search_indexed_total",
                               "Documents that the search index has read again.")),
      errors_(metrics.counter("eoffice_search_errors_total",
                              "Rounds of the search index that failed.")) {
  const auto feed = [this](auto member) {
    return [this, member] {
      const auto node = node_.load();
      if (node == 0) return 0.0;
      return static_cast<double>(
          database_.read([&](Session& session) { return feedState(session, node); }).*member);
    };
  };
  metrics.gauge("eoffice_search_lag_seconds",
                "Age of the oldest change that a search does not find yet.", {},
                feed(&FeedState::lagSeconds));
  metrics.gauge("eoffice_search_queue", "Changes that wait for the search index, up to 10,000.", {},
                feed(&FeedState::waiting));
  metrics.gauge("eoffice_search_ready", "1 while searches are answered from the index.", {},
                [this] { return searcher_.open() ? 1.0 : 0.0; });
}

void SearchWorker::start() {
  if (thread_.joinable()) return;
  stopping_ = false;
  thread_ = std::thread([this] { run(); });
}

void SearchWorker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool SearchWorker::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void SearchWorker::run() {
  while (!stopping()) {
    milliseconds rest = kPoll;
    try {
      if (round()) continue;
    } catch (const IndexError& error) {
      errors_.add();
      base::log::error("search.round_failed", {{"what", error.what()}});
      rest = kAfterIndexFailure;
    } catch (const std::exception& error) {
      errors_.add();
      base::log::error("search.round_failed", {{"what", error.what()}});
      rest = kAfterFailure;
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, rest, [this] { return stopping_; });
  }
}

bool SearchWorker::round() {
  if (searcher_.takeDamage()) giveUp("damaged");
  if (!ensureIndex()) return false;
  try {
    return feed() > 0;
  } catch (const IndexError& error) {
    // What was put in and not committed must not be taken for durable.
    index_.reset();
    if (error.kind() != IndexError::Kind::Broken) throw;
    giveUp(error.what());
    return true;
  }
}

std::size_t SearchWorker::feed() {
  const auto done = feedOnce(database_, source_, *index_);
  indexed_.add(static_cast<double>(done));
  const auto now = std::chrono::steady_clock::now();
  if (done == 0 && now - said_ >= kSayStillThere) {
    stillThere(database_, *index_);
    said_ = now;
  }
  return done;
}

// `eoffice search rebuild` beside this process may have put another index in its place.
bool SearchWorker::ensureIndex() {
  if (index_ && name_ == folder_.current()) return true;
  index_.reset();
  if (openCurrent()) return true;
  build();
  return openCurrent();
}

bool SearchWorker::openCurrent() {
  const auto name = folder_.current();
  if (name.empty() || name == unusable_) return false;
  try {
    auto index = Index::open(folder_.pathOf(name));
    if (!fits(index)) {
      giveUp("does not fit the database");
      return false;
    }
    node_ = index.mark().node;
    index_.emplace(std::move(index));
    name_ = name;
    searcher_.use(folder_.pathOf(name));
  } catch (const IndexError& error) {
    if (error.kind() != IndexError::Kind::Broken) throw;
    giveUp(error.what());
    return false;
  }
  removeOthers(database_, folder_);
  base::log::info("search.opened", {{"documents", index_->documents()}});
  return true;
}

// An index that is older than what its feed has dropped (restored from a backup), or newer (the
// database was restored), or whose feed is gone, cannot be brought up to date.
bool SearchWorker::fits(const Index& index) const {
  const auto durable =
      database_.read([&](Session& session) { return feedGeneration(session, index.mark().node); });
  return durable && (*durable == 0 || index.mark().generation == *durable ||
                     index.mark().generation == *durable + 1);
}

void SearchWorker::giveUp(std::string_view why) {
  base::log::warning("search.index_unusable", {{"why", why}});
  searcher_.close();
  index_.reset();
  unusable_ = folder_.current();
  node_ = 0;
}

void SearchWorker::build() {
  searcher_.close();
  const auto built = buildIndex(database_, source_, folder_, [this](const BuildProgress& at) {
    if (at.all > 0) searcher_.tellBuilding(at);
    return !stopping();
  });
  if (built == Built::Done) searcher_.tellBuilding({});
}

}  // namespace eoffice::search
