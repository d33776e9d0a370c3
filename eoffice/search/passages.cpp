#include "eoffice/search/passages.h"

#include <algorithm>
#include <bit>

#include "base/text.h"

namespace eoffice::search {
namespace {

constexpr std::string_view kGap = "…";  // texts: data

void appendText(std::string& out, Origin origin, std::string_view text) {
  if (text.empty()) return;
  out += static_cast<char>(origin);
  for (const char c : text) {
    if (c != '\0') out += c;
  }
  out += '\0';
}

void append(std::vector<Marked>& parts, std::string_view text, bool hit) {
  if (text.empty()) return;
  if (!parts.empty() && parts.back().hit == hit) {
    parts.back().text += text;
  } else {
    parts.push_back({std::string(text), hit});
  }
}

// One hit in a text.
struct Found {
  int word;
  std::size_t begin, end;
};

std::vector<Found> findIn(std::string_view text, const Wanted& wanted) {
  constexpr std::size_t kEnough = 400;
  std::vector<Found> found;
  eachWord(text, [&](const Word& word) {
    const int which = wanted.find(word.folded);
    if (which >= 0) found.push_back({which, word.begin, word.end});
    return found.size() < kEnough;
  });
  return found;
}

struct Best {
  int score = 0;
  Origin origin = Origin::Text;
  std::string_view text;
  std::size_t begin = 0, end = 0;  ///< From the first hit to the end of the last one.
};

// Different words count most, then hits that follow each other.
void consider(Best& best, Origin origin, std::string_view text, const std::vector<Found>& found) {
  for (std::size_t first = 0; first < found.size(); ++first) {
    std::uint64_t seen = 0;
    int close = 0;
    std::size_t last = first;
    for (std::size_t i = first;
         i < found.size() && found[i].end - found[first].begin <= kPassageLength; ++i) {
      seen |= std::uint64_t{1} << (found[i].word & 63);
      if (i > first && found[i].begin - found[i - 1].end <= 2 &&
          found[i].word == found[i - 1].word + 1) {
        ++close;
      }
      last = i;
    }
    const int score = 10 * std::popcount(seen) + close;
    if (score > best.score) {
      best = {score, origin, text, found[first].begin, found[last].end};
    }
  }
}

// Widened to about the wanted length, cut between words.
std::pair<std::size_t, std::size_t> around(const Best& best) {
  const auto room = kPassageLength > best.end - best.begin
                        ? kPassageLength - (best.end - best.begin)
                        : std::size_t{0};
  std::size_t begin = best.begin > room / 3 ? best.begin - room / 3 : 0;
  if (begin > 0) {
    const auto space = best.text.find_first_of(" \n", begin);
    begin = space == std::string_view::npos || space >= best.begin ? best.begin : space + 1;
  }
  std::size_t end = std::min(best.text.size(), begin + std::max(kPassageLength, best.end - begin));
  if (end < best.text.size()) {
    const auto space = best.text.find_last_of(" \n", end);
    end = space == std::string_view::npos || space <= best.end ? best.end : space;
  }
  return {begin, end};
}

}  // namespace

std::string packTexts(const Content& content, std::size_t mostText) {
  std::string out;
  appendText(out, Origin::Subject, content.subject);
  appendText(out, Origin::Description, content.description);
  for (const auto& text : content.instructions) appendText(out, Origin::Instruction, text);
  for (const auto& text : content.notes) appendText(out, Origin::Note, text);
  for (const auto& file : content.files) {
    appendText(out, Origin::FileName, file.name);
    appendText(out, Origin::Text, std::string_view(file.text).substr(0, mostText));
  }
  appendText(out, Origin::Receivers, content.receivers);
  return out;
}

Wanted::Wanted(const Conditions& conditions) {
  for (const auto& condition : conditions) {
    if (condition.excluded || condition.kind != Condition::Kind::Words) continue;
    for (std::size_t i = 0; i < condition.words.size(); ++i) {
      const bool beginning = condition.prefix && i + 1 == condition.words.size();
      (beginning ? beginnings_ : words_).push_back(condition.words[i].folded);
    }
  }
}

int Wanted::find(const std::string& folded) const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (words_[i] == folded) return static_cast<int>(i);
  }
  for (std::size_t i = 0; i < beginnings_.size(); ++i) {
    if (folded.starts_with(beginnings_[i])) return static_cast<int>(words_.size() + i);
  }
  return -1;
}

std::vector<Marked> mark(std::string_view text, const Wanted& wanted) {
  std::vector<Marked> parts;
  std::size_t done = 0;
  bool before = false;
  eachWord(text, [&](const Word& word) {
    const bool hit = wanted.find(word.folded) >= 0;
    append(parts, text.substr(done, word.begin - done), before && hit);
    append(parts, text.substr(word.begin, word.end - word.begin), hit);
    done = word.end;
    before = hit;
    return true;
  });
  append(parts, text.substr(done), false);
  return parts;
}

Passage passageOf(std::string_view packed, const Wanted& wanted) {
  Best best;
  while (!packed.empty() && !wanted.empty()) {
    const auto origin = static_cast<Origin>(packed.front());
    const auto end = std::min(packed.find('\0'), packed.size());
    const auto text = packed.substr(1, end - 1);
    packed.remove_prefix(std::min(end + 1, packed.size()));
    if (origin != Origin::Subject) consider(best, origin, text, findIn(text, wanted));
  }
  if (best.score == 0) return {};
  const auto [begin, end] = around(best);
  Passage passage{best.origin, mark(base::squeezed(best.text.substr(begin, end - begin)), wanted)};
  if (begin > 0) passage.parts.insert(passage.parts.begin(), {std::string(kGap) + " ", false});
  if (end < best.text.size()) append(passage.parts, " " + std::string(kGap), false);
  return passage;
}

}  // namespace eoffice::search
