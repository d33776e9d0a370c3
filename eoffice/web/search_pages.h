// Search: the page of results with its filters and counts, and what the search box suggests while
// somebody types. Documents come from documents::Finder; people and agencies stand beside them.
#pragma once

#include "base/http/router.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class SearchPages {
 public:
  explicit SearchPages(const PageParts& parts) : parts_(parts) {}
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response search(Visit& visit) const;
  base::http::Response suggest(Visit& visit) const;

  PageParts parts_;
};

}  // namespace eoffice::web
