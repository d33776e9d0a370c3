// The forms of submitting a document to a leader and of the leader's instruction: who may be named,
// who is away and who stands in, ready phrases, and what somebody prepared (docs/pages.md,
// "Steps").
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "eoffice/documents/reading.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

/// Null for who may not submit.
[[nodiscard]] nlohmann::json submitForm(const PageParts& parts, base::db::Session& session,
                                        const Visit& visit, const documents::Detail& detail);
[[nodiscard]] nlohmann::json instructForm(const PageParts& parts, base::db::Session& session,
                                          const Visit& visit, const documents::Detail& detail);

}  // namespace eoffice::web
