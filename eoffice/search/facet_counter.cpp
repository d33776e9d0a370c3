#include <algorithm>
#include <cmath>

#include "eoffice/search/facet_counter_internal.h"
#include "eoffice/search/facets_internal.h"
#include "eoffice/search/terms_internal.h"

namespace eoffice::search {
namespace {

template <class Counts>
void countText(Counts& counts, std::string_view key, std::string_view name) {
  if (key.empty()) return;
  const auto found = counts.find(key);
  if (found == counts.end()) {
    counts.emplace(key, FacetCount{std::string(name), 1});
  } else {
    ++found->second.count;
  }
}

FacetCount countOf(std::int64_t value, std::int64_t count) {
  return {std::to_string(value), count};
}
const FacetCount& countOf(const std::string&, const FacetCount& count) { return count; }

enum class By : std::uint8_t { Count, Value };

template <class Counts>
std::vector<FacetCount> listed(const Counts& counts, double factor, By by) {
  std::vector<FacetCount> list;
  for (const auto& [value, count] : counts) {
    list.push_back(countOf(value, count));
    list.back().count = reckoned(list.back().count, factor);
  }
  std::stable_sort(list.begin(), list.end(), [by](const FacetCount& a, const FacetCount& b) {
    return by == By::Count ? a.count > b.count : a.value > b.value;
  });
  if (list.size() > kMostFacets) list.resize(kMostFacets);
  return list;
}

}  // namespace

void FacetCounter::operator()(const Xapian::Document& document, double) {
  const auto packed = document.get_value(kFacetSlot);
  FacetValues values;
  if (!unpackFacets(packed, values)) return;
  ++agencies_[values.agency];
  ++years_[values.year];
  ++urgencies_[values.urgency];
  ++states_[values.state];
  ++directions_[values.direction];
  countText(types_, values.typeKey, values.type);
  countText(issuers_, values.issuerKey, values.issuer);
}

Facets FacetCounter::facets(double factor) const {
  return {.agencies = listed(agencies_, factor, By::Count),
          .years = listed(years_, factor, By::Value),
          .types = listed(types_, factor, By::Count),
          .issuers = listed(issuers_, factor, By::Count),
          .urgencies = listed(urgencies_, factor, By::Value),
          .states = listed(states_, factor, By::Count),
          .directions = listed(directions_, factor, By::Count)};
}

std::int64_t reckoned(std::int64_t count, double factor) {
  if (factor == 1.0) return count;
  const double whole = static_cast<double>(count) * factor;
  double step = 1;
  while (whole / step >= 100) step *= 10;
  return static_cast<std::int64_t>(std::llround(whole / step) * static_cast<long long>(step));
}

}  // namespace eoffice::search
