// A search as its address says it: what was asked, what the form shows, and the addresses of its
// neighbours (another page, one filter more or less). Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "eoffice/documents/document_types.h"
#include "eoffice/documents/finder.h"
#include "eoffice/web/document_view.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class SearchForm {
 public:
  /// Reads `q, type, direction, urgency, state, year, issuer, agency, from, to, sort, page`. What
  /// is no value of a field counts as absent, but a wrong date is a fault.
  explicit SearchForm(const Visit& visit);

  [[nodiscard]] const documents::FindRequest& request() const { return request_; }
  /// `field.bad_date` of `from`, `to`.
  [[nodiscard]] const base::Result<void>& good() const { return good_; }
  [[nodiscard]] std::string value(const std::string& name) const;
  /// There is something to look for.
  [[nodiscard]] bool asked() const;
  /// A filter of the form is set.
  [[nodiscard]] bool filtered() const;

  /// `/search?…` with that field set to the value; empty: without it. The page begins anew.
  [[nodiscard]] std::string with(const std::string& name, const std::string& value) const;
  [[nodiscard]] std::string atPage(int page) const;

  /// For `parts/filter`.
  [[nodiscard]] nlohmann::json view(const Speech& say, const documents::DocumentTypes& types) const;

 private:
  void readFilter(const Visit& visit);

  std::vector<std::pair<std::string, std::string>> values_;  ///< Those that are not empty.
  documents::FindRequest request_;
  base::Result<void> good_;
};

}  // namespace eoffice::web
