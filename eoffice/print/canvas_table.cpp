// Tables: a head on every page, rows that stay whole where a page can hold them.
#include <algorithm>
#include <numeric>

#include "eoffice/print/canvas_internal.h"

namespace eoffice::print {
namespace {

constexpr double kPadding = 1.2 * kMillimetre;  // of a cell

}  // namespace

void Canvas::beginTable(const std::vector<Column>& columns, const TableOptions& options) {
  table_ = std::make_unique<Table>(Table{columns, options, {}, {}});
  const double whole =
      std::accumulate(columns.begin(), columns.end(), 0.0,
                      [](double sum, const Column& column) { return sum + column.width; });
  for (const auto& column : columns) {
    table_->widths.push_back(sheet_.bodyWidth() * column.width / whole);
    table_->layouts.push_back(layout(table_->widths.back() - 2 * kPadding,
                                     {.size = options.size, .align = column.align}));
  }
  makeRoom(40 * kMillimetre);  // the head is never the last thing on a page
  tableHead();
}

void Canvas::endTable() {
  table_.reset();
  space(3 * kMillimetre);
}

void Canvas::headRow(const std::vector<std::string>& cells, const Style& style) {
  std::vector<GPtr<PangoLayout>> layouts;
  double height = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    layouts.push_back(layout(table_->widths[i] - 2 * kPadding, style));
    fill(layouts[i].get(), cells[i]);
    height = std::max(height, heightOf(layouts[i].get()));
  }
  double x = sheet_.left;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double below = (height - heightOf(layouts[i].get())) / 2;
    drawBlock(layouts[i].get(), x + kPadding, y_ + kPadding + below);
    x += table_->widths[i];
  }
  grid(y_, y_ + height + 2 * kPadding);
  y_ += height + 2 * kPadding;
}

void Canvas::tableHead() {
  std::vector<std::string> labels;
  std::vector<std::string> numbers;
  for (const auto& column : table_->columns) {
    labels.push_back(column.label);
    numbers.push_back("(" + std::to_string(numbers.size() + 1) + ")");
  }
  const double size = table_->options.size;
  headRow(labels, {.size = size, .bold = true, .align = Align::Center});
  if (table_->options.numbered) {
    headRow(numbers, {.size = size - 1, .italic = true, .align = Align::Center});
  }
}

// The lines around one row of cells.
void Canvas::grid(double y1, double y2) {
  if (cairo_ == nullptr) return;
  double x = sheet_.left;
  cairo_set_line_width(cairo_, 0.5);
  cairo_rectangle(cairo_, x, y1, sheet_.bodyWidth(), y2 - y1);
  for (std::size_t i = 0; i + 1 < table_->widths.size(); ++i) {
    x += table_->widths[i];
    cairo_move_to(cairo_, x, y1);
    cairo_line_to(cairo_, x, y2);
  }
  cairo_stroke(cairo_);
}

void Canvas::row(const std::vector<std::string>& cells) {
  const std::size_t count = table_->widths.size();
  std::vector<std::vector<Line>> lines(count);
  double whole = 0;
  for (std::size_t i = 0; i < count; ++i) {
    auto* cell = table_->layouts[i].get();
    fill(cell, i < cells.size() ? cells[i] : std::string());
    lines[i] = linesOf(cell);
    whole = std::max(whole, heightOf(cell));
  }
  std::vector<std::size_t> next(count, 0);
  const auto left = [&] {
    for (std::size_t i = 0; i < count; ++i) {
      if (next[i] < lines[i].size()) return true;
    }
    return false;
  };
  // A row stays whole where a page can hold it; a longer one is divided between lines.
  const double room = sheet_.end() - y_ - 2 * kPadding;
  const double page = sheet_.end() - sheet_.top - 30 * kMillimetre;
  if (whole > room && (whole <= page || room < 15 * kMillimetre)) {
    newPage();
    tableHead();
  }
  while (left()) {
    double used = 0;
    double x = sheet_.left + kPadding;
    for (std::size_t i = 0; i < count; ++i) {
      double y = y_ + kPadding;
      while (next[i] < lines[i].size() &&
             y + lines[i][next[i]].height <= sheet_.end() - kPadding + 0.01) {
        drawLine(lines[i][next[i]], x, y);
        y += lines[i][next[i]++].height;
      }
      used = std::max(used, y - y_ - kPadding);
      x += table_->widths[i];
    }
    grid(y_, y_ + used + 2 * kPadding);
    y_ += used + 2 * kPadding;
    if (left()) {
      newPage();
      tableHead();
    }
  }
}

}  // namespace eoffice::print
