// Answers queries from the index: what a reader may see, best first or newest first, with counts by
// facet and the passage that shows why. Rights are terms of the index, part of every query.
//
// No query costs more than a bounded number of documents looked at: where more than that would
// match, the newest ones are ranked and the counts are reckoned from them (`exact` is false then).
// Safe from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "eoffice/ids.h"
#include "eoffice/search/passages.h"
#include "eoffice/search/query.h"

namespace eoffice::search {

/// Whose documents: those in which the post has a part, and all of these agencies.
struct Reader {
  PostId post;
  std::vector<AgencyId> agencies;
};

enum class Order : std::uint8_t { Best, Newest };
enum class Counting : std::uint8_t { Facets, Nothing };

struct SearchRequest {
  Conditions conditions;
  Reader reader;
  Order order = Order::Best;
  std::size_t first = 0;  ///< Of the hits wanted, from 0.
  std::size_t size = 20;
  Counting counting = Counting::Facets;
};

struct FacetCount {
  std::string value;  ///< A name as it was written, or a code or id in digits.
  std::int64_t count = 0;
};

/// Most frequent first; years newest first. At most kMostFacets of each.
struct Facets {
  std::vector<FacetCount> agencies, years, types, issuers, urgencies, states, directions;
};
inline constexpr std::size_t kMostFacets = 12;

struct Found {
  DocumentId document;
  Passage passage;
};

struct SearchAnswer {
  std::vector<Found> found;
  std::int64_t total = 0;
  bool exact = true;  ///< Else `total` and the counts are reckoned, to two digits.
  bool more = false;
  Facets facets;
};

/// How far an index that is being built has come.
struct BuildProgress {
  std::int64_t done = 0;
  std::int64_t all = 0;  ///< About; 0: nobody is building.
};

class Searcher {
 public:
  Searcher();
  ~Searcher();

  /// From now on that directory; searches under way end with the one that they have.
  void use(const std::filesystem::path& directory);
  /// There is no index: search() finds nothing to ask.
  void close();
  [[nodiscard]] bool open() const;
  /// What the pages say while there is none.
  void tellBuilding(const BuildProgress& progress);
  [[nodiscard]] BuildProgress building() const;

  /// Empty while there is no index, or when it cannot be read (logged `search.query_failed`).
  [[nodiscard]] std::optional<SearchAnswer> search(const SearchRequest& request) const;
  /// True once after the index turned out to be damaged.
  [[nodiscard]] bool takeDamage();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eoffice::search
