#include "eoffice/search/searcher.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "base/log.h"
#include "eoffice/search/facet_counter_internal.h"
#include "eoffice/search/query_plan_internal.h"
#include "eoffice/search/terms_internal.h"

namespace eoffice::search {
namespace {

// So many documents may match before only the newest are looked at. What a page of results costs
// follows from it (bench/search_speed). Documents that lie far apart, as those of one official in
// the whole of a province, cost ten times what neighbours do; so do positions.
constexpr Xapian::doccount kMostRanked = 10'000;
constexpr Xapian::doccount kMostScattered = 2'000;
constexpr Xapian::doccount kScattered = 50;  // One in so many.
constexpr Xapian::doccount kMostPhrases = 500;
constexpr Xapian::doccount kTypingShare = 4;  // Suggestions come more often and want less.
constexpr Xapian::doccount kWiden = 8;
// A ranking has at least so many documents, if there are: else the first page would be ranked among
// fewer than the second one is.
constexpr std::size_t kSettled = 200;
// A commit of the writer may take blocks away from a reader that is two commits behind.
constexpr int kAttempts = 5;

// The documents of the newest ids: a part of the index that can be skipped to.
class NewestDocuments : public Xapian::PostingSource {
 public:
  NewestDocuments(Xapian::docid first, Xapian::docid last) : first_(first), last_(last) {}

  [[nodiscard]] Xapian::doccount get_termfreq_min() const override { return 0; }
  [[nodiscard]] Xapian::doccount get_termfreq_est() const override { return last_ - first_ + 1; }
  [[nodiscard]] Xapian::doccount get_termfreq_max() const override { return last_ - first_ + 1; }
  void init(const Xapian::Database&) override { at_ = 0; }
  void next(double) override { at_ = at_ == 0 ? first_ : at_ + 1; }
  void skip_to(Xapian::docid id, double) override { at_ = std::max({at_, first_, id}); }
  [[nodiscard]] bool at_end() const override { return at_ > last_; }
  [[nodiscard]] Xapian::docid get_docid() const override { return at_; }
  [[nodiscard]] PostingSource* clone() const override { return new NewestDocuments(first_, last_); }

 private:
  const Xapian::docid first_, last_;
  Xapian::docid at_ = 0;
};

struct Slice {
  Xapian::docid first = 0;
  Xapian::doccount size = 0;
  Xapian::doccount all = 0;
  [[nodiscard]] bool whole() const { return size >= all; }
};

Xapian::doccount mostOf(const QueryPlan& plan, const SearchRequest& request, Xapian::doccount all) {
  auto most = plan.most < all / kScattered ? kMostScattered : kMostRanked;
  if (plan.phrases) most = kMostPhrases;
  return request.counting == Counting::Nothing ? most / kTypingShare : most;
}

// As many of the newest documents as will hold about as many matches as may be ranked.
Slice sliceFor(const Xapian::Database& database, const QueryPlan& plan,
               const SearchRequest& request) {
  Slice slice{.all = 0};
  const auto begin = database.postlist_begin("");
  if (begin == database.postlist_end("")) return slice;
  slice.first = *begin;
  slice.all = database.get_lastdocid() - slice.first + 1;
  slice.size = slice.all;
  const auto most = mostOf(plan, request, slice.all);
  if (plan.most > most) {
    slice.size = static_cast<Xapian::doccount>(double(slice.all) * most / plan.most);
  }
  return slice;
}

Xapian::MSet matchesIn(const Xapian::Database& database, const QueryPlan& plan,
                       const SearchRequest& request, const Slice& slice, FacetCounter& counter) {
  Xapian::Query query = plan.query;
  if (!slice.whole()) {
    NewestDocuments newest(slice.first, slice.first + slice.size - 1);
    query = Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(&newest));
  }
  Xapian::Enquire enquire(database);
  enquire.set_query(query);
  if (request.order == Order::Newest || !plan.weighted) {
    enquire.set_weighting_scheme(Xapian::BoolWeight());
  }
  if (request.counting == Counting::Facets) enquire.add_matchspy(&counter);
  // One more than the page holds says whether there is a next one.
  return enquire.get_mset(static_cast<Xapian::doccount>(request.first),
                          static_cast<Xapian::doccount>(request.size + 1), database.get_doccount());
}

SearchAnswer answerFrom(const Xapian::Database& database, const SearchRequest& request) {
  const auto plan = planOf(database, request);
  auto slice = sliceFor(database, plan, request);
  SearchAnswer answer;
  if (slice.size == 0 || plan.most == 0) return answer;
  const bool ranked = request.order == Order::Best && request.counting == Counting::Facets;
  const auto enough = std::max(request.first + request.size + 1, ranked ? kSettled : 0);
  while (true) {
    FacetCounter counter;
    const auto matches = matchesIn(database, plan, request, slice, counter);
    if (!slice.whole() && matches.get_matches_estimated() < enough) {
      slice.size = slice.size > slice.all / kWiden ? slice.all : slice.size * kWiden;
      continue;
    }
    const double factor = slice.whole() ? 1.0 : double(slice.all) / slice.size;
    answer.exact = slice.whole();
    answer.total = reckoned(matches.get_matches_estimated(), factor);
    answer.more = matches.size() > request.size;
    if (request.counting == Counting::Facets) answer.facets = counter.facets(factor);
    const Wanted wanted(request.conditions);
    for (auto match = matches.begin(); match != matches.end(); ++match) {
      if (answer.found.size() == request.size) break;
      answer.found.push_back(
          {documentOf(*match), passageOf(match.get_document().get_data(), wanted)});
    }
    return answer;
  }
}

}  // namespace

