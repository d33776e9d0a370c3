#include "eoffice/signing/demo_drawing.h"

#include <fcntl.h>
#include <poppler-document.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <cmath>
#include <cwctype>
#include <numbers>

#include "base/text.h"
#include "eoffice/signing/overlay.h"

namespace eoffice::pdf {
namespace {

using PoDoFo::PdfMemDocument;
using PoDoFo::PdfPainter;
using PoDoFo::PdfString;

constexpr double kDpi = 600;
constexpr double kMm = layout::kPointsPerMm;

struct Point {
  double x, y;
};

struct Ink {
  unsigned char red, green, blue;
};
constexpr Ink kBlue{22, 46, 156};
constexpr Ink kRed{205, 24, 32};

/// Numbers in [-1, 1) that depend on the seed alone (xorshift).
class Jitter {
 public:
  explicit Jitter(const std::string& seed) {
    for (unsigned char const c : seed) state_ = (state_ ^ c) * 1099511628211ULL;
    if (state_ == 0) state_ = 1;
  }
  double next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<double>(state_ % 20001) / 10000.0 - 1.0;
  }

 private:
  std::uint64_t state_ = 14695981039346656037ULL;
};

/// A page of millimetres to draw on in black, and its picture in one colour.
class Sheet {
 public:
  Sheet(double widthMm, double heightMm)
      : page_(document_.CreatePage(PoDoFo::PdfRect(0, 0, widthMm * kMm, heightMm * kMm))) {
    painter_.SetPage(page_);
  }
  [[nodiscard]] PdfPainter& painter() { return painter_; }
  [[nodiscard]] PdfMemDocument& document() { return document_; }
  [[nodiscard]] std::string png(const Ink& ink);

 private:
  PdfMemDocument document_;
  PoDoFo::PdfPage* page_;
  PdfPainter painter_;
};

std::string Sheet::png(const Ink& ink) {
  painter_.FinishPage();
  PoDoFo::PdfRefCountedBuffer buffer;
  PoDoFo::PdfOutputDevice device(&buffer);
  document_.Write(&device);
  std::unique_ptr<poppler::document> const read(
      poppler::document::load_from_raw_data(buffer.GetBuffer(), static_cast<int>(device.Tell())));
  std::unique_ptr<poppler::page> const page(read ? read->create_page(0) : nullptr);
  if (!page) throw PictureError("drawing failed");
  poppler::page_renderer renderer;
  renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
  renderer.set_image_format(poppler::image::format_gray8);
  poppler::image const image = renderer.render_page(page.get(), kDpi, kDpi);
  Picture picture{image.width(), image.height(), {}, 0};
  for (int y = 0; y < image.height(); ++y) {
    auto const* row = reinterpret_cast<const unsigned char*>(image.const_data()) +
                      static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
    for (int x = 0; x < image.width(); ++x) {
      auto const cover = static_cast<unsigned char>(255 - row[x]);
      picture.rgba.insert(picture.rgba.end(), {ink.red, ink.green, ink.blue, cover});
    }
  }
  return writePicture(picture, kDpi / 25.4);
}

/// Through `knots`, as a pen draws: broad downwards, fine upwards and sideways.
void stroke(PdfPainter& painter, const std::vector<Point>& knots, double pen) {
  constexpr int kSteps = 24;
  painter.SetLineCapStyle(PoDoFo::ePdfLineCapStyle_Round);
  for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
    Point const p0 = knots[i == 0 ? 0 : i - 1];
    Point const p1 = knots[i];
    Point const p2 = knots[i + 1];
    Point const p3 = knots[std::min(i + 2, knots.size() - 1)];
    Point last = p1;
    for (int step = 1; step <= kSteps; ++step) {
      double const t = static_cast<double>(step) / kSteps;
      auto const at = [t](double a, double b, double c, double d) {
        return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t +
                      (3 * b - a - 3 * c + d) * t * t * t);
      };
      Point const next{at(p0.x, p1.x, p2.x, p3.x), at(p0.y, p1.y, p2.y, p3.y)};
      double const length = std::hypot(next.x - last.x, next.y - last.y);
      double const down = length > 0 ? std::max(0.0, (last.y - next.y) / length) : 0;
      painter.SetStrokeWidth(pen * (0.62 + 0.6 * down) * kMm);
      painter.DrawLine(last.x * kMm, last.y * kMm, next.x * kMm, next.y * kMm);
      last = next;
    }
  }
}

std::string upper(const std::string& utf8) {
  std::wstring wide(utf8.size() + 1, L'\0');
  wide.resize(std::mbstowcs(wide.data(), utf8.c_str(), wide.size()));
  for (auto& c : wide) c = static_cast<wchar_t>(std::towupper(static_cast<wint_t>(c)));
  std::string narrow(wide.size() * 4 + 1, '\0');
  narrow.resize(std::wcstombs(narrow.data(), wide.c_str(), narrow.size()));
  return narrow;
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> all;
  for (std::string word; stream >> word;) all.push_back(word);
  return all;
}

PdfString drawable(const std::string& text) {
  return PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(text.c_str()));
}

class SealDrawing {
 public:
  SealDrawing(Sheet& sheet, const std::filesystem::path& font)
      : painter_(sheet.painter()),
        font_(sheet.document().CreateFontSubset("Seal", true, false, false,
                                                new PoDoFo::PdfIdentityEncoding(0, 0xffff, true),
                                                font.c_str())) {
    if (font_ == nullptr) throw PictureError("font is missing");
    painter_.SetFont(font_);
  }

