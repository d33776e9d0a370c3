// What was read in a document, as the form of the registration shows it (docs/pages.md): values for
// the fields that are empty, with the places where they stand; where the text says otherwise than
// what came with the document; how far the reading is. Pure: what it shows was read before.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "eoffice/documents/document_text.h"
#include "eoffice/web/document_view.h"

namespace eoffice::web {

/// Fills what `fields` lacks. A number that could not be read stays empty before its notation.
[[nodiscard]] documents::Fields withSuggestions(documents::Fields fields,
                                                const documents::Reading& reading);

/// `{field: true}` for what a form shows from the text: `fields` lacked it, and nobody typed over
/// it. `typed` are the names of the form's fields that a person sent.
[[nodiscard]] nlohmann::json readMarks(const documents::Fields& fields,
                                       const documents::Reading& reading, bool typed);

/// The `reading` block of a registration. `fields`: what the document has; `typed`: the form shows
/// what a person sent.
[[nodiscard]] nlohmann::json readingView(const Speech& say, DocumentId id,
                                         const documents::Reading& reading,
                                         const documents::Fields& fields, bool typed);

/// The `plain_text` of the reading pane: pages of a text that form feeds part.
[[nodiscard]] nlohmann::json plainTextView(const Speech& say, const documents::Reading& reading,
                                           const std::string& text);

}  // namespace eoffice::web
