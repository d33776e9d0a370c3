// Writes one incremental revision of a PDF: the bytes that follow the file as it is. Cross-
// references come in the file's own kind (table or stream), so that no reader meets a mixture.
// Only inside the worker. One thread.
#pragma once

#include <podofo/podofo.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "eoffice/signing/pdf_document_internal.h"
#include "eoffice/signing/pdf_xref.h"

namespace eoffice::pdf {

class Revision {
 public:
  /// Throws UnsupportedPdf when the file cannot be extended. `document` outlives the object.
  explicit Revision(const PdfDocument& document);

  [[nodiscard]] PoDoFo::PdfReference reserve();
  /// `body` is what stands between `obj` and `endobj`.
  void put(const PoDoFo::PdfReference& reference, std::string body);
  void put(const PoDoFo::PdfReference& reference, const PoDoFo::PdfVariant& value);
  /// Copies `root` of another document and all that it refers to; returns its new reference.
  [[nodiscard]] PoDoFo::PdfReference transplant(const PdfDocument& from,
                                                const PoDoFo::PdfReference& root);

  /// The whole revision. Call once, last. Offsets of bodies are known afterwards.
  [[nodiscard]] std::string finish();
  /// Where in the file the body of `reference` begins.
  [[nodiscard]] std::uint64_t bodyOffset(const PoDoFo::PdfReference& reference) const;

 private:
  struct Entry {
    std::string body;
    std::uint64_t offset = 0;  ///< Of the number that opens the object.
    std::size_t header = 0;    ///< Length of `12 0 obj\n`.
  };
  [[nodiscard]] std::string trailerKeys(std::uint64_t size) const;
  void writeTable(std::string& section) const;
  void writeStream(std::string& section);

  const PdfDocument& document_;
  LastXref last_;
  std::uint32_t next_;
  std::map<PoDoFo::PdfReference, Entry> entries_;
};

[[nodiscard]] std::string serialise(const PoDoFo::PdfVariant& value);
/// A text string of UTF-8: `<FEFF…>`.
[[nodiscard]] std::string pdfText(std::string_view utf8);
[[nodiscard]] std::string referenceText(const PoDoFo::PdfReference& reference);  ///< `12 0 R`

}  // namespace eoffice::pdf
