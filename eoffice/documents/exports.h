// A view of the documents as a table for a spreadsheet: the same rows as on its page, with the
// reader's rights, streamed into a file. Audited, because it takes records out of the office.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "base/clock.h"
#include "base/db/database.h"
#include "base/result.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/view.h"
#include "eoffice/print/sheet.h"

namespace eoffice::documents {

inline constexpr std::int64_t kMostExported = 50'000;  ///< Rows of one export.

/// What a person reads, in their language.
struct ExportWords {
  std::string title;
  std::function<std::string(ViewColumn)> column;
  std::function<std::string(State)> state;
  std::function<std::string(Urgency)> urgency;
};

/// Writes the rows of the view into `file`, and the audit entry `documents.exported`. Refuses
/// `export.too_many` (facts `most`) before anything is written. Returns how many rows there are.
[[nodiscard]] base::Result<std::int64_t> exportView(base::db::Database& database,
                                                    const base::Clock& clock, const Caller& caller,
                                                    const View& view, print::SheetForm form,
                                                    const ExportWords& words,
                                                    const std::filesystem::path& file);

}  // namespace eoffice::documents
