// State secrets have no place in this system: whoever brings one is told so, wherever it
// comes in. What is looked at: the secrecy that was stated, a mark in any text of the document, a
// mark on the pages.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "eoffice/documents/document.h"
#include "eoffice/signing/pdf_facts.h"

namespace eoffice::documents {

/// One text, and the field that a refusal names.
struct FieldText {
  std::string_view field;
  std::string_view text;
};
/// Every text of a document's fields, by the names that registration has for them. Points into
/// `fields`.
[[nodiscard]] std::vector<FieldText> textsOf(const Fields& fields);

/// Refuses `document.secret_refused` with fact `mark`, where a mark is found: in `stated` (any
/// value but empty, "thường" and "không"), in a text, or on the pages. Every field with a mark is
/// named.
[[nodiscard]] base::Result<void> refuseSecret(std::string_view stated,
                                              const std::vector<FieldText>& texts,
                                              const PdfFacts* pages = nullptr);

}  // namespace eoffice::documents
