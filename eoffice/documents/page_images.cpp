#include "eoffice/documents/page_images.h"

#include <fmt/format.h>

#include "eoffice/documents/temporary_file.h"

namespace eoffice::documents {

PageImages::PageImages(const base::BlobStore& blobs, const PdfReader& reader,
                       std::filesystem::path cache)
    : blobs_(blobs), reader_(reader), cache_(std::move(cache)) {}

base::Result<std::filesystem::path> PageImages::image(const std::string& sha256, int page,
                                                      int dpi) const {
  const auto folder = cache_ / sha256.substr(0, 2);
  const auto kept = folder / fmt::format("{}-{}-{}.png", sha256, page, dpi);
  if (std::filesystem::exists(kept)) return kept;
  std::filesystem::create_directories(folder);
  const TemporaryFile fresh(folder);
  auto rendered = reader_.renderPage(blobs_.path(sha256), page, dpi, fresh.path());
  if (!rendered) return tl::unexpected(std::move(rendered.error()));
  std::filesystem::rename(fresh.path(), kept);  // Two at once write the same picture.
  return kept;
}

}  // namespace eoffice::documents
