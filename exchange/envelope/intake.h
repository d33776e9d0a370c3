// The first pass over a foreign envelope: the bytes stream through a SAX parser that builds the
// small tree and cuts the attachments out of it. For this folder only.
#pragma once

#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/blob/blob_store.h"
#include "base/result.h"
#include "exchange/envelope/finding.h"
#include "exchange/envelope/reader.h"
#include "exchange/envelope/temp_file.h"
#include "exchange/envelope/tree.h"
#include "exchange/envelope/xml.h"

namespace exchange {

/// What one ContentTransferEncoded held.
struct CapturedFile {
  Splice splice;
  bool decoded = false;           ///< The text was base64.
  std::shared_ptr<TempFile> zip;  ///< The bytes, where they begin like a zip.
  base::BlobRef blob;             ///< The bytes, otherwise.
  std::string head;               ///< The first bytes, for a look at the type.
};

struct TakenIn {
  xml::Doc document;
  std::vector<CapturedFile> files;
  std::vector<Finding> findings;
};

[[nodiscard]] base::Result<TakenIn> takeIn(std::istream& bytes, base::BlobStore& blobs,
                                           const ReadOptions& options);

}  // namespace exchange
