// Verifies the signatures of a PDF: ranges, digests, keys, chains, and what came later. Only
// inside the worker: the bytes are foreign. One thread.
#pragma once

#include <string_view>

#include "eoffice/signing/cms_internal.h"
#include "eoffice/signing/pdf_document_internal.h"
#include "eoffice/signing/pdf_facts.h"

namespace eoffice::pdf {

/// Throws PoDoFo::PdfError where the file cannot be read at all.
[[nodiscard]] SignatureReport checkSignatures(const PdfDocument& document,
                                              const TrustAnchors& anchors, base::Instant now);

}  // namespace eoffice::pdf