  void ring(double radius, double width);
  void star(double x, double y, double radius);
  /// Letters with their feet on a circle, centred on `middle` (radians, 0 = right); read clockwise
  /// on the upper half, counter-clockwise on the lower.
  void around(const std::string& text, double radius, double size, double middle, bool lower);
  void centred(const std::vector<std::string>& lines, double mostWidth, double mostHeight);

 private:
  [[nodiscard]] double width(const std::string& text, double size) const;

  PdfPainter& painter_;
  PoDoFo::PdfFont* font_;
  double centre_ = 18;
};

void SealDrawing::ring(double radius, double width) {
  painter_.SetStrokeWidth(width * kMm);
  painter_.Circle(centre_ * kMm, centre_ * kMm, radius * kMm);
  painter_.Stroke();
}

void SealDrawing::star(double x, double y, double radius) {
  for (int i = 0; i < 10; ++i) {
    double const angle = std::numbers::pi / 2 + i * std::numbers::pi / 5;
    double const r = i % 2 == 0 ? radius : radius * 0.382;
    double const px = (x + r * std::cos(angle)) * kMm;
    double const py = (y + r * std::sin(angle)) * kMm;
    if (i == 0) {
      painter_.MoveTo(px, py);
    } else {
      painter_.LineTo(px, py);
    }
  }
  painter_.ClosePath();
  painter_.Fill();
}

double SealDrawing::width(const std::string& text, double size) const {
  font_->SetFontSize(static_cast<float>(size * kMm));
  return font_->GetFontMetrics()->StringWidth(drawable(text)) / kMm;
}

void SealDrawing::around(const std::string& text, double radius, double size, double middle,
                         bool lower) {
  constexpr double kSpacing = 1.12;
  double const direction = lower ? 1 : -1;
  double angle = middle - direction * width(text, size) * kSpacing / radius / 2;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xc0) == 0x80) ++next;
    std::string const letter = text.substr(at, next - at);
    double const advance = width(letter, size) * kSpacing / radius;
    double const here = angle + direction * advance / 2;
    double const turn = lower ? here + std::numbers::pi / 2 : here - std::numbers::pi / 2;
    painter_.Save();
    painter_.SetTransformationMatrix(std::cos(turn), std::sin(turn), -std::sin(turn),
                                     std::cos(turn), (centre_ + radius * std::cos(here)) * kMm,
                                     (centre_ + radius * std::sin(here)) * kMm);
    painter_.SetFont(font_);
    painter_.DrawText(-width(letter, size) / 2 * kMm, 0, drawable(letter));
    painter_.Restore();
    angle += direction * advance;
    at = next;
  }
}

void SealDrawing::centred(const std::vector<std::string>& lines, double mostWidth,
                          double mostHeight) {
  double size = std::min(3.4, mostHeight / static_cast<double>(lines.size()) / 1.3);
  for (auto const& line : lines) {
    if (double const w = width(line, size); w > mostWidth) size *= mostWidth / w;
  }
  double const step = size * 1.3;
  double y = centre_ + step * (static_cast<double>(lines.size()) - 1) / 2 - size * 0.36;
  for (auto const& line : lines) {
    double const w = width(line, size);
    painter_.SetFont(font_);
    painter_.DrawText((centre_ - w / 2) * kMm, y * kMm, drawable(line));
    y -= step;
  }
}

/// Into lines of about `most` letters.
std::vector<std::string> wrapped(const std::string& text, std::size_t most) {
  std::vector<std::string> lines;
  for (auto const& word : words(text)) {
    bool const joins =
        !lines.empty() &&
        base::lengthInCharacters(lines.back()) + base::lengthInCharacters(word) + 1 <= most;
    if (joins) {
      lines.back() += " " + word;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

}  // namespace

std::string drawDemoSignature(const std::string& name) {
  Sheet sheet(46, 22);
  Jitter jitter(name);
  auto const moved = [&jitter](std::vector<Point> knots, double by) {
    for (auto& knot : knots) knot = {knot.x + by * jitter.next(), knot.y + by * jitter.next()};
    return knots;
  };
  // A tall first letter, a running middle, a line back below it.
  stroke(
      sheet.painter(),
      moved({{4, 7},    {6.5, 12},  {10, 18.5},  {12, 19},    {10.5, 14}, {7.5, 5.5}, {8.5, 3.5},
             {13, 12},  {16.5, 16}, {16, 11},    {16.5, 7.5}, {19, 11},   {20.5, 8},  {22.5, 10.8},
             {24, 7.8}, {26, 10.2}, {27.5, 7.8}, {30, 9.8},   {33, 8},    {38, 10.6}, {43, 14}},
            0.75),
      0.55);
  stroke(sheet.painter(),
         moved({{35, 5.6}, {22, 3}, {9, 3.4}, {10, 5.2}, {24, 4.6}, {43, 7.4}}, 0.6), 0.45);
  return sheet.png(kBlue);
}

std::string drawDemoSeal(const std::string& agencyName, const std::filesystem::path& font) {
  Sheet sheet(36, 36);
  SealDrawing seal(sheet, font);
  seal.ring(17.2, 1.0);
  seal.ring(12.1, 0.35);
  // texts: data begin
  seal.around("DẤU TRÌNH DIỄN", 13.2, 2.75, std::numbers::pi / 2, false);
  seal.around("KHÔNG CÓ GIÁ TRỊ", 15.35, 2.3, -std::numbers::pi / 2, true);
  // texts: data end
  seal.star(18 - 14.55, 18.4, 1.25);
  seal.star(18 + 14.55, 18.4, 1.25);
  auto const lines = wrapped(upper(agencyName), 16);
  seal.centred(lines, 20.5, 14);
  seal.star(18, 27, 1.3);
  return sheet.png(kRed);
}

}  // namespace eoffice::pdf
