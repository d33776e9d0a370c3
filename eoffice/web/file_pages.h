// The bytes of documents: PDFs with Range, and pictures of their pages. Rights stand in the query.
#pragma once

#include "base/http/router.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

/// The bytes of a file whose reader may see it: PDFs to be shown, anything else to be saved.
[[nodiscard]] base::http::Response fileAnswer(const base::BlobStore& blobs,
                                              const documents::File& file);

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
