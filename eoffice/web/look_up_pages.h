// What is looked up rather than done: notifications, the history of a document, register
// books, the directory.
#pragma once

#include "base/http/router.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class LookUpPages {
 public:
  explicit LookUpPages(const PageParts& parts) : parts_(parts) {}
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response home(Visit& visit) const;
  base::http::Response notifications(Visit& visit) const;
  base::http::Response readNotifications(Visit& visit) const;
  base::http::Response bell(Visit& visit) const;
  base::http::Response history(Visit& visit) const;
  base::http::Response people(Visit& visit) const;
  base::http::Response agencies(Visit& visit) const;

  PageParts parts_;
};

}  // namespace eoffice::web
