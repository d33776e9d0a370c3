// A register as a file: a PDF ready to bind (cover, ten or seven columns, the head on each page),
// an .xlsx or .csv. Lines go from the database to the file one by one. Each print is audited
// (`register.printed`, on the book).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "eoffice/documents/register.h"
#include "eoffice/documents/temporary_file.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

enum class FileForm : std::uint8_t { Pdf, Xlsx, Csv };
/// `pdf`, `xlsx`, `csv`
[[nodiscard]] std::optional<FileForm> fileForm(std::string_view ending);

/// Refuses what registerHead() refuses; `book.nothing_to_print` where the year has no book.
[[nodiscard]] base::Result<base::http::Response> registerFile(const PageParts& parts,
                                                              const Visit& visit,
                                                              const documents::RegisterQuery& query,
                                                              FileForm form);

/// A file that was made for this answer and is gone after it: shown by the browser if it is a PDF,
/// else saved.
[[nodiscard]] base::http::Response madeFile(std::shared_ptr<documents::TemporaryFile> file,
                                            FileForm form, const std::string& name);
/// `In từ hệ thống … lúc …`: at the foot of what is printed (NĐ 30/2020, Phụ lục VI).
[[nodiscard]] std::string printedBy(const PageParts& parts, const Visit& visit);

}  // namespace eoffice::web
