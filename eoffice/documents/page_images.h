// Pages of PDFs as pictures for the reading pane, rendered once by the PDF worker and kept in a
// cache folder by the file's hash, page and resolution. The folder may be emptied at any time.
#pragma once

#include <filesystem>
#include <string>

#include "base/blob/blob_store.h"
#include "base/result.h"
#include "eoffice/signing/pdf_tools.h"

namespace eoffice::documents {

class PageImages {
 public:
  PageImages(const base::BlobStore& blobs, const PdfReader& reader, std::filesystem::path cache);
  /// A PNG file. `page` from 1, `dpi` 36 to 300. Refuses what PdfReader::renderPage refuses.
  [[nodiscard]] base::Result<std::filesystem::path> image(const std::string& sha256, int page,
                                                          int dpi) const;

 private:
  const base::BlobStore& blobs_;
  const PdfReader& reader_;
  std::filesystem::path cache_;
};

}  // namespace eoffice::documents
