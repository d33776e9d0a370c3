// How an attachment goes onto the wire. For this folder only.
#pragma once

#include <memory>
#include <string>

#include "base/blob/blob_store.h"
#include "exchange/envelope/model.h"
#include "exchange/envelope/tree.h"

namespace exchange {

/// What the axis's own SDK does, so every receiver must read it: pdf, doc, docx and zip go as they
/// are under `application/<extension>`, all else in a zip with the one entry `<uuid>.<extension>`
/// under `application/zip`. A PDF does not shrink in a zip, and the receiver can compare its bytes
/// with ours directly.
struct Packed {
  std::string contentType;
  std::shared_ptr<const TextSource> text;
};

/// Throws base::BlobError, std::system_error.
[[nodiscard]] Packed pack(const Attachment& attachment, base::LocalDate date,
                          const base::BlobStore& blobs);

}  // namespace exchange
