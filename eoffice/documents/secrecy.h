// State secrets have no place in this system: whoever brings one is told so, wherever it
// comes in. What is looked at: the secrecy that was stated, a mark in the abstract, a mark on the
// pages.
#pragma once

#include <string_view>

#include "base/result.h"
#include "eoffice/signing/pdf_facts.h"

namespace eoffice::documents {

/// Refuses `document.secret_refused` with fact `mark`, where a mark is found: in `stated` (any
/// value but empty, "thường" and "không"), in the abstract, or on the pages.
[[nodiscard]] base::Result<void> refuseSecret(std::string_view stated, std::string_view subject,
                                              const PdfFacts* pages = nullptr);

}  // namespace eoffice::documents
