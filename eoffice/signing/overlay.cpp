#include "eoffice/signing/overlay.h"

#include <cmath>

namespace eoffice::pdf {
namespace {

using PoDoFo::PdfFont;
using PoDoFo::PdfImage;
using PoDoFo::PdfMemDocument;
using PoDoFo::PdfPainter;
using PoDoFo::PdfRect;
using PoDoFo::PdfString;
using PoDoFo::PdfXObject;

/// The library's constructor with a length counts bytes as letters.
PdfString toString(std::string_view utf8) {
  std::string const ended(utf8);
  return PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(ended.c_str()));
}

PdfFont* loadFont(PdfMemDocument& document, const std::filesystem::path& file, bool italic) {
  auto* const encoding = new PoDoFo::PdfIdentityEncoding(0, 0xffff, true);  // The font adopts it.
  PdfFont* font = document.CreateFontSubset(italic ? "Stamp Italic" : "Stamp", false, italic, false,
                                            encoding, file.c_str());
  if (font == nullptr) PODOFO_RAISE_ERROR_INFO(PoDoFo::ePdfError_InvalidFontFile, file.c_str());
  return font;
}

/// Turns the form so that it stands upright on a page shown rotated.
void turn(PdfXObject& form, int rotation) {
  if (rotation == 0) return;
  int const cosine = rotation == 180 ? -1 : 0;
  int const sine = rotation == 90 ? 1 : rotation == 270 ? -1 : 0;
  PoDoFo::PdfArray matrix;
  for (int const value : {cosine, sine, -sine, cosine, 0, 0}) {
    matrix.push_back(PoDoFo::PdfObject(static_cast<PoDoFo::pdf_int64>(value)));
  }
  form.GetObject()->GetDictionary().AddKey("Matrix", matrix);
}

/// Writes the document with the form used on its page, so that nothing of it is left out.
Overlay finish(PdfMemDocument& document, PdfXObject& form) {
  auto* page = document.CreatePage(form.GetPageSize());
  PdfPainter painter;
  painter.SetPage(page);
  painter.DrawXObject(0, 0, &form);
  painter.FinishPage();
  PoDoFo::PdfRefCountedBuffer buffer;
  PoDoFo::PdfOutputDevice device(&buffer);
  document.Write(&device);
  return {std::string(buffer.GetBuffer(), device.Tell()), form.GetObject()->Reference()};
}

/// One channel set of the picture: its colours, or its transparency.
std::vector<char> channels(const Picture& picture, std::size_t first, std::size_t count) {
  std::vector<char> out;
  out.reserve(picture.rgba.size() / 4 * count);
  for (std::size_t at = 0; at < picture.rgba.size(); at += 4) {
    for (std::size_t c = 0; c < count; ++c) {
      out.push_back(static_cast<char>(picture.rgba[at + first + c]));
    }
  }
  return out;
}

void setData(PdfImage& image, const Picture& picture, const std::vector<char>& data) {
  PoDoFo::PdfMemoryInputStream stream(data.data(), static_cast<PoDoFo::pdf_long>(data.size()));
  image.SetImageData(static_cast<unsigned>(picture.width), static_cast<unsigned>(picture.height), 8,
                     &stream);
}

}  // namespace

Overlay drawPicture(const Picture& picture, double width, double height, int rotation) {
  PdfMemDocument document;
  PdfImage colours(&document);
  colours.SetImageColorSpace(PoDoFo::ePdfColorSpace_DeviceRGB);
  setData(colours, picture, channels(picture, 0, 3));
  PdfImage transparency(&document);
  transparency.SetImageColorSpace(PoDoFo::ePdfColorSpace_DeviceGray);
  setData(transparency, picture, channels(picture, 3, 1));
  colours.SetImageSoftmask(&transparency);

  PdfXObject form(PdfRect(0, 0, width, height), &document);
  PdfPainter painter;
  painter.SetPage(&form);
  painter.DrawImage(0, 0, &colours, width / picture.width, height / picture.height);
  painter.FinishPage();
  turn(form, rotation);
  return finish(document, form);
}

Overlay drawStamp(const layout::StampPlan& plan, const Fonts& fonts, int rotation) {
  PdfMemDocument document;
  PageBox const& box = plan.box;
  PdfXObject form(PdfRect(0, 0, box.width, box.height), &document);
  PdfPainter painter;
  painter.SetPage(&form);
  painter.SetGray(1.0);
  for (auto const& cover : plan.covers) {
    painter.Rectangle(cover.x - box.x, box.y + box.height - cover.y - cover.height, cover.width,
                      cover.height);
    painter.Fill();
  }
  painter.SetGray(0.0);
  PdfFont* loaded[2] = {};
  for (auto const& run : plan.runs) {
    PdfFont*& font = loaded[run.italic ? 1 : 0];
    if (font == nullptr) {
      font = loadFont(document, run.italic ? fonts.italic : fonts.upright, run.italic);
    }
    font->SetFontSize(static_cast<float>(run.size));
    painter.SetFont(font);
    painter.DrawText(run.x - box.x, box.y + box.height - run.baseline, toString(run.text));
  }
  painter.FinishPage();
  turn(form, rotation);
  return finish(document, form);
}

struct TextMeasure::State {
  PdfMemDocument document;
  PdfFont* upright = nullptr;
  PdfFont* italic = nullptr;
};

TextMeasure::TextMeasure(const Fonts& fonts) : state_(std::make_shared<State>()) {
  state_->upright = loadFont(state_->document, fonts.upright, false);
  state_->italic = loadFont(state_->document, fonts.italic, true);
}

TextMeasure::~TextMeasure() = default;

double TextMeasure::operator()(std::string_view text, double size, bool italic) const {
  PdfFont* const font = italic ? state_->italic : state_->upright;
  font->SetFontSize(static_cast<float>(size));
  return font->GetFontMetrics()->StringWidth(toString(text));
}

}  // namespace eoffice::pdf
