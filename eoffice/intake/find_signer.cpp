// Cells 7a to 7c: competence and position in capitals, free space for the signature, the name.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "eoffice/intake/find_rules.h"

namespace eoffice::intake::rules {
namespace {

constexpr double kRightHalf = 0.42;

/// `KT.` of a line, as the decree has it; empty for none. OCR reads `KT,` and `TM`.
std::string competenceOf(const Line& line) {
  if (line.words.size() < 2) return {};
  auto first = base::fold(line.words.front().text);
  while (!first.empty() && (first.back() == '.' || first.back() == ',')) first.pop_back();
  if (first == "tm") return "TM.";
  if (first == "kt") return "KT.";
  if (first == "tl") return "TL.";
  if (first == "tuq") return "TUQ.";
  if (first == "q") return "Q.";
  return {};
}

bool isPost(const Line& line) {
  for (const std::string_view post :
       {"chu tich",       "giam doc",        "bo truong",     "thu truong",     "chanh ",
        "truong ban",     "truong phong",    "cuc truong",    "vu truong",      "bi thu",
        "thu tuong",      "hieu truong",     "tong giam doc", "pho chu tich",   "pho giam doc",
        "pho ",           "truong ",         "vien truong",   "chi cuc truong", "thu ky",
        "chi huy truong", "tong cuc truong", "phu trach"}) {
    if (line.folded.starts_with(post)) return true;
  }
  return false;
}

struct Block {
  std::vector<Line> head;  ///< Competence and posts, from the top.
  Line name;
};

std::vector<Line> rightLines(const std::vector<Row>& rows) {
  std::vector<Line> lines;
  for (const auto& row : rows) {
    for (const auto& line : row) {
      if (line.middle() > kRightHalf) lines.push_back(line);
    }
  }
  return lines;
}

/// What a signing program leaves between post and name, and what a copy adds.
bool isStamp(const Line& line) {
  for (const std::string_view start : {"ky boi", "nguoi ky", "signed", "digitally", "ngay ky",
                                       "thoi gian ky", "da ky", "(da ky)", "co quan"}) {
    if (line.folded.starts_with(start)) return true;
  }
  return false;
}

/// Titles before a name do not belong to it: `TS. Nguyễn Văn A`.
Line withoutTitles(const Line& line) {
  std::size_t from = 0;
  while (from + 2 < line.words.size() && line.words[from].text.ends_with('.')) ++from;
  return lineOf(line.page,
                {line.words.begin() + static_cast<std::ptrdiff_t>(from), line.words.end()});
}

bool isCapitalName(const Line& line) {
  return line.words.size() >= 2 && line.words.size() <= 5 && isCapitals(line.text) &&
         line.text.find_first_of("0123456789./:,") == std::string::npos;
}

/// The name under the head that ends at `last`: the first that stands in its middle after room for
/// a signature.
std::optional<Line> nameUnder(const std::vector<Line>& lines, std::size_t last, double height) {
  for (auto i = last + 1; i < lines.size(); ++i) {
    const auto plain = withoutTitles(lines[i]);
    if (isStamp(lines[i])) continue;
    const double room = lines[i].top() - lines[last].bottom();
    if (room > 22 * height) break;
    if (std::abs(lines[i].middle() - lines[last].middle()) > 0.1) continue;
    if (room < 1.8 * height) continue;
    if (isNameLike(plain.words) || isCapitalName(plain)) return plain;
  }
  return std::nullopt;
}

std::optional<Block> blockOf(const std::vector<Row>& rows) {
  const auto lines = rightLines(rows);
  const double height = usualHeight(rows);
  for (std::size_t i = lines.size(); i-- > 0;) {
    const bool starts =
        isCapitals(lines[i].text) && (!competenceOf(lines[i]).empty() || isPost(lines[i]));
    if (!starts) continue;
    const auto name = nameUnder(lines, i, height);
    if (!name) continue;
    // Lines above that belong to it: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    std::vector<Line> head{lines[i]};
    for (auto j = i; j-- > 0;) {
      const bool near = head.front().top() - lines[j].bottom() < 1.8 * height &&
                        std::abs(lines[j].middle() - head.front().middle()) < 0.1;
      if (!near || !isCapitals(lines[j].text)) break;
      head.insert(head.begin(), lines[j]);
    }
    return Block{std::move(head), *name};
  }
  return std::nullopt;
}

}  // namespace

// cells 7a to 7c: competence and position, the signature, the name.
std::vector<Finding> findSigner(const std::vector<std::vector<Row>>& pages) {
  for (auto page = pages.rbegin(); page != pages.rend(); ++page) {
    const auto block = blockOf(*page);
    if (!block) continue;
    std::vector<Finding> found;
    const auto& name = block->name;
    found.push_back(finding(FoundField::Signer,
                            isNameLike(name.words) ? name.text : [&] {
                              std::string text;
                              for (const auto& word : name.words) {
                                const auto first = base::firstCharacters(word.text, 1);
                                text += (text.empty() ? "" : " ") + first +
                                        base::lower(word.text.substr(first.size()));
                              }
                              return text;
                            }(),
                            {name}));
    const auto& post = block->head.back();
    const auto own = competenceOf(post);
    const auto words =
        own.empty() ? post.words : std::vector<Word>(post.words.begin() + 1, post.words.end());
    const auto position = lineOf(post.page, words).text;
    found.push_back(finding(FoundField::SignerPosition, readableName(position), {post}));
    // Posts have names without number; one that is not known may have lost a word.
    if (!isKnownName(position)) found.back().sure = false;
    for (auto line = block->head.rbegin(); line != block->head.rend(); ++line) {
      const auto competence = competenceOf(*line);
      if (competence.empty()) continue;
      found.push_back(finding(FoundField::Competence, competence, {*line}));
      break;
    }
    return found;
  }
  return {};
}

}  // namespace eoffice::intake::rules
