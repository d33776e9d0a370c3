// Text and pictures of pages, by Poppler. Only inside the worker: the bytes are foreign.
// One thread.
#pragma once

#include <memory>
#include <string>

#include "eoffice/signing/pdf_facts.h"

namespace eoffice::pdf {

enum class OpenState { Open, PasswordNeeded, Unreadable };

class PageReader {
 public:
  explicit PageReader(const std::string& path);
  ~PageReader();

  [[nodiscard]] OpenState state() const;
  [[nodiscard]] int pages() const;
  /// Pages count, version, size, protection; text and marks of the pages that are worth reading.
  [[nodiscard]] PdfFacts facts() const;
  /// `page` from 1 to pages(). An unreadable page has no words.
  [[nodiscard]] PdfPageText text(int page) const;
  /// Writes a PNG to `path`; false when the page cannot be drawn.
  [[nodiscard]] bool render(int page, int dpi, const std::string& path) const;
  /// The same in grey and without compression, which the OCR reads fastest.
  [[nodiscard]] bool renderForOcr(int page, int dpi, const std::string& path) const;

 private:
  enum class Ink { Colour, Grey };
  [[nodiscard]] bool draw(int page, int dpi, const std::string& path, Ink ink) const;

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eoffice::pdf
