// The processing slip of an incoming document, for the screen and the printer, and as a PDF.
#pragma once

#include "base/http/router.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class SlipPages {
 public:
  explicit SlipPages(const PageParts& parts) : parts_(parts) {}
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response show(Visit& visit) const;
  base::http::Response pdf(Visit& visit) const;

  PageParts parts_;
};

}  // namespace eoffice::web
