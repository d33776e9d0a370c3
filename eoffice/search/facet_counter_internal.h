// Counts the facets of every match as Xapian meets it.
#pragma once

#include <xapian.h>

#include <map>
#include <string>

#include "eoffice/search/searcher.h"

namespace eoffice::search {

class FacetCounter : public Xapian::MatchSpy {
 public:
  void operator()(const Xapian::Document& document, double weight) override;
  /// Each count multiplied by `factor`; 1: as counted.
  [[nodiscard]] Facets facets(double factor) const;

 private:
  /// By key: the first name that was met with it, and how many.
  using Counts = std::map<std::string, FacetCount, std::less<>>;
  std::map<std::int64_t, std::int64_t> agencies_, years_, urgencies_, states_, directions_;
  Counts types_, issuers_;
};

/// To two digits where `factor` is not 1: nobody takes it for a count.
[[nodiscard]] std::int64_t reckoned(std::int64_t count, double factor);

}  // namespace eoffice::search
