#include "eoffice/print/sheet.h"

#include <xlsxwriter.h>

#include <fstream>
#include <stdexcept>
#include <utility>

#include "base/text.h"

namespace eoffice::print {
namespace {

constexpr std::size_t kLongestCell = 32'767;  // of .xlsx, in UTF-16 units; no text here is longer
constexpr std::size_t kLongestName = 31;

[[noreturn]] void failed(const std::filesystem::path& file) {
  throw std::runtime_error("sheet: cannot write " + file.string());
}

class Csv : public Sheet {
 public:
  Csv(std::filesystem::path file, const std::vector<SheetColumn>& columns)
      : file_(std::move(file)), out_(file_, std::ios::binary) {
    out_ << "\xEF\xBB\xBF";
    std::vector<SheetCell> head;
    for (const auto& column : columns) head.emplace_back(column.label);
    row(head);
  }

  void row(const std::vector<SheetCell>& cells) override {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out_ << ',';
      if (const auto* text = std::get_if<std::string>(&cells[i])) write(*text);
      if (const auto* number = std::get_if<std::int64_t>(&cells[i])) out_ << *number;
      if (const auto* day = std::get_if<base::LocalDate>(&cells[i])) out_ << base::isoDate(*day);
    }
    out_ << "\r\n";
  }

  void finish() override {
    out_.close();
    if (!out_) failed(file_);
  }

 private:
  void write(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    const bool reckoned = first != std::string::npos &&
                          std::string_view("=+-@").find(text[first]) != std::string_view::npos;
    out_ << '"' << (reckoned ? "'" : "");
    for (const char c : text) {
      if (c == '"') out_ << '"';
      out_ << c;
    }
    out_ << '"';
  }

  std::filesystem::path file_;
  std::ofstream out_;
};

class Xlsx : public Sheet {
 public:
  Xlsx(std::filesystem::path file, std::string_view title, const std::vector<SheetColumn>& columns)
      : file_(std::move(file)) {
    // Rows go to a temporary file beside ours as they come.
    auto folder = file_.parent_path().string();
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder.empty() ? nullptr : folder.data();
    book_ = workbook_new_opt(file_.c_str(), &options);
    if (book_ == nullptr) failed(file_);
    sheet_ = workbook_add_worksheet(book_, nameOf(title).c_str());
    if (sheet_ == nullptr) sheet_ = workbook_add_worksheet(book_, nullptr);
    auto* bold = workbook_add_format(book_);
    format_set_bold(bold);
    day_ = workbook_add_format(book_);
    format_set_num_format(day_, "dd/mm/yyyy");
    wrapped_ = workbook_add_format(book_);
    format_set_text_wrap(wrapped_);
    format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
    worksheet_freeze_panes(sheet_, 1, 0);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet_, column, column, columns[i].width, nullptr);
      worksheet_write_string(sheet_, 0, column, columns[i].label.c_str(), bold);
    }
    width_ = static_cast<lxw_col_t>(columns.size());
  }
  ~Xlsx() override {
    if (book_ != nullptr) lxw_workbook_free(book_);
  }
  Xlsx(const Xlsx&) = delete;
  Xlsx& operator=(const Xlsx&) = delete;

  void row(const std::vector<SheetCell>& cells) override {
    ++row_;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      if (const auto* text = std::get_if<std::string>(&cells[i])) {
        const auto fits = base::firstCharacters(*text, kLongestCell / 2);
        worksheet_write_string(sheet_, row_, column, fits.c_str(), wrapped_);
      }
      if (const auto* number = std::get_if<std::int64_t>(&cells[i])) {
        worksheet_write_number(sheet_, row_, column, static_cast<double>(*number), nullptr);
      }
      if (const auto* day = std::get_if<base::LocalDate>(&cells[i])) {
        lxw_datetime date{};
        date.year = static_cast<int>(day->year());
        date.month = static_cast<int>(static_cast<unsigned>(day->month()));
        date.day = static_cast<int>(static_cast<unsigned>(day->day()));
        worksheet_write_datetime(sheet_, row_, column, &date, day_);
      }
    }
  }

  void finish() override {
    if (width_ > 0) {
      worksheet_autofilter(sheet_, 0, 0, row_, static_cast<lxw_col_t>(width_ - 1));
    }
    // It frees the book, whatever comes of it.
    const auto error = workbook_close(std::exchange(book_, nullptr));
    if (error != LXW_NO_ERROR) failed(file_);
  }

 private:
  // What a sheet's name may not hold, and its length.
  static std::string nameOf(std::string_view title) {
    std::string name;
    for (const char c : title) {
      name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
    }
    return base::firstCharacters(name, kLongestName);
  }

  std::filesystem::path file_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* day_ = nullptr;
  lxw_format* wrapped_ = nullptr;
  lxw_row_t row_ = 0;
  lxw_col_t width_ = 0;
};

}  // namespace

std::string_view mediaTypeOf(SheetForm form) {
  return form == SheetForm::Xlsx
             ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
             : "text/csv; charset=utf-8";
}

std::string_view endingOf(SheetForm form) { return form == SheetForm::Xlsx ? "xlsx" : "csv"; }

std::unique_ptr<Sheet> makeSheet(SheetForm form, const std::filesystem::path& file,
                                 std::string_view title, const std::vector<SheetColumn>& columns) {
  if (form == SheetForm::Csv) return std::make_unique<Csv>(file, columns);
  return std::make_unique<Xlsx>(file, title, columns);
}

}  // namespace eoffice::print
