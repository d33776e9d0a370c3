#include <algorithm>
#include <chrono>

#include "eoffice/search/query_plan_internal.h"
#include "eoffice/search/terms_internal.h"

namespace eoffice::search {
namespace {

using Xapian::Query;

// A beginning stands for this many words at the most, the most frequent ones.
constexpr Xapian::termcount kMostExpansions = 40;
// Longer periods are looked up by year.
constexpr int kMostMonths = 36;

class Planner {
 public:
  explicit Planner(const Xapian::Database& database)
      : database_(database), all_(database.get_doccount()) {
    plan_.most = all_;
  }

  void add(const Condition& condition) {
    auto query = queryOf(condition);
    if (condition.excluded) {
      excluded_.push_back(std::move(query));
    } else if (condition.kind == Condition::Kind::Words) {
      words_.push_back(std::move(query));
    } else {
      filters_.push_back(std::move(query));
    }
  }

  void addReader(const Reader& reader) {
    std::vector<Query> queries;
    Xapian::doccount most = 0;
    const auto either = [&](std::string term) {
      most += database_.get_termfreq(term);
      queries.emplace_back(std::move(term));
    };
    either(std::string(kReader) + std::to_string(reader.post.value()));
    for (const auto& agency : reader.agencies) {
      either(attributeTerm(Attribute::Agency, std::to_string(agency.value())));
    }
    filters_.emplace_back(Query::OP_OR, queries.begin(), queries.end());
    bound(most);
  }

  // Neighbours in the query that are neighbours in a text too lift it.
  void addPairs(const Conditions& conditions) {
    for (std::size_t i = 1; i < conditions.size(); ++i) {
      const auto& left = conditions[i - 1];
      const auto& right = conditions[i];
      const auto plain = [](const Condition& one) {
        return one.kind == Condition::Kind::Words && one.part == Part::Anywhere && !one.excluded &&
               !one.words.empty();
      };
      if (!plain(left) || !plain(right) || right.prefix) continue;
      lifts_.push_back(pair(left.words.back(), right.words.front()));
    }
  }

  QueryPlan finish() {
    plan_.weighted = !words_.empty();
    Query query = words_.empty() ? Query(Query::MatchAll)
                                 : Query(Query::OP_AND, words_.begin(), words_.end());
    if (!lifts_.empty() && !words_.empty()) {
      query = Query(Query::OP_AND_MAYBE, query, Query(Query::OP_OR, lifts_.begin(), lifts_.end()));
    }
    query = Query(Query::OP_FILTER, query, Query(Query::OP_AND, filters_.begin(), filters_.end()));
    if (!excluded_.empty()) {
      query =
          Query(Query::OP_AND_NOT, query, Query(Query::OP_OR, excluded_.begin(), excluded_.end()));
    }
    plan_.query = std::move(query);
    return plan_;
  }

 private:
  // Conditions hold together: none matches more than the rarest of them.
  void bound(Xapian::doccount most) { plan_.most = std::min(plan_.most, most); }

  static Query pair(const Word& left, const Word& right) {
    return Query(std::string(kPair) + left.folded + ' ' + right.folded);
  }

  Query queryOf(const Condition& condition) {
    switch (condition.kind) {
      case Condition::Kind::Words:
        return wordsQuery(condition);
      case Condition::Kind::Attribute: {
        auto term = attributeTerm(condition.attribute, condition.value);
        if (!condition.excluded) bound(database_.get_termfreq(term));
        return Query(std::move(term));
      }
      case Condition::Kind::Days:
        return daysQuery(condition);
    }
    return {};
  }

  Query wordsQuery(const Condition& condition) {
    const std::string prefix(prefixOf(condition.part));
    std::vector<Query> parts;
    const auto whole = condition.words.size() - (condition.prefix ? 1 : 0);
    for (std::size_t i = 0; i < whole; ++i) {
      const auto& word = condition.words[i];
      const auto term = prefix + word.folded;
      if (!condition.excluded) {
        bound(database_.get_termfreq(term));
        if (!word.exact.empty() && condition.part == Part::Anywhere) {
          lifts_.emplace_back(std::string(kExact) + word.exact);
        }
      }
      parts.emplace_back(term);
    }
    Query query = condition.phrase && whole > 1 ? phraseQuery(condition, parts)
                                                : Query(Query::OP_AND, parts.begin(), parts.end());
    if (!condition.prefix) return query;
    const auto beginning = beginningQuery(beginningOf(condition, prefix));
    return parts.empty() ? beginning : Query(Query::OP_AND, query, beginning);
  }

