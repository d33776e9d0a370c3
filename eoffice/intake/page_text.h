// The words of one page with their places, wherever they came from: the PDF's own text or the OCR.
// Pure values; JSON for the way into the database and back. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "eoffice/intake/blob_text.h"
#include "eoffice/signing/pdf_facts.h"

namespace eoffice::intake {

struct Word {
  std::string text;  ///< NFC, without spaces.
  PageBox box;       ///< In units of the page, from its upper left.
  int sure = 100;    ///< Percent; 100 for a PDF's own text.
};

/// Of one page: more are left out. A page of print has under two thousand.
inline constexpr std::size_t kMostWords = 5000;

struct PageText {
  int page = 1;
  TextSource source = TextSource::TextLayer;
  double width = 0, height = 0;
  double slope = 0;  ///< How the lines of a crooked scan fall: y grows by it with each unit of x.
  std::vector<Word> words;
};

/// Of a PDF's own text. Foreign twins of Vietnamese letters (`Ð` for `Đ`) are mended.
[[nodiscard]] PageText fromTextLayer(const PdfPageText& text, int page);
/// Of tesseract's TSV. Rows that are none are left out; what is no word (no letter or digit, less
/// than 20 percent sure) too.
[[nodiscard]] PageText fromTsv(std::string_view tsv, int page);

/// Whether a PDF's own text is worth more than an OCR of the page: at least `kFewWords` words, in
/// letters that Vietnamese has. A scan with a stamp laid over it, and text in the encodings from
/// before Unicode, is not.
inline constexpr int kFewWords = 12;
[[nodiscard]] bool isReadable(const PageText& text);

[[nodiscard]] nlohmann::json toJson(const PageText& text);
/// Throws nlohmann's exceptions for what was not written here.
[[nodiscard]] PageText pageFromJson(const nlohmann::json& json);

}  // namespace eoffice::intake
