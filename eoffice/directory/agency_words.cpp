#include "eoffice/directory/agency_words.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace eoffice::directory {
namespace {

constexpr std::size_t kLongestWord = 32;  // Characters of agency_word.word.

// Folded words of the offices' own names. Changing this list needs `agency_word` built again.
constexpr std::array<std::string_view, 12> kCommonWords{
    "ban", "dan", "huyen", "nhan", "phuong", "so", "thi", "tinh", "ubnd", "uy", "van", "xa"};

}  // namespace

bool beginsCommonWord(std::string_view prefix) {
  return std::any_of(kCommonWords.begin(), kCommonWords.end(),
                     [&](std::string_view word) { return word.starts_with(prefix); });
}

std::string indexedWord(std::string_view word) { return base::firstCharacters(word, kLongestWord); }

std::vector<std::string> indexedWords(std::string_view searchText) {
  std::vector<std::string> words;
  while (!searchText.empty()) {
    const auto end = std::min(searchText.find(' '), searchText.size());
    const auto word = searchText.substr(0, end);
    searchText.remove_prefix(std::min(end + 1, searchText.size()));
    if (word.empty()) continue;
    if (std::find(kCommonWords.begin(), kCommonWords.end(), word) != kCommonWords.end()) continue;
    words.push_back(indexedWord(word));
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace eoffice::directory
