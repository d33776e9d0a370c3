// Finds documents for a person: from the search index, with the reader's rights, and with the lines
// as the database has them now. While there is no index, from the database itself: fewer fields,
// no counts, and the result says so. Safe from any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/texts.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/reading.h"
#include "eoffice/search/searcher.h"

namespace eoffice::documents {

/// What the form beside the words says; empty fields do not count. What the words say counts too.
struct FindFilter {
  std::string type;    ///< Name or code.
  std::string issuer;  ///< Its whole name.
  std::optional<State> state;
  std::optional<Urgency> urgency;
  std::optional<Direction> direction;
  std::optional<int> year;
  AgencyId agency;
  std::optional<base::LocalDate> from, to;
};

enum class Typing : std::uint8_t {
  Finished,
  UnderWay  ///< The last word may be the beginning of one.
};

struct FindRequest {
  std::string words;  ///< In the language of docs/search.md.
  FindFilter filter = {};
  search::Order order = search::Order::Best;
  Typing typing = Typing::Finished;
  search::Counting counting = search::Counting::Facets;
  int page = 1;
  int size = 20;
};

struct FoundDocument {
  ListRow row;
  std::vector<search::Marked> subject;
  search::Passage passage;
};

struct FindResult {
  enum class From : std::uint8_t { Index, Database };
  std::vector<FoundDocument> found;
  std::int64_t total = 0;
  bool exact = true;  ///< Else `total` and the counts of facets are about right.
  bool more = false;
  From from = From::Index;
  search::Facets facets;
  std::vector<std::pair<AgencyId, std::string>> agencies;  ///< Names for facets.agencies.
  bool widened = false;  ///< Nothing had the last word whole: it was taken for a beginning.
};

class Finder {
 public:
  /// `searcher` null: there is no index. What it refers to outlives it.
  Finder(base::db::Database& database, const base::Texts& texts, const search::Searcher* searcher);

  /// Refuses what search::parseQuery refuses.
  [[nodiscard]] base::Result<FindResult> find(const Caller& caller,
                                              const FindRequest& request) const;
  /// How far the building of the index has come, for those who get From::Database.
  [[nodiscard]] search::BuildProgress building() const;

 private:
  [[nodiscard]] std::optional<FindResult> fromIndex(const Caller& caller,
                                                    const FindRequest& request,
                                                    const search::Conditions& conditions) const;
  [[nodiscard]] FindResult fromDatabase(const Caller& caller, const FindRequest& request,
                                        const search::Conditions& conditions) const;

  base::db::Database& database_;
  const search::Searcher* searcher_;
  const search::Vocabulary vocabulary_;
};

}  // namespace eoffice::documents
