// What makes directing quick: the page of ready phrases and assistants, and the acts on a proposal
// beside the leader's own step.
#pragma once

#include "base/http/router.h"
#include "eoffice/web/desk.h"
#include "eoffice/web/other_acts.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::web {

class LeaderPages {
 public:
  LeaderPages(const PageParts& parts, const Desk& desk, OtherActs& others);
  void addRoutes(base::http::Router& router);

 private:
  [[nodiscard]] base::http::Response show(Visit& visit, const base::Refusal* refused) const;
  base::http::Response add(Visit& visit);
  base::http::Response remove(Visit& visit);
  base::http::Response move(Visit& visit);
  base::http::Response nameAssistant(Visit& visit);
  base::http::Response endAssistant(Visit& visit);
  base::http::Response propose(Visit& visit);
  base::http::Response discard(Visit& visit);
  [[nodiscard]] base::http::Response shown(Visit& visit, const base::Result<void>& done) const;

  PageParts parts_;
  const Desk& desk_;
};

}  // namespace eoffice::web
