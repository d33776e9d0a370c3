// The words of a text as search compares them: letters and digits, folded as base::fold does it
// ("Đắk" → "dak", NFC and NFD alike), with the accented form beside. Knows no index and no query.
// Pure; safe from any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace eoffice::search {

struct Word {
  std::string folded;  ///< Never empty; digits alone lose their leading zeros (`05` → `5`).
  std::string exact;   ///< NFC, lower case, with its marks; empty where it is `folded`.
  std::size_t begin = 0, end = 0;  ///< Bytes in the text.
};

/// Longer words are no words of a language; they are left out, and a long number with them.
inline constexpr std::size_t kLongestWord = 60;

/// Calls `visit` for each word in order until it returns false. The word is reused between calls.
/// Bytes that are not UTF-8 separate words.
void eachWord(std::string_view text, const std::function<bool(const Word&)>& visit);
[[nodiscard]] std::vector<Word> wordsOf(std::string_view text);
/// The folded words with one space between: `1234/UBND-KGVX` → `1234 ubnd kgvx`.
[[nodiscard]] std::string foldedWords(std::string_view text);

}  // namespace eoffice::search
