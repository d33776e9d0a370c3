// The facets of a document, packed into one value of the index, so that counting reads one value
// for each match. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "eoffice/search/content.h"

namespace eoffice::search {

struct FacetValues {
  std::int64_t agency = 0;
  int year = 0;
  int urgency = 0;
  int state = 0;
  int direction = 0;
  // Names as they were written, and as they are compared: what is counted together is what the
  // filter of that name finds.
  std::string_view typeKey, type;
  std::string_view issuerKey, issuer;
};

[[nodiscard]] std::string packFacets(const Content& content);
/// The views point into `packed`. False for bytes that packFacets() did not make.
[[nodiscard]] bool unpackFacets(std::string_view packed, FacetValues& values);

}  // namespace eoffice::search
