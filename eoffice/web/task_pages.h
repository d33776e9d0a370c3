// Tasks: lists behind the counts, the task's own page, and the leader's first page.
#pragma once

#include "base/http/router.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class TaskPages {
 public:
  explicit TaskPages(const PageParts& parts) : parts_(parts) {}
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response list(Visit& visit) const;
  base::http::Response open(Visit& visit) const;
  base::http::Response confirm(Visit& visit) const;
  base::http::Response giveBack(Visit& visit) const;
  template <class Word>
  base::http::Response decide(Visit& visit, Word&& word) const;
  base::http::Response today(Visit& visit) const;

  PageParts parts_;
};

}  // namespace eoffice::web
