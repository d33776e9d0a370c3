// A table written as .xlsx or .csv, row by row into a file: memory does not grow with the rows.
// Knows no document and no language. Text never becomes a formula: in .xlsx it is text, in .csv a
// text that a spreadsheet would reckon (`=`, `+`, `-`, `@` and blanks before them) begins with an
// apostrophe. One thread at a time.
//
//   auto sheet = print::makeSheet(print::SheetForm::Xlsx, file, "Văn bản đến",
//                                 {{"Số đến", 8}, {"Trích yếu", 60}});
//   sheet->row({std::int64_t{12}, "V/v họp giao ban"});
//   sheet->finish();
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"

namespace eoffice::print {

enum class SheetForm : std::uint8_t {
  Xlsx,
  Csv  ///< UTF-8 with a BOM, commas, CRLF (RFC 4180).
};
[[nodiscard]] std::string_view mediaTypeOf(SheetForm form);
/// `xlsx`, `csv`
[[nodiscard]] std::string_view endingOf(SheetForm form);

struct SheetColumn {
  std::string label;
  double width = 12;  ///< Characters; of .xlsx alone.
};

/// Text, a whole number, a day, or nothing. Numbers and days stay what they are: they can be sorted
/// and summed up.
using SheetCell = std::variant<std::monostate, std::string, std::int64_t, base::LocalDate>;

class Sheet {
 public:
  virtual ~Sheet() = default;
  /// As many cells as there are columns.
  virtual void row(const std::vector<SheetCell>& cells) = 0;
  /// The file is whole after this; without it there is none, or a part. Throws std::runtime_error
  /// when the disk did not take it.
  virtual void finish() = 0;
};

/// `title` names the sheet of an .xlsx; its head stays in sight and can be filtered. Throws
/// std::runtime_error when the file cannot be made.
[[nodiscard]] std::unique_ptr<Sheet> makeSheet(SheetForm form, const std::filesystem::path& file,
                                               std::string_view title,
                                               const std::vector<SheetColumn>& columns);

}  // namespace eoffice::print
