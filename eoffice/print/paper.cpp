#include "eoffice/print/paper.h"

#include <cairo-pdf.h>

#include <cstdio>
#include <functional>
#include <stdexcept>
#include <type_traits>

#include "eoffice/print/canvas_internal.h"

namespace eoffice::print {
namespace {

// Rows of tables, out of memory: written one after the other, read in the same order, more than
// once.
class RowFile {
 public:
  RowFile() : file_(std::tmpfile()) {
    if (!file_) throw std::runtime_error("no temporary file for the rows of a print");
  }

  void write(const std::vector<std::string>& cells) {
    put(static_cast<std::uint32_t>(cells.size()));
    for (const auto& cell : cells) {
      put(static_cast<std::uint32_t>(cell.size()));
      bytes(cell.data(), cell.size());
    }
  }

  void rewind() {
    if (std::fflush(file_.get()) != 0) throw std::runtime_error("the rows of a print: disk full");
    std::rewind(file_.get());
  }

  std::vector<std::string> read() {
    std::vector<std::string> cells(get());
    for (auto& cell : cells) {
      cell.resize(get());
      if (std::fread(cell.data(), 1, cell.size(), file_.get()) != cell.size()) broken();
    }
    return cells;
  }

 private:
  void put(std::uint32_t number) { bytes(&number, sizeof(number)); }
  void bytes(const void* data, std::size_t size) {
    if (std::fwrite(data, 1, size, file_.get()) != size) broken();
  }
  std::uint32_t get() {
    std::uint32_t number = 0;
    if (std::fread(&number, sizeof(number), 1, file_.get()) != 1) broken();
    return number;
  }
  [[noreturn]] static void broken() {
    throw std::runtime_error("the rows of a print cannot be kept: disk full");
  }

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct DestroyCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};

void mustBeGood(cairo_status_t status, const std::filesystem::path& file) {
  if (status == CAIRO_STATUS_SUCCESS) return;
  throw std::runtime_error(file.string() + ": " + cairo_status_to_string(status));
}

}  // namespace

struct Paper::Content {
  PaperOptions options;
  std::vector<std::function<void(Canvas&)>> pieces;
  RowFile rows;
  std::size_t* rowsOfTable = nullptr;  // while a table is open: how many the last piece reads

  int play(cairo_t* cairo, int pages) {
    rows.rewind();
    Canvas canvas(options, cairo, pages);
    for (const auto& piece : pieces) piece(canvas);
    return canvas.end();
  }
};

Paper::Paper(PaperOptions options) : content_(new Content{std::move(options), {}, {}, {}}) {}
Paper::~Paper() = default;

void Paper::text(const std::string& text, const Style& style) {
  content_->pieces.emplace_back([=](Canvas& canvas) { canvas.text(text, style); });
}

void Paper::labelled(const std::string& label, const std::string& text, const Style& style) {
  const auto whole = text.empty() ? label : label + " " + text;
  content_->pieces.emplace_back(
      [=, bold = label.size()](Canvas& canvas) { canvas.text(whole, style, bold); });
}

void Paper::head(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  content_->pieces.emplace_back([=](Canvas& canvas) { canvas.head(left, right); });
}

void Paper::blankLines(int count) {
  content_->pieces.emplace_back([=](Canvas& canvas) { canvas.blankLines(count); });
}

void Paper::space(double millimetres) {
  content_->pieces.emplace_back([=](Canvas& canvas) { canvas.space(millimetres * kMillimetre); });
}

void Paper::newPage() {
  content_->pieces.emplace_back([](Canvas& canvas) { canvas.newPage(); });
}

void Paper::beginTable(const std::vector<Column>& columns, const TableOptions& options) {
  auto count = std::make_shared<std::size_t>(0);
  content_->rowsOfTable = count.get();
  content_->pieces.emplace_back([=, &rows = content_->rows](Canvas& canvas) {
    canvas.beginTable(columns, options);
    for (std::size_t i = 0; i < *count; ++i) canvas.row(rows.read());
    canvas.endTable();
  });
}

void Paper::row(const std::vector<std::string>& cells) {
  if (content_->rowsOfTable == nullptr) throw std::logic_error("a row outside of a table");
  content_->rows.write(cells);
  ++*content_->rowsOfTable;
}

void Paper::endTable() { content_->rowsOfTable = nullptr; }

void Paper::signatures(const std::vector<SignatureBlock>& blocks) {
  content_->pieces.emplace_back([=](Canvas& canvas) { canvas.signatures(blocks); });
}

int Paper::write(const std::filesystem::path& file) {
  // Twice: `page x of y` has to know y before the first page is drawn.
  const int pages = content_->play(nullptr, 0);
  const Sheet sheet(content_->options.orientation);
  const std::unique_ptr<cairo_surface_t, DestroySurface> surface(
      cairo_pdf_surface_create(file.c_str(), sheet.width, sheet.height));
  mustBeGood(cairo_surface_status(surface.get()), file);
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE,
                                 content_->options.title.c_str());
  const std::unique_ptr<cairo_t, DestroyCairo> cairo(cairo_create(surface.get()));
  static_cast<void>(content_->play(cairo.get(), pages));
  mustBeGood(cairo_status(cairo.get()), file);
  cairo_surface_finish(surface.get());
  mustBeGood(cairo_surface_status(surface.get()), file);
  return pages;
}

}  // namespace eoffice::print
