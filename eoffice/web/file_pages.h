// The bytes of documents: PDFs with Range, and pictures of their pages. Rights stand in the query.
#pragma once

#include "base/http/router.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class FilePages {
 public:
  explicit FilePages(const PageParts& parts) : parts_(parts) {}
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response file(Visit& visit) const;
  base::http::Response pageImage(Visit& visit) const;
  [[nodiscard]] std::optional<documents::File> find(const Visit& visit) const;

  PageParts parts_;
};

}  // namespace eoffice::web
