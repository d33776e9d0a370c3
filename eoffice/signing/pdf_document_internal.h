// A PDF's objects, read where they lie (PoDoFo over mapped bytes): pages, form, signatures.
// Only inside the worker: the bytes are foreign. Reading errors are PoDoFo::PdfError, or
// UnsupportedPdf where the structure is readable but not for us. One thread.
#pragma once

#include <podofo/podofo.h>

#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

#include "eoffice/signing/pdf_facts.h"

namespace eoffice::pdf {

class UnsupportedPdf : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A page's frame: its visible box in user space and its rotation, and the way between user space
/// and the page as shown.
struct PageFrame {
  PoDoFo::PdfReference reference;
  double left = 0, bottom = 0, right = 0, top = 0;
  int rotation = 0;  ///< 0, 90, 180, 270, clockwise.

  [[nodiscard]] double shownWidth() const;
  [[nodiscard]] double shownHeight() const;
  [[nodiscard]] PoDoFo::PdfRect toUser(const PageBox& shown) const;
  [[nodiscard]] PageBox toShown(const PoDoFo::PdfRect& user) const;
};

struct SignatureField {
  std::string name;  ///< Full name, parts joined by `.`.
  PoDoFo::PdfReference field;
  const PoDoFo::PdfObject* value = nullptr;  ///< The signature dictionary; null while unsigned.
  int page = 0;                              ///< From 1; 0 when it stands on none.
  PageBox box;                               ///< As shown; empty for an invisible one.
};

class PdfDocument {
 public:
  /// `bytes` outlive the object. Parses the cross-references; objects are read when asked for.
  explicit PdfDocument(std::string_view bytes);
  ~PdfDocument();
  PdfDocument(const PdfDocument&) = delete;
  PdfDocument& operator=(const PdfDocument&) = delete;

  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] bool encrypted() const;
  [[nodiscard]] const PoDoFo::PdfObject& trailer() const;
  [[nodiscard]] const PoDoFo::PdfObject& catalog() const;
  [[nodiscard]] PoDoFo::PdfVecObjects& objects() const { return *objects_; }
  /// Null for a reference to nothing. Follows one reference; `object` may be null.
  [[nodiscard]] const PoDoFo::PdfObject* resolve(const PoDoFo::PdfObject* object) const;
  [[nodiscard]] const PoDoFo::PdfObject* get(const PoDoFo::PdfReference& reference) const;
  /// The value of `key`, resolved; null when `object` is no dictionary or lacks it.
  [[nodiscard]] const PoDoFo::PdfObject* get(const PoDoFo::PdfObject* object,
                                             const char* key) const;
  [[nodiscard]] const std::vector<PageFrame>& pages() const;
  [[nodiscard]] std::vector<SignatureField> signatureFields() const;

 private:
  class Buffer;
  void collectPages(const PoDoFo::PdfObject& node, PageFrame inherited, int depth) const;
  void collectFields(const PoDoFo::PdfObject& field, const std::string& prefix, bool signature,
                     int depth, std::vector<SignatureField>& found) const;
  void locate(const PoDoFo::PdfObject& widget, SignatureField& field) const;

  std::string_view bytes_;
  std::unique_ptr<Buffer> buffer_;
  std::unique_ptr<std::istream> stream_;
  std::unique_ptr<PoDoFo::PdfVecObjects> objects_;
  std::unique_ptr<PoDoFo::PdfParser> parser_;
  mutable std::vector<PageFrame> pages_;
};

[[nodiscard]] const PoDoFo::PdfArray* asArray(const PoDoFo::PdfObject* object);
[[nodiscard]] const PoDoFo::PdfDictionary* asDictionary(const PoDoFo::PdfObject* object);
[[nodiscard]] std::string asName(const PoDoFo::PdfObject* object);  ///< Empty when it is none.
[[nodiscard]] std::string asText(const PoDoFo::PdfObject* object);  ///< A text string, UTF-8.
[[nodiscard]] std::optional<std::int64_t> asInteger(const PoDoFo::PdfObject* object);

}  // namespace eoffice::pdf
