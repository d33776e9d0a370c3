// Dates as PDF writes them. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace eoffice::pdf {

/// `D:20260106101500+07'00'` and shorter forms; without a zone it is taken for UTC.
[[nodiscard]] std::optional<base::Instant> parsePdfDate(std::string_view text);
[[nodiscard]] std::string pdfDate(base::Instant instant);  ///< Local, `+07'00'`.

}  // namespace eoffice::pdf
