// Compares a revision of a PDF with the file that grew out of it: only signatures? stamps as well?
// or the document itself? Only inside the worker. One thread.
#pragma once

#include "eoffice/signing/pdf_document_internal.h"
#include "eoffice/signing/pdf_facts.h"

namespace eoffice::pdf {

/// `later` begins with the bytes of `earlier`. What cannot be explained as a signature field, an
/// annotation laid over a page, validation data or metadata is LaterChange::Other.
[[nodiscard]] LaterChange compareRevisions(const PdfDocument& earlier, const PdfDocument& later);

}  // namespace eoffice::pdf
