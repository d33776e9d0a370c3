// A case file as one package for the archive or another system: a ZIP with the list of documents as
// XML (`index.xml`) and PDF (`index.pdf`), the documents' files in order of time, and their
// checksums
// (`checksums.sha256`, which `sha256sum -c` reads). Files come from the blob store as they are and
// are not compressed again; memory does not depend on their size. Knows no right.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/blob/blob_store.h"
#include "eoffice/records/case_file_rows.h"

namespace eoffice::records {

struct Package {
  CaseFile file;
  std::string agencyCode;
  std::string agencyName;
  std::vector<ItemLine> items;
  std::vector<PackedFile> files;  ///< Of the items that the reader sees.
  std::string contents;           ///< The list as PDF.
  base::Instant at{};
  std::string by;
};

/// Where a file of the `document`th document (from 1) stands in the package:
/// `files/0001/cong-van.pdf`. Path characters, control characters and marks of direction of the
/// name do not travel.
[[nodiscard]] std::string pathInPackage(std::size_t document, const documents::File& file);

/// `index.xml`, UTF-8.
[[nodiscard]] std::string indexXml(const Package& package);

/// Throws std::runtime_error when the disk is full, base::BlobError for a blob that is missing.
void writePackage(const Package& package, const base::BlobStore& blobs,
                  const std::filesystem::path& out);

}  // namespace eoffice::records
