// Draws what is laid over a page (a picture, lines of text) as one PDF form that stands alone, by
// PoDoFo: fonts embedded as subsets with identity encoding, so that every Vietnamese letter
// survives and can be read back. Knows nothing of the document it will be laid over. One thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "eoffice/signing/page_layout.h"
#include "eoffice/signing/pdf_document_internal.h"
#include "eoffice/signing/picture.h"

namespace eoffice::pdf {

struct Fonts {
  std::filesystem::path upright;
  std::filesystem::path italic;
};

/// A form in a PDF of its own.
struct Overlay {
  std::string pdf;
  PoDoFo::PdfReference form;  ///< In that PDF.
};

/// `rotation`: of the page, so that the form appears upright.
[[nodiscard]] Overlay drawPicture(const Picture& picture, double width, double height,
                                  int rotation);
/// Boxes and runs of `plan` in page coordinates; the form has the size of `plan.box`.
[[nodiscard]] Overlay drawStamp(const layout::StampPlan& plan, const Fonts& fonts, int rotation);

/// Widths of text in the two fonts. Throws PoDoFo::PdfError when a font is missing.
class TextMeasure {
 public:
  explicit TextMeasure(const Fonts& fonts);
  ~TextMeasure();
  [[nodiscard]] double operator()(std::string_view text, double size, bool italic) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace eoffice::pdf
