// What a person typed into the search box, understood: words, "phrases", prefixes (`ke*`), field
// filters in Vietnamese and English (`loai:"Quyết định"`, `from:01/10/2026`), and what must not be
// there (`-word`). docs/search.md has the whole language. Knows no index. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "eoffice/search/words.h"

namespace eoffice::search {

/// Where words are looked for.
enum class Part : std::uint8_t {
  Anywhere,
  Subject,
  Issuer,
  Signer,
  Receivers,
  Instruction,
  Note,
  File,  ///< Names of files.
};

/// A value that a document has or has not.
enum class Attribute : std::uint8_t {
  Number,         ///< `1234`, zeros before it do not count
  ArrivalNumber,  ///< số đến
  Symbol,         ///< `1234/UBND-KGVX`, whole
  Type,           ///< Name or code.
  Issuer,         ///< The whole name.
  State,          ///< Codes, as digits.
  Urgency,
  Direction,
  Year,
  Agency,  ///< Id.
};

struct Condition {
  enum class Kind : std::uint8_t { Words, Attribute, Days };
  Kind kind = Kind::Words;
  bool excluded = false;

  // Words
  Part part = Part::Anywhere;
  std::vector<Word> words;
  bool phrase = false;  ///< One after the other, nothing between.
  bool prefix = false;  ///< The last word is the beginning of one.

  // Attribute
  Attribute attribute = Attribute::Number;
  std::string value;

  // Days, inclusive; one that is not ok() is open.
  base::LocalDate from{}, to{};
};

using Conditions = std::vector<Condition>;

/// The words of a language for the values that are stored as codes: folded words without spaces
/// (`hoatoc`, `daxong`, `express`) → code.
struct Vocabulary {
  std::map<std::string, int, std::less<>> states, urgencies, directions;
};

inline constexpr std::size_t kMostConditions = 40;

/// All conditions hold at once. Refuses, all at once, `search.bad_date`, `search.bad_year` and
/// `search.unknown_value` (facts `field`, `value`), and `search.too_many_words` (fact `most`).
[[nodiscard]] base::Result<Conditions> parseQuery(std::string_view text,
                                                  const Vocabulary& vocabulary);

/// As if the last word were still being typed: it also stands for the words that it begins. Nothing
/// changes after a phrase or a filter, or where a space ends the text.
[[nodiscard]] Conditions whileTyping(Conditions conditions, std::string_view text);

[[nodiscard]] Condition attribute(Attribute which, std::string value);
[[nodiscard]] Condition days(base::LocalDate from, base::LocalDate to);

}  // namespace eoffice::search
