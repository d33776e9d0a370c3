// A register's columns and cells as the decree's forms have them, the same on screen, on
// paper and in an export. Says the words of the reader's language; reads no database.
#pragma once

#include <string>
#include <vector>

#include "eoffice/documents/register.h"
#include "eoffice/print/sheet.h"
#include "eoffice/web/document_view.h"

namespace eoffice::web {

struct RegisterColumn {
  std::string label;
  double width = 1;  ///< In proportion to the others.
};

[[nodiscard]] std::vector<RegisterColumn> registerColumns(const Speech& say,
                                                          documents::RegisterForm form);
[[nodiscard]] std::vector<print::SheetCell> registerCells(const Speech& say,
                                                          documents::RegisterForm form,
                                                          const documents::RegisterLine& line);
/// As people read it: days `06/01/2026`.
[[nodiscard]] std::string textOf(const print::SheetCell& cell);

/// `Sổ chung`, with its agency where that is another one than `own`.
[[nodiscard]] std::string bookLabel(const documents::Book& book, AgencyId own);
/// `Tháng 11 năm 2026`, `Năm 2026`
[[nodiscard]] std::string timeLabel(const Speech& say, int year, unsigned month);

}  // namespace eoffice::web
