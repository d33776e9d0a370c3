// The registers on screen, and as files to print and to keep, with the columns of the decree's
// forms.
#pragma once

#include "base/http/router.h"
#include "eoffice/documents/register.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class BookPages {
 public:
  explicit BookPages(const PageParts& parts) : parts_(parts) {}
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response show(Visit& visit, documents::RegisterForm form) const;
  base::http::Response file(Visit& visit, documents::RegisterForm form) const;

  PageParts parts_;
};

}  // namespace eoffice::web
