#include "eoffice/documents/finder.h"

#include <map>

#include "eoffice/documents/search_content.h"

namespace eoffice::documents {
namespace {

using base::db::Session;
using search::Attribute;
using search::Condition;
using search::Conditions;

template <class Enum>
std::string codeOf(Enum code) {
  return std::to_string(static_cast<int>(code));
}

Conditions conditionsOf(const FindFilter& filter) {
  Conditions all;
  const auto add = [&](Attribute which, std::string value) {
    all.push_back(search::attribute(which, std::move(value)));
  };
  if (!filter.type.empty()) add(Attribute::Type, search::foldedWords(filter.type));
  if (!filter.issuer.empty()) add(Attribute::Issuer, search::foldedWords(filter.issuer));
  if (filter.state) add(Attribute::State, codeOf(*filter.state));
  if (filter.urgency) add(Attribute::Urgency, codeOf(*filter.urgency));
  if (filter.direction) add(Attribute::Direction, codeOf(*filter.direction));
  if (filter.year) add(Attribute::Year, std::to_string(*filter.year));
  if (filter.agency.valid()) add(Attribute::Agency, std::to_string(filter.agency.value()));
  if (filter.from || filter.to) {
    all.push_back(search::days(filter.from.value_or(base::LocalDate{}),
                               filter.to.value_or(base::LocalDate{})));
  }
  return all;
}

// What the database itself can look for: words of the fields, and the plain filters.
ListFilter listFilterOf(const FindFilter& filter, const Conditions& conditions) {
  ListFilter list{.direction = filter.direction,
                  .states = {},
                  .words = {},
                  .from = filter.from,
                  .to = filter.to,
                  .urgency = filter.urgency,
                  .type = filter.type,
                  .issuer = filter.issuer};
  if (filter.state) list.states.push_back(*filter.state);
  for (const auto& condition : conditions) {
    if (condition.excluded || condition.kind != Condition::Kind::Words) continue;
    for (const auto& word : condition.words) list.words += word.folded + ' ';
  }
  return list;
}

std::vector<AgencyId> agenciesOf(const search::Facets& facets) {
  std::vector<AgencyId> ids;
  for (const auto& agency : facets.agencies) ids.emplace_back(std::stoll(agency.value));
  return ids;
}

bool endsInAWord(const Conditions& conditions) {
  return !conditions.empty() && conditions.back().kind == Condition::Kind::Words &&
         !conditions.back().prefix && !conditions.back().excluded;
}

}  // namespace

Finder::Finder(base::db::Database& database, const base::Texts& texts,
               const search::Searcher* searcher)
    : database_(database), searcher_(searcher), vocabulary_(searchVocabulary(texts)) {}

search::BuildProgress Finder::building() const {
  return searcher_ == nullptr ? search::BuildProgress{} : searcher_->building();
}

base::Result<FindResult> Finder::find(const Caller& caller, const FindRequest& request) const {
  auto conditions = search::parseQuery(request.words, vocabulary_);
  if (!conditions) return tl::unexpected(std::move(conditions.error()));
  if (request.typing == Typing::UnderWay) {
    conditions = search::whileTyping(std::move(*conditions), request.words);
  }
  auto result = fromIndex(caller, request, *conditions);
  if (!result) return fromDatabase(caller, request, *conditions);
  if (result->total == 0 && endsInAWord(*conditions)) {
    conditions = search::whileTyping(std::move(*conditions), request.words);
    if (auto wider = fromIndex(caller, request, *conditions); wider && wider->total > 0) {
      wider->widened = true;
      return std::move(*wider);
    }
  }
  return std::move(*result);
}

std::optional<FindResult> Finder::fromIndex(const Caller& caller, const FindRequest& request,
                                            const Conditions& conditions) const {
  if (searcher_ == nullptr) return std::nullopt;
  const search::Wanted wanted(conditions);
  search::SearchRequest search{
      .conditions = conditions,
      .reader = {},
      .order = request.order,
      .first = static_cast<std::size_t>(request.page - 1) * static_cast<std::size_t>(request.size),
      .size = static_cast<std::size_t>(request.size),
      .counting = request.counting};
  for (auto& one : conditionsOf(request.filter)) search.conditions.push_back(std::move(one));
  search.reader = database_.read([&](Session& session) { return searchReader(session, caller); });
  auto answer = searcher_->search(search);
  if (!answer) return std::nullopt;
  FindResult result{.total = answer->total, .exact = answer->exact, .more = answer->more};
  std::map<DocumentId, search::Passage> passages;
  std::vector<DocumentId> ids;
  for (auto& one : answer->found) {
    ids.push_back(one.document);
    passages.emplace(one.document, std::move(one.passage));
  }
  database_.read([&](Session& session) {
    result.found.clear();
    for (auto& row : foundRows(session, caller, ids)) {
      auto subject = search::mark(row.subject, wanted);
      auto& passage = passages[row.id];
      result.found.push_back({std::move(row), std::move(subject), passage});
    }
    const auto agencies = agenciesOf(answer->facets);
    if (agencies.size() > 1) result.agencies = agencyNames(session, agencies);
  });
  result.facets = std::move(answer->facets);
  return result;
}

FindResult Finder::fromDatabase(const Caller& caller, const FindRequest& request,
                                const Conditions& conditions) const {
  // Without an index there is one page: it is for the moment, and lists are paged by key.
  const search::Wanted wanted(conditions);
  auto rows = database_.read([&](Session& session) {
    return list(session, caller, listFilterOf(request.filter, conditions),
                {.size = request.size, .total = Total::NotCounted});
  });
  FindResult result{.total = static_cast<std::int64_t>(rows.rows.size()),
                    .exact = !rows.more,
                    .more = false,
                    .from = FindResult::From::Database};
  for (auto& row : rows.rows) {
    auto subject = search::mark(row.subject, wanted);
    result.found.push_back({std::move(row), std::move(subject), {}});
  }
  return result;
}

}  // namespace eoffice::documents
