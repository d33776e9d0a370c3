#include "eoffice/search/words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include "base/text.h"

namespace eoffice::search {
namespace {

// What one code point adds to a word.
struct Letter {
  enum class Kind : std::uint8_t { Between, Part, Mark };
  Kind kind = Kind::Between;
  std::string folded;
  std::string exact;
};

struct Point {
  char32_t value = 0;
  std::size_t size = 0;  ///< 0: not UTF-8.
};

Point pointAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (size == 0 || at + size > text.size()) return {};
  char32_t value = first & (0xFF >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte(i) & 0x3F);
  }
  return {value, size};
}

constexpr bool within(char32_t point, char32_t first, char32_t last) {
  return point >= first && point <= last;
}

// Signs, punctuation and pictures outside of ASCII: whatever is left is taken for a letter.
bool isSign(char32_t point) {
  return (within(point, 0x80, 0xBF) && point != 0xAA && point != 0xAD && point != 0xB5 &&
          point != 0xBA) ||
         point == 0xD7 || point == 0xF7 || within(point, 0x2000, 0x200A) ||
         within(point, 0x2010, 0x2029) || within(point, 0x202F, 0x205F) ||
         within(point, 0x2190, 0x245F) || within(point, 0x2500, 0x2BFF) ||
         within(point, 0x3000, 0x3004) || within(point, 0x3008, 0x3020) ||
         within(point, 0xE000, 0xF8FF) || within(point, 0xFF01, 0xFF0F) ||
         within(point, 0xFF1A, 0xFF20) || within(point, 0x1F000, 0x1FAFF);
}

Letter letterOf(std::string_view bytes, char32_t point) {
  Letter letter;
  if (point < 0x80) {
    const char c = static_cast<char>(point);
    const bool upper = c >= 'A' && c <= 'Z';
    if (!upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) return letter;
    letter.kind = Letter::Kind::Part;
    letter.folded = letter.exact = std::string(1, upper ? static_cast<char>(c - 'A' + 'a') : c);
    return letter;
  }
  if (isSign(point)) return letter;
  letter.folded = base::fold(bytes);
  // What folds to nothing is a mark of the letter before it, or nobody sees it.
  letter.kind = letter.folded.empty() ? Letter::Kind::Mark : Letter::Kind::Part;
  letter.exact = base::lower(bytes);
  if (letter.folded.find(' ') != std::string::npos) letter.kind = Letter::Kind::Between;
  return letter;
}

// Latin, Greek, Cyrillic and the Vietnamese block: nearly all there is, reckoned once.
constexpr char32_t kTable = 0x2000;

const std::array<Letter, kTable>& table() {
  static const auto kLetters = [] {
    auto letters = std::make_unique<std::array<Letter, kTable>>();
    for (char32_t point = 0; point < kTable; ++point) {
      std::string bytes;
      if (point < 0x80) {
        bytes = {static_cast<char>(point)};
      } else if (point < 0x800) {
        bytes = {static_cast<char>(0xC0 | (point >> 6)), static_cast<char>(0x80 | (point & 0x3F))};
      } else {
        bytes = {static_cast<char>(0xE0 | (point >> 12)),
                 static_cast<char>(0x80 | ((point >> 6) & 0x3F)),
                 static_cast<char>(0x80 | (point & 0x3F))};
      }
      (*letters)[point] = letterOf(bytes, point);
    }
    return letters;
  }();
  return *kLetters;
}

// A word while it grows.
struct Growing {
  Word word;
  bool marked = false;  ///< Holds a combining mark: its exact form must be composed.

  void add(const Letter& letter, std::size_t at, std::size_t size) {
    if (word.folded.empty()) word.begin = at;
    word.folded += letter.folded;
    word.exact += letter.exact;
    word.end = at + size;
  }
  // Whether there is a word; it is ready then.
  bool finish() {
    if (word.folded.empty() || word.folded.size() > kLongestWord) return false;
    if (marked) word.exact = base::lower(word.exact);
    if (std::all_of(word.folded.begin(), word.folded.end(),
                    [](char c) { return c >= '0' && c <= '9'; })) {
      word.folded.erase(0, std::min(word.folded.find_first_not_of('0'), word.folded.size() - 1));
      word.exact.clear();
    }
    if (word.exact == word.folded) word.exact.clear();
    return true;
  }
  void clear() {
    word.folded.clear();
    word.exact.clear();
    marked = false;
  }
};

}  // namespace

void eachWord(std::string_view text, const std::function<bool(const Word&)>& visit) {
  const auto& letters = table();
  Growing growing;
  Letter rare;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = pointAt(text, at);
    const std::size_t size = std::max<std::size_t>(point.size, 1);
    const Letter* letter = &letters[0];
    if (point.size != 0 && point.value < kTable) {
      letter = &letters[point.value];
    } else if (point.size != 0) {
      rare = letterOf(text.substr(at, size), point.value);
      letter = &rare;
    }
    if (letter->kind == Letter::Kind::Part) {
      growing.add(*letter, at, size);
    } else if (letter->kind == Letter::Kind::Mark) {
      if (!growing.word.folded.empty()) {
        growing.add(*letter, at, size);
        growing.marked = true;
      }
    } else {
      if (growing.finish() && !visit(growing.word)) return;
      growing.clear();
    }
    at += size;
  }
  if (growing.finish()) visit(growing.word);
}

std::vector<Word> wordsOf(std::string_view text) {
  std::vector<Word> words;
  eachWord(text, [&](const Word& word) {
    words.push_back(word);
    return true;
  });
  return words;
}

std::string foldedWords(std::string_view text) {
  std::string out;
  eachWord(text, [&](const Word& word) {
    if (!out.empty()) out += ' ';
    out += word.folded;
    return true;
  });
  return out;
}

}  // namespace eoffice::search