struct Searcher::State {
  struct Handle {
    std::filesystem::path directory;
    Xapian::Database database;
  };

  // A handle of the present index: one that is at rest, or a new one.
  std::unique_ptr<Handle> take() {
    std::filesystem::path directory;
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        auto handle = std::move(idle.back());
        idle.pop_back();
        return handle;
      }
      directory = current;
    }
    if (directory.empty()) return nullptr;
    return std::make_unique<Handle>(Handle{directory, Xapian::Database(directory.string())});
  }

  void giveBack(std::unique_ptr<Handle> handle) {
    const std::lock_guard lock(mutex);
    if (handle->directory == current) idle.push_back(std::move(handle));
  }

  std::mutex mutex;
  std::filesystem::path current;              ///< Empty: there is none.
  std::vector<std::unique_ptr<Handle>> idle;  ///< Of `current`.
  BuildProgress building;
  std::atomic<bool> damaged = false;
};

Searcher::Searcher() : state_(std::make_unique<State>()) {}
Searcher::~Searcher() = default;

void Searcher::use(const std::filesystem::path& directory) {
  const std::lock_guard lock(state_->mutex);
  state_->current = directory;
  state_->idle.clear();
}

void Searcher::close() { use({}); }

bool Searcher::open() const {
  const std::lock_guard lock(state_->mutex);
  return !state_->current.empty();
}

void Searcher::tellBuilding(const BuildProgress& progress) {
  const std::lock_guard lock(state_->mutex);
  state_->building = progress;
}

BuildProgress Searcher::building() const {
  const std::lock_guard lock(state_->mutex);
  return state_->building;
}

bool Searcher::takeDamage() { return state_->damaged.exchange(false); }

std::optional<SearchAnswer> Searcher::search(const SearchRequest& request) const {
  try {
    for (int attempt = 1;; ++attempt) {
      auto handle = state_->take();
      if (!handle) return std::nullopt;
      try {
        handle->database.reopen();
        auto answer = answerFrom(handle->database, request);
        state_->giveBack(std::move(handle));
        return answer;
      } catch (const Xapian::DatabaseModifiedError&) {
        if (attempt == kAttempts) throw;
      }
    }
  } catch (const Xapian::DatabaseCorruptError& error) {
    state_->damaged = true;
    base::log::error("search.query_failed", {{"what", error.get_description()}});
  } catch (const Xapian::Error& error) {
    base::log::error("search.query_failed", {{"what", error.get_description()}});
  }
  return std::nullopt;
}

}  // namespace eoffice::search
