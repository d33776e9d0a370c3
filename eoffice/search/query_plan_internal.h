// A request as a Xapian query, with what it will cost.
#pragma once

#include <xapian.h>

#include "eoffice/search/searcher.h"

namespace eoffice::search {

struct QueryPlan {
  Xapian::Query query;
  Xapian::doccount most = 0;  ///< No more documents than this can match.
  bool weighted = false;      ///< There are words to rank by.
  bool phrases = false;       ///< Positions have to be compared: dearer for each document.
};

[[nodiscard]] QueryPlan planOf(const Xapian::Database& database, const SearchRequest& request);

}  // namespace eoffice::search
