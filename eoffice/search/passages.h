// Where a document's words stand, for showing them: its texts one after the other as the index
// keeps them, and the passage of them that a query is best seen in, with its hits. Knows no index.
// Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eoffice/search/content.h"
#include "eoffice/search/query.h"

namespace eoffice::search {

/// What a passage was taken from. Kept in the index: never renumber.
enum class Origin : std::uint8_t {
  Subject = 1,
  Description = 2,
  Instruction = 3,
  Note = 4,
  FileName = 5,
  Text = 6,
  Receivers = 7
};

/// Bytes that passageOf() reads.
[[nodiscard]] std::string packTexts(const Content& content, std::size_t mostText);

/// A piece of text; `hit`: a word that was looked for.
struct Marked {
  std::string text;
  bool hit = false;
};

/// The words of a query that hits are told by.
class Wanted {
 public:
  explicit Wanted(const Conditions& conditions);
  [[nodiscard]] bool empty() const { return words_.empty() && beginnings_.empty(); }
  /// Which of the words it is; -1: none.
  [[nodiscard]] int find(const std::string& folded) const;

 private:
  std::vector<std::string> words_;
  std::vector<std::string> beginnings_;
};

/// The whole text in pieces. What stands between two hits that follow each other is marked too.
[[nodiscard]] std::vector<Marked> mark(std::string_view text, const Wanted& wanted);

struct Passage {
  Origin origin = Origin::Text;
  std::vector<Marked> parts;  ///< Empty: no hit outside of the subject.
};

/// The passage with the most different words of the query, about `kPassageLength` bytes, cut at
/// words; the subject aside, which is always shown.
[[nodiscard]] Passage passageOf(std::string_view packed, const Wanted& wanted);

inline constexpr std::size_t kPassageLength = 280;

}  // namespace eoffice::search
