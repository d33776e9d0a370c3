// The reports on handling: on screen, as a PDF, and each table as .xlsx or .csv.
#pragma once

#include "base/http/router.h"
#include "eoffice/documents/handling_report.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/register_print.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class ReportPages {
 public:
  explicit ReportPages(const PageParts& parts) : parts_(parts) {}
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response show(Visit& visit) const;
  base::http::Response file(Visit& visit) const;

  PageParts parts_;
};

/// The report as a file: a PDF of all tables, or `part` (`incoming`, `outgoing`, `rules`) of it.
/// The print is audited (`report.printed`). Refuses what handlingReport() refuses,
/// `report.unknown_part`.
[[nodiscard]] base::Result<base::http::Response> reportFile(const PageParts& parts,
                                                            const Visit& visit,
                                                            const documents::Period& period,
                                                            FileForm form, const std::string& part);

}  // namespace eoffice::web
