// The filter bar of the documents page, and what was typed into it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "base/http/message.h"
#include "eoffice/documents/view.h"
#include "eoffice/web/document_view.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::web {

/// The view of an address: as the API writes it, or as the form sends it (days as people type them,
/// each column by itself). What is no value narrows nothing.
[[nodiscard]] documents::View typedView(const base::http::Request& request);

/// The `filter` object of docs/pages.md.
[[nodiscard]] nlohmann::json viewFilter(const PageParts& parts, base::db::Session& session,
                                        const Visit& visit, const Speech& say,
                                        const documents::View& view);

}  // namespace eoffice::web
