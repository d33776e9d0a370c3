// Names that stand in capitals, as people write them.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "eoffice/intake/find_rules.h"

namespace eoffice::intake::rules {
namespace {

// What names of bodies and posts are made of, as it is written. Looked up without marks, so that
// marks which OCR lost come back; longest first.
// texts: data begin
constexpr std::array kPhrases{
    "Ủy ban nhân dân",
    "Hội đồng nhân dân",
    "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "Đoàn đại biểu Quốc hội",
    "Văn phòng Chính phủ",
    "Thủ tướng Chính phủ",
    "Chính phủ",
    "Quốc hội",
    "Bộ Nội vụ",
    "Bộ Tài chính",
    "Bộ Xây dựng",
    "Bộ Công Thương",
    "Bộ Tư pháp",
    "Bộ Y tế",
    "Bộ Giáo dục và Đào tạo",
    "Bộ Khoa học và Công nghệ",
    "Bộ Nông nghiệp và Môi trường",
    "Bộ Văn hóa, Thể thao và Du lịch",
    "Bộ Dân tộc và Tôn giáo",
    "Bộ Quốc phòng",
    "Bộ Công an",
    "Bộ Ngoại giao",
    "Bộ Chỉ huy quân sự",
    "Thanh tra Chính phủ",
    "Ngân hàng Nhà nước Việt Nam",
    "Kho bạc Nhà nước",
    "Bảo hiểm xã hội",
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Xây dựng",
    "Sở Công Thương",
    "Sở Tư pháp",
    "Sở Y tế",
    "Sở Giáo dục và Đào tạo",
    "Sở Khoa học và Công nghệ",
    "Sở Nông nghiệp và Môi trường",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Dân tộc và Tôn giáo",
    "Sở Ngoại vụ",
    "Sở Du lịch",
    "Ban Quản lý",
    "Ban Tổ chức",
    "Ban Tuyên giáo và Dân vận",
    "Thanh tra",
    "Văn phòng",
    "Công an",
    "Tỉnh ủy",
    "Thành ủy",
    "Đảng ủy",
    "Đảng bộ",
    "Chi cục",
    "Tổng cục",
    "Cục",
    "Vụ",
    "Sở",
    "Bộ",
    "Ban",
    "Phòng",
    "Trung tâm",
    "Viện",
    "Trường",
    "Bệnh viện",
    "tỉnh",
    "thành phố",
    "phường",
    "xã",
    "đặc khu",
    "huyện",
    "quận",
    "thị xã",
    "thị trấn",
    "và",
    "Phó Chủ tịch",
    "Chủ tịch",
    "Phó Giám đốc",
    "Giám đốc",
    "Phó Chánh Văn phòng",
    "Chánh Văn phòng",
    "Phó Thủ tướng",
    "Thủ tướng",
    "Phó Bộ trưởng",
    "Bộ trưởng",
    "Thứ trưởng",
    "Phó Bí thư",
    "Bí thư",
    "Phó Trưởng ban",
    "Trưởng ban",
    "Phó Trưởng phòng",
    "Trưởng phòng",
    "Phó Cục trưởng",
    "Cục trưởng",
    "Phó Chi cục trưởng",
    "Chi cục trưởng",
    "Phó Hiệu trưởng",
    "Hiệu trưởng",
    "Phó Chánh Thanh tra",
    "Chánh Thanh tra",
    "Phó Vụ trưởng",
    "Vụ trưởng",
    "Phó Chủ nhiệm",
    "Chủ nhiệm",
    "Phó Tổng Giám đốc",
    "Tổng Giám đốc",
};
// texts: data end

constexpr std::size_t kLongestPhrase = 8;  ///< In words.

const std::unordered_map<std::string, std::string>& phrases() {
  static const auto all = [] {
    std::unordered_map<std::string, std::string> map;
    for (const char* phrase : kPhrases) map.emplace(base::fold(phrase), phrase);
    return map;
  }();
  return all;
}

std::vector<std::string> wordsOf(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : base::squeezed(text)) {
    if (c == ' ') {
      words.push_back(std::exchange(word, {}));
    } else {
      word += c;
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

/// `KHÁNH` → `Khánh`.
std::string capitalised(const std::string& word) {
  const auto first = base::firstCharacters(base::toNfc(word), 1);
  return first + base::lower(base::toNfc(word).substr(first.size()));
}

/// After these a name of a place follows, each of its words with a capital.
bool beginsPlace(const std::string& folded) {
  return folded == "tinh" || folded == "thanh pho" || folded == "phuong" || folded == "xa" ||
         folded == "dac khu" || folded == "huyen" || folded == "quan" || folded == "thi xa" ||
         folded == "thi tran" || folded == "tinh uy" || folded == "thanh uy" || folded == "cong an";
}

/// The longest phrase that begins at word `at`; null when none does.
const std::string* phraseAt(const std::vector<std::string>& words, std::size_t at,
                            std::size_t& length) {
  const auto most = std::min(kLongestPhrase, words.size() - at);
  for (length = most; length > 0; --length) {
    std::string key;
    for (std::size_t i = 0; i < length; ++i) key += (i > 0 ? " " : "") + base::fold(words[at + i]);
    const auto found = phrases().find(key);
    if (found != phrases().end()) return &found->second;
  }
  return nullptr;
}

}  // namespace

bool isKnownName(std::string_view capitals) { return phrases().contains(base::fold(capitals)); }

std::string readableName(std::string_view capitals) {
  const auto words = wordsOf(capitals);
  std::string out;
  bool inPlace = false;
  bool nextCapital = true;  // The first word, and what comes after `Sở`, `Ban`, `Phòng`.
  for (std::size_t i = 0; i < words.size();) {
    std::size_t length = 1;
    std::string text;
    if (const auto* phrase = phraseAt(words, i, length)) {
      text = *phrase;
      if (out.empty())
        text = base::firstCharacters(capitalised(wordsOf(text)[0]), 1) +
               text.substr(base::firstCharacters(text, 1).size());
      inPlace = beginsPlace(base::fold(*phrase));
      // texts: data
      nextCapital = inPlace || (length == 1 && *phrase != "và");
    } else {
      length = 1;
      text = inPlace || nextCapital ? capitalised(words[i]) : base::lower(words[i]);
      // Abbreviations have no vowel to speak of: `UBND`, `HĐND`, `TP.`
      const auto folded = base::fold(words[i]);
      if (folded == "ubnd" || folded == "hdnd" || folded == "tp." || folded == "tp" ||
          folded == "dbqh") {
        text = words[i];
        inPlace = folded.starts_with("tp");
      }
      nextCapital = false;
    }
    out += (out.empty() ? "" : " ") + text;
    i += length;
  }
  return out;
}

}  // namespace eoffice::intake::rules
