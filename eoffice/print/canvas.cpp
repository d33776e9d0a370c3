#include <algorithm>

#include "eoffice/print/canvas_internal.h"

namespace eoffice::print {
namespace {

constexpr const char* kFace = "Times New Roman, Liberation Serif";
constexpr double kFootSize = 9;

double points(int pangoUnits) { return static_cast<double>(pangoUnits) / PANGO_SCALE; }

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
  return text;
}

PangoAlignment pangoAlign(Align align) {
  switch (align) {
    case Align::Left:
      return PANGO_ALIGN_LEFT;
    case Align::Center:
      return PANGO_ALIGN_CENTER;
    case Align::Right:
      return PANGO_ALIGN_RIGHT;
  }
  return PANGO_ALIGN_LEFT;
}

// Glyphs keep their own widths, as on paper, whatever the screen of this machine is like.
GPtr<PangoContext> paperContext() {
  GPtr<PangoContext> context(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  auto* options = cairo_font_options_create();
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options(context.get(), options);
  cairo_font_options_destroy(options);
  pango_cairo_context_set_resolution(context.get(), 72);  // a unit is a point
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  return context;
}

}  // namespace

Sheet::Sheet(Orientation orientation)
    : width((orientation == Orientation::Portrait ? 210 : 297) * kMillimetre),
      height((orientation == Orientation::Portrait ? 297 : 210) * kMillimetre) {}

Canvas::Canvas(const PaperOptions& options, cairo_t* cairo, int pages)
    : options_(options),
      sheet_(options.orientation),
      cairo_(cairo),
      pages_(pages),
      context_(paperContext()),
      y_(sheet_.top) {}

GPtr<PangoLayout> Canvas::layout(double width, const Style& style) const {
  GPtr<PangoLayout> made(pango_layout_new(context_.get()));
  auto* font = pango_font_description_from_string(kFace);
  pango_font_description_set_size(font, static_cast<int>(style.size * PANGO_SCALE));
  pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style(font, style.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_layout_set_font_description(made.get(), font);
  pango_font_description_free(font);
  pango_layout_set_width(made.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(made.get(), pangoAlign(style.align));
  return made;
}

void Canvas::fill(PangoLayout* layout, const std::string& text) const {
  // Bytes that are no text cannot be printed: they become what stands for them (U+FFFD).
  auto* valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
  pango_layout_set_text(layout, valid, -1);
  g_free(valid);
}

std::vector<Canvas::Line> Canvas::linesOf(PangoLayout* layout) const {
  std::vector<Line> lines;
  auto* at = pango_layout_get_iter(layout);
  do {
    PangoRectangle box;
    pango_layout_iter_get_line_extents(at, nullptr, &box);
    lines.push_back({pango_layout_iter_get_line_readonly(at), points(box.x), points(box.height),
                     points(pango_layout_iter_get_baseline(at) - box.y)});
  } while (pango_layout_iter_next_line(at));
  pango_layout_iter_free(at);
  return lines;
}

double Canvas::heightOf(PangoLayout* layout) const {
  PangoRectangle box;
  pango_layout_get_extents(layout, nullptr, &box);
  return points(box.height);
}

void Canvas::drawLine(const Line& line, double x, double y) {
  if (cairo_ == nullptr) return;
  cairo_move_to(cairo_, x + line.x, y + line.baseline);
  pango_cairo_show_layout_line(cairo_, line.line);
}

void Canvas::drawBlock(PangoLayout* layout, double x, double y) {
  if (cairo_ == nullptr) return;
  cairo_move_to(cairo_, x, y);
  pango_cairo_show_layout(cairo_, layout);
}

void Canvas::rule(double x1, double y1, double x2, double y2, double thickness) {
  if (cairo_ == nullptr) return;
  cairo_set_line_width(cairo_, thickness);
  cairo_move_to(cairo_, x1, y1);
  cairo_line_to(cairo_, x2, y2);
  cairo_stroke(cairo_);
}

void Canvas::drawFoot() {
  if (cairo_ == nullptr) return;
  const double pageWidth = 35 * kMillimetre;
  const double y = sheet_.end() + 5 * kMillimetre;
  auto foot = layout(sheet_.bodyWidth() - pageWidth, {.size = kFootSize, .italic = true});
  pango_layout_set_height(foot.get(), -2);  // two lines at the most
  pango_layout_set_ellipsize(foot.get(), PANGO_ELLIPSIZE_END);
  fill(foot.get(), options_.foot);
  drawBlock(foot.get(), sheet_.left, y);
  auto number = layout(pageWidth, {.size = kFootSize, .align = Align::Right});
  fill(number.get(), replaced(replaced(options_.pageOf, "{pages}", std::to_string(pages_)),
                              "{page}", std::to_string(page_)));
  drawBlock(number.get(), sheet_.width - sheet_.right - pageWidth, y);
}

void Canvas::newPage() {
  drawFoot();
  if (cairo_ != nullptr) cairo_show_page(cairo_);
  ++page_;
  y_ = sheet_.top;
}

int Canvas::end() {
  drawFoot();
  if (cairo_ != nullptr) cairo_show_page(cairo_);
  return page_;
}

void Canvas::makeRoom(double height) {
  if (y_ + height > sheet_.end() && y_ > sheet_.top) newPage();
}

void Canvas::space(double points) { y_ = std::min(y_ + points, sheet_.end()); }

void Canvas::text(const std::string& text, const Style& style, std::size_t boldBytes) {
  auto block = layout(sheet_.bodyWidth(), style);
  fill(block.get(), text);
  if (boldBytes > 0) {
    auto* bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
    bold->start_index = 0;
    bold->end_index = static_cast<guint>(boldBytes);
    auto* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, bold);
    pango_layout_set_attributes(block.get(), attributes);
    pango_attr_list_unref(attributes);
  }
  for (const auto& line : linesOf(block.get())) {
    makeRoom(line.height);
    drawLine(line, sheet_.left, y_);
    y_ += line.height;
  }
  space(style.spaceAfter * kMillimetre);
}

void Canvas::head(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  const double gap = 6 * kMillimetre;
  const double leftWidth = (sheet_.bodyWidth() - gap) * 0.45;
  const double rightWidth = sheet_.bodyWidth() - gap - leftWidth;
  const auto column = [&](const std::vector<std::string>& lines, double x, double width) {
    double y = y_;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool last = i + 1 == lines.size();
      auto line = layout(width, {.size = 12, .bold = last, .align = Align::Center});
      fill(line.get(), lines[i]);
      drawBlock(line.get(), x, y);
      y += heightOf(line.get());
    }
    rule(x + width * 0.35, y + 2, x + width * 0.65, y + 2);
    return y + 2;
  };
  makeRoom(25 * kMillimetre);
  y_ = std::max(column(left, sheet_.left, leftWidth),
                column(right, sheet_.left + leftWidth + gap, rightWidth)) +
       6 * kMillimetre;
}

void Canvas::blankLines(int count) {
  const double step = 7.5 * kMillimetre;
  for (int i = 0; i < count; ++i) {
    makeRoom(step);
    y_ += step;
    if (cairo_ == nullptr) continue;
    const double dots[] = {0.8, 2.2};
    cairo_set_dash(cairo_, dots, 2, 0);
    rule(sheet_.left, y_ - 1.5 * kMillimetre, sheet_.width - sheet_.right, y_ - 1.5 * kMillimetre,
         0.8);
    cairo_set_dash(cairo_, nullptr, 0, 0);
  }
  space(2 * kMillimetre);
}

double Canvas::block(const SignatureBlock& block, double x, double y, double width, bool draw) {
  const auto put = [&](const std::string& text, const Style& style) {
    if (text.empty()) return;
    auto line = layout(width, style);
    fill(line.get(), text);
    if (draw) drawBlock(line.get(), x, y);
    y += heightOf(line.get());
  };
  put(block.capacity, {.bold = true, .align = Align::Center});
  put(block.title, {.bold = true, .align = Align::Center});
  put(block.hint, {.size = 12, .italic = true, .align = Align::Center});
  y += 24 * kMillimetre;  // room for the signature and the seal
  put(block.name, {.bold = true, .align = Align::Center});
  return y;
}

void Canvas::signatures(const std::vector<SignatureBlock>& blocks) {
  if (blocks.empty()) return;
  const double gap = 5 * kMillimetre;
  const double width = (sheet_.bodyWidth() - gap * static_cast<double>(blocks.size() - 1)) /
                       static_cast<double>(blocks.size());
  double height = 0;
  for (const auto& each : blocks) height = std::max(height, block(each, 0, 0, width, false));
  makeRoom(height);
  double x = sheet_.left;
  for (const auto& each : blocks) {
    block(each, x, y_, width, true);
    x += width + gap;
  }
  y_ += height;
}

}  // namespace eoffice::print
