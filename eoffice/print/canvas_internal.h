// The pages of a paper as they fill from top to bottom: measured (no context) or drawn. Internal to
// this folder. Lengths are points.
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <vector>

#include "eoffice/print/paper.h"

namespace eoffice::print {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using GPtr = std::unique_ptr<T, Unref>;

inline constexpr double kMillimetre = 72.0 / 25.4;

/// Where things stand on a sheet of A4. The left margin has room to bind.
struct Sheet {
  explicit Sheet(Orientation orientation);
  double width, height;
  double left = 30 * kMillimetre, right = 15 * kMillimetre;
  double top = 20 * kMillimetre, bottom = 20 * kMillimetre;
  [[nodiscard]] double bodyWidth() const { return width - left - right; }
  [[nodiscard]] double end() const { return height - bottom; }
};

class Canvas {
 public:
  /// `cairo` null: nothing is drawn, pages are counted. `pages` is what the foot says.
  Canvas(const PaperOptions& options, cairo_t* cairo, int pages);

  void text(const std::string& text, const Style& style, std::size_t boldBytes = 0);
  void head(const std::vector<std::string>& left, const std::vector<std::string>& right);
  void blankLines(int count);
  void space(double points);
  void newPage();
  void beginTable(const std::vector<Column>& columns, const TableOptions& options);
  void row(const std::vector<std::string>& cells);
  void endTable();
  void signatures(const std::vector<SignatureBlock>& blocks);
  /// The foot of the last page. Returns the number of pages.
  int end();

 private:
  struct Line {
    PangoLayoutLine* line;  // of its layout, which lives as long as the text in it
    double x, height, baseline;
  };
  struct Table {
    std::vector<Column> columns;
    TableOptions options;
    std::vector<double> widths;
    std::vector<GPtr<PangoLayout>> layouts;
  };

  [[nodiscard]] GPtr<PangoLayout> layout(double width, const Style& style) const;
  void fill(PangoLayout* layout, const std::string& text) const;
  [[nodiscard]] std::vector<Line> linesOf(PangoLayout* layout) const;
  [[nodiscard]] double heightOf(PangoLayout* layout) const;
  void drawLine(const Line& line, double x, double y);
  void drawBlock(PangoLayout* layout, double x, double y);
  void drawFoot();
  void rule(double x1, double y1, double x2, double y2, double thickness = 0.5);
  void makeRoom(double height);
  void tableHead();
  void headRow(const std::vector<std::string>& cells, const Style& style);
  void grid(double y1, double y2);
  double block(const SignatureBlock& block, double x, double y, double width, bool draw);

  const PaperOptions& options_;
  Sheet sheet_;
  cairo_t* cairo_;
  int pages_;
  GPtr<PangoContext> context_;
  int page_ = 1;
  double y_;
  std::unique_ptr<Table> table_;
};

}  // namespace eoffice::print
