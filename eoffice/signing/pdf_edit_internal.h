// What a revision of ours adds to a document: annotations on a page, a signed field in the form.
// Nothing that is there is removed or moved. Only inside the worker. One thread.
#pragma once

#include <podofo/podofo.h>

#include <cstdint>
#include <string>
#include <vector>

#include "eoffice/signing/pdf_document_internal.h"
#include "eoffice/signing/pdf_revision_internal.h"

namespace eoffice::pdf {

/// Appends to the page's /Annots. Call once for a page and revision.
void addAnnotations(Revision& revision, const PdfDocument& document, const PageFrame& page,
                    const std::vector<PoDoFo::PdfReference>& annotations);

/// Appends to the form's /Fields, making the form where there is none, and says that the file has
/// signatures which want to be kept. Call once for a revision.
void addSignatureField(Revision& revision, const PdfDocument& document,
                       const PoDoFo::PdfReference& field);

/// `wanted`, or with a number after it, so that no field of the document has that name.
[[nodiscard]] std::string freeFieldName(const PdfDocument& document, const std::string& wanted);

struct SignatureObject {
  PoDoFo::PdfReference reference;
  std::size_t holeBegin = 0;  ///< Of `<`, from the body's start.
  std::size_t holeEnd = 0;
  std::size_t rangeBegin = 0;  ///< Of the first number that is to be filled in.
};

/// The dictionary with an empty hole for `bytes` of CMS.
[[nodiscard]] SignatureObject putSignature(Revision& revision, std::size_t bytes,
                                           const std::string& signerName, const std::string& reason,
                                           base::Instant at);

struct Hole {
  std::uint64_t begin = 0;  ///< In the whole file, of `<`.
  std::uint64_t end = 0;
};

/// Finishes the revision and writes the signature's range into it.
[[nodiscard]] std::string finishSigned(Revision& revision, const PdfDocument& document,
                                       const SignatureObject& signature, Hole& hole);

/// `/Rect[…]`
[[nodiscard]] std::string rectKey(const PageFrame& page, const PageBox& box);

}  // namespace eoffice::pdf
