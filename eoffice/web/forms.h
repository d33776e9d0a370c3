// From a form's words to an act's input, and from a refusal to sentences beside the fields.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/http/message.h"
#include "eoffice/documents/document.h"
#include "eoffice/documents/document_types.h"
#include "eoffice/web/document_view.h"
#include "eoffice/web/renderer.h"

namespace eoffice::web {

/// `dd/mm/yyyy`, `d/m/yyyy` or `yyyy-mm-dd`; empty for an empty text. `good` is false for anything
/// else.
struct TypedDate {
  std::optional<base::LocalDate> date;
  bool good = true;
};
[[nodiscard]] TypedDate typedDate(const std::string& text);

/// `1234/UBND-KGVX` → both parts; without a `/` all of it is the notation.
struct TypedSymbol {
  std::string number;
  std::string notation;
};
[[nodiscard]] TypedSymbol typedSymbol(const std::string& text);

/// `256 MB`, `1,5 MB`: as people say it, in their language.
[[nodiscard]] std::string sizeInWords(std::uint64_t bytes, base::Language language);

/// 0 when it is no number.
[[nodiscard]] std::int64_t typedNumber(const std::string& text);

/// `[{value, label, selected}]` for the form's selects.
[[nodiscard]] nlohmann::json typeOptions(const documents::DocumentTypes& types,
                                         documents::Direction direction,
                                         const std::string& selected);
[[nodiscard]] nlohmann::json urgencyOptions(const Speech& say, documents::Urgency selected);
[[nodiscard]] nlohmann::json secrecyOptions(const Speech& say, const std::string& selected);
[[nodiscard]] nlohmann::json competenceOptions(const Speech& say, const std::string& selected);

/// The fields' names on pages for those of the acts: `code_number` is typed in `notation`.
[[nodiscard]] std::string pageField(const std::string& field);

/// `{field: sentence}` for every fault of a refusal, by page field.
[[nodiscard]] nlohmann::json errorsOf(const Renderer& renderer, base::Language language,
                                      const base::Refusal& why);
/// The `problem` block: what happened, with one line for each fault, which names its field.
[[nodiscard]] nlohmann::json problemOf(const Renderer& renderer, base::Language language,
                                       const base::Refusal& why);

}  // namespace eoffice::web
