// Where an envelope begins and of which dialect it is. For this folder only. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exchange/envelope/finding.h"

namespace exchange {

/// `first` from where the XML begins: what stands before it is skipped and noted. Refuses a MIME
/// message (dialect B).
[[nodiscard]] base::Result<std::string_view> skipPreamble(std::string_view first,
                                                          std::vector<Finding>& findings);
/// Why a document with this root element is not read, if it is not: another dialect or none.
[[nodiscard]] std::optional<base::Refusal> refuseRoot(std::string_view local, std::string_view uri);

}  // namespace exchange