  // Of a phrase, the beginning of a pair: `5/ub` is not any 5 with any word in ub….
  static std::string beginningOf(const Condition& condition, const std::string& prefix) {
    const auto& words = condition.words;
    if (condition.part != Part::Anywhere || words.size() == 1) return prefix + words.back().folded;
    return std::string(kPair) + words[words.size() - 2].folded + ' ' + words.back().folded;
  }

  // Pairs of neighbours are rare terms: they leave few documents to compare positions in.
  Query phraseQuery(const Condition& condition, const std::vector<Query>& parts) {
    Query query(Query::OP_PHRASE, parts.begin(), parts.end(),
                static_cast<Xapian::termcount>(parts.size()));
    if (parts.size() > 2) plan_.phrases = true;
    if (condition.part != Part::Anywhere) {
      plan_.phrases = true;
      return query;
    }
    std::vector<Query> pairs;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const auto& left = condition.words[i - 1];
      auto neighbours = std::string(kPair) + left.folded + ' ' + condition.words[i].folded;
      if (!condition.excluded) bound(database_.get_termfreq(neighbours));
      pairs.emplace_back(std::move(neighbours));
    }
    const Query close(Query::OP_AND, pairs.begin(), pairs.end());
    return parts.size() == 2
               ? Query(Query::OP_AND, Query(Query::OP_AND, parts.begin(), parts.end()), close)
               : Query(Query::OP_FILTER, query, close);
  }

  static Query beginningQuery(const std::string& beginning) {
    return Query(Query::OP_OR, Query(beginning),
                 Query(Query::OP_WILDCARD, beginning, kMostExpansions,
                       Query::WILDCARD_LIMIT_MOST_FREQUENT, Query::OP_SYNONYM));
  }

  Query daysQuery(const Condition& condition) {
    using std::chrono::months;
    using std::chrono::year_month;
    const auto from = condition.from.ok() ? dayValue(condition.from) : std::string();
    const auto to = condition.to.ok() ? dayValue(condition.to) : std::string();
    const Query exactly = to.empty()     ? Query(Query::OP_VALUE_GE, kDaySlot, from)
                          : from.empty() ? Query(Query::OP_VALUE_LE, kDaySlot, to)
                                         : Query(Query::OP_VALUE_RANGE, kDaySlot, from, to);
    if (from.empty() || to.empty() || from > to) return exactly;
    const year_month first(condition.from.year(), condition.from.month());
    const year_month last(condition.to.year(), condition.to.month());
    std::vector<Query> periods;
    Xapian::doccount most = 0;
    const auto period = [&](std::string term) {
      most += database_.get_termfreq(term);
      periods.emplace_back(std::move(term));
    };
    if ((last - first).count() < kMostMonths) {
      for (auto month = first; month <= last; month += months(1)) {
        period(monthTerm(static_cast<int>(month.year()), static_cast<unsigned>(month.month())));
      }
    } else if ((last.year() - first.year()).count() < kMostMonths) {
      for (auto year = first.year(); year <= last.year(); ++year) {
        period(attributeTerm(Attribute::Year, std::to_string(static_cast<int>(year))));
      }
    } else {
      return exactly;
    }
    if (!condition.excluded) bound(most);
    return Query(Query::OP_AND, Query(Query::OP_OR, periods.begin(), periods.end()), exactly);
  }

  const Xapian::Database& database_;
  const Xapian::doccount all_;
  QueryPlan plan_;
  std::vector<Query> words_, filters_, excluded_, lifts_;
};

}  // namespace

QueryPlan planOf(const Xapian::Database& database, const SearchRequest& request) {
  Planner planner(database);
  for (const auto& condition : request.conditions) planner.add(condition);
  planner.addReader(request.reader);
  planner.addPairs(request.conditions);
  return planner.finish();
}

}  // namespace eoffice::search
