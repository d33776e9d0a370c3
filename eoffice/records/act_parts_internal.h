// What the acts of this folder do alike. Internal to it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/db/database.h"
#include "base/result.h"
#include "eoffice/directory/caller.h"

namespace eoffice::records {

/// The audit entry of an act, in its transaction: `case_file.closed`, `case_list.issued`.
void record(base::db::Session& session, const base::Clock& clock, const Caller& caller,
            std::string_view act, std::string_view objectKind, std::int64_t object,
            std::vector<std::pair<std::string, std::string>> detail = {});

/// A reason that somebody gave, trimmed. Refuses `field.*`.
[[nodiscard]] base::Result<std::string> reasonOf(std::string text);

}  // namespace eoffice::records
