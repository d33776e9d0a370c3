// The reports on handling as tables, the same on screen, on paper and in an export; each with the
// formula of its rate. Says the words of the reader's language; reads no database.
#pragma once

#include <string>
#include <vector>

#include "eoffice/documents/handling_report.h"
#include "eoffice/print/sheet.h"
#include "eoffice/web/document_view.h"

namespace eoffice::web {

struct ReportTable {
  std::string name;  ///< `incoming`, `outgoing`, `rules`
  std::string title;
  std::string note;  ///< What is counted, and the formula.
  std::vector<std::string> columns;
  std::vector<std::vector<print::SheetCell>> rows;  ///< The sum last, where there is one.
};

[[nodiscard]] std::vector<ReportTable> reportTables(const Speech& say,
                                                    const documents::HandlingReport& report);

}  // namespace eoffice::web
