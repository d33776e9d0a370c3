// The page on which somebody who will be away says who stands in.
#pragma once

#include "base/http/router.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class DelegationPages {
 public:
  explicit DelegationPages(const PageParts& parts) : parts_(parts) {}
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response show(Visit& visit) const { return page(visit, nullptr); }
  base::http::Response give(Visit& visit) const;
  base::http::Response end(Visit& visit) const;
  /// With what was typed when there is something wrong with it.
  base::http::Response page(Visit& visit, const base::Refusal* why) const;

  PageParts parts_;
};

}  // namespace eoffice::web
