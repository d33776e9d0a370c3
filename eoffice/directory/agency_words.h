// Which words of an agency's search text are kept one to a row, so that a prefix finds it at once.
// Words that a large part of all names have ("ubnd", "xa", "phuong") are not: nothing starts from
// them. For the sources of this folder only. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace eoffice::directory {

/// True when a common word begins with `prefix`: rows for it would be missing.
[[nodiscard]] bool beginsCommonWord(std::string_view prefix);
/// The beginning of a word that the column holds.
[[nodiscard]] std::string indexedWord(std::string_view word);
/// The words of a search text to keep, each once.
[[nodiscard]] std::vector<std::string> indexedWords(std::string_view searchText);

}  // namespace eoffice::directory
