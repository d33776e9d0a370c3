// Reads ladders from a JSON file and says what is wrong with it, all at once and by its place.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"
#include "reminder/rules/ladder.h"

namespace reminder {

/// Format: docs/tasks.md. Refusals (`field` = the place: `ladders[0].rungs[2].to`):
/// `ladder.unreadable`, `ladder.bad_json`, `ladder.unknown_key`, `ladder.missing`,
/// `ladder.bad_value`, `ladder.rung_twice`, `ladder.no_recipient`, `ladder.no_default`.
[[nodiscard]] base::Result<LadderBook> readLadders(const std::filesystem::path& file);
[[nodiscard]] base::Result<LadderBook> parseLadders(std::string_view json);

}  // namespace reminder
