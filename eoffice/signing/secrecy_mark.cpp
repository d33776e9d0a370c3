#include "base/text.h"
#include "eoffice/signing/page_layout.h"

namespace eoffice::layout {
namespace {

/// Without spaces and the frame's strokes: `[ TỐI  MẬT ]` and `T Ố I M Ậ T` are `TỐIMẬT`.
std::string bare(const std::string& text) {
  std::string kept;
  for (char const c : text) {
    if (std::string_view(" []|()*:._-").find(c) == std::string_view::npos) kept += c;
  }
  return kept;
}

std::optional<SecrecyLevel> levelOf(const std::string& words) {
  // texts: data begin
  if (words == "MẬT") return SecrecyLevel::Secret;
  if (words == "TỐIMẬT") return SecrecyLevel::TopSecret;
  if (words == "TUYỆTMẬT") return SecrecyLevel::Ultra;
  // texts: data end
  return std::nullopt;
}

/// `Độ mật: Tối mật`, `Mức độ mật: TUYỆT MẬT`; a blank or a `không` after it is no mark.
std::optional<SecrecyLevel> declaredLevel(const std::string& text) {
  std::string const folded = base::fold(text);
  for (std::string_view const label : {"do mat:", "muc do mat:", "do mat :", "muc do mat :"}) {
    if (!folded.starts_with(label)) continue;
    std::string const value = base::squeezed(folded.substr(label.size()));
    if (value == "mat") return SecrecyLevel::Secret;
    if (value == "toi mat") return SecrecyLevel::TopSecret;
    if (value == "tuyet mat") return SecrecyLevel::Ultra;
  }
  return std::nullopt;
}

}  // namespace

std::optional<SecrecyMark> findSecrecyMark(const PdfPageText& text, int page) {
  double const head = text.height * (page == 1 ? 0.45 : 0.15);
  std::optional<SecrecyMark> found;
  auto const take = [&found, page](SecrecyLevel level, const std::string& words) {
    if (!found || level > found->level) found = SecrecyMark{level, words, page};
  };
  for (auto const& line : linesOf(text)) {
    for (auto const& segment : line) {
      std::string const words = segment.text();
      if (auto const declared = declaredLevel(words)) take(*declared, words);
      if (segment.box.y > head) continue;
      if (auto const level = levelOf(bare(words))) take(*level, words);
    }
  }
  return found;
}

}  // namespace eoffice::layout
