#include "eoffice/signing/page_reader.h"

#include <poppler-document.h>
#include <poppler-embedded-file.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>
#include <poppler-version.h>

#include "base/text.h"
#include "eoffice/signing/page_layout.h"

namespace eoffice::pdf {
namespace {

constexpr double kLongestSide = 420 * layout::kPointsPerMm;  ///< A3, in points.
constexpr int kPagesReadForText = 5;
constexpr int kPagesReadForMarks = 50;

std::string utf8(const poppler::ustring& text) {
  poppler::byte_array const bytes = text.to_utf8();
  std::string const plain(bytes.begin(), bytes.end());
  return base::isUtf8(plain) ? base::toNfc(plain) : std::string{};
}

PageBox toBox(const poppler::rectf& rect) {
  return {rect.x(), rect.y(), rect.width(), rect.height()};
}

PdfWord toWord(const poppler::text_box& box) {
  PdfWord word{utf8(box.text()), toBox(box.bbox()), 0, {}};
  word.fontSize = box.has_font_info() ? box.get_font_size() : 0;
  std::size_t const length = base::lengthInCharacters(word.text);
  if (length == box.text().size()) {
    for (std::size_t i = 0; i < length; ++i) word.letters.push_back(toBox(box.char_bbox(i)));
  }
  return word;
}

}  // namespace

struct PageReader::State {
  std::unique_ptr<poppler::document> document;

  [[nodiscard]] std::unique_ptr<poppler::page> page(int number) const {
    return std::unique_ptr<poppler::page>(document->create_page(number - 1));
  }
};

PageReader::PageReader(const std::string& path) : state_(std::make_unique<State>()) {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  state_->document.reset(poppler::document::load_from_file(path));
}

PageReader::~PageReader() = default;

OpenState PageReader::state() const {
  if (!state_->document) return OpenState::Unreadable;
  if (state_->document->is_locked()) return OpenState::PasswordNeeded;
  return state_->document->pages() > 0 ? OpenState::Open : OpenState::Unreadable;
}

int PageReader::pages() const { return state_->document->pages(); }

PdfFacts PageReader::facts() const {
  auto const& document = *state_->document;
  PdfFacts facts;
  facts.pages = document.pages();
  int major = 0;
  int minor = 0;
  document.get_pdf_version(&major, &minor);
  facts.version = std::to_string(major) + "." + std::to_string(minor);
  facts.encrypted = document.is_encrypted();
  facts.hasAttachments = document.has_embedded_files();
  for (int number = 1; number <= std::min(facts.pages, kPagesReadForMarks); ++number) {
    PdfPageText const page = text(number);
    if (number == 1) {
      facts.widthMm = page.width / layout::kPointsPerMm;
      facts.heightMm = page.height / layout::kPointsPerMm;
    }
    if (number <= kPagesReadForText && !page.words.empty()) facts.hasText = true;
    auto const mark = layout::findSecrecyMark(page, number);
    if (mark && (!facts.secrecy || mark->level > facts.secrecy->level)) facts.secrecy = mark;
  }
  return facts;
}

PdfPageText PageReader::text(int number) const {
  PdfPageText text;
  auto const page = state_->page(number);
  if (!page) return text;
  auto const frame = page->page_rect(poppler::crop_box);
  auto const turn = page->orientation();
  bool const sideways = turn == poppler::page::landscape || turn == poppler::page::seascape;
  text.width = sideways ? frame.height() : frame.width();
  text.height = sideways ? frame.width() : frame.height();
  for (auto const& box : page->text_list(poppler::page::text_list_include_font)) {
    PdfWord word = toWord(box);
    if (!base::squeezed(word.text).empty()) text.words.push_back(std::move(word));
  }
  return text;
}

bool PageReader::render(int number, int dpi, const std::string& path) const {
  return draw(number, dpi, path, Ink::Colour);
}

bool PageReader::renderForOcr(int number, int dpi, const std::string& path) const {
  return draw(number, dpi, path, Ink::Grey);
}

bool PageReader::draw(int number, int dpi, const std::string& path, Ink ink) const {
  auto const page = state_->page(number);
  if (!page) return false;
  auto const frame = page->page_rect(poppler::crop_box);
  // Larger pages (plans; scans whose pixels are points) are drawn as if they were A3.
  double const longer = std::max(frame.width(), frame.height());
  if (!(longer > 0) || !(longer < 1e6)) return false;
  double const shrink = std::min(1.0, kLongestSide / longer);
  poppler::page_renderer renderer;
  renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
  bool const grey = ink == Ink::Grey;
  renderer.set_image_format(grey ? poppler::image::format_gray8 : poppler::image::format_rgb24);
  poppler::image const image = renderer.render_page(page.get(), dpi * shrink, dpi * shrink);
  return image.is_valid() && image.save(path, grey ? "pnm" : "png", dpi);
}

}  // namespace eoffice::pdf
