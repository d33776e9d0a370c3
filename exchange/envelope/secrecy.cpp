#include "exchange/envelope/secrecy.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "exchange/envelope/detail.h"

namespace exchange {
namespace {

// texts: data begin
constexpr std::string_view kSyllable = "mật";
// `bảo mật`, `bí mật`, `không mật` …: the syllable is no mark after these,
constexpr std::array<std::string_view, 14> kBefore = {"bảo", "bí",  "không", "thân", "cẩn",
                                                      "độ",  "ong", "đường", "túi",  "sỏi",
                                                      "hội", "trù", "chi",   "đàn"};
// and not before these (`mật mã`, `mật khẩu`, `mật độ`, `mật ong` …).
constexpr std::array<std::string_view, 14> kAfter = {"mã",  "khẩu", "độ",  "ong",  "thư",
                                                     "vụ",  "danh", "ngữ", "thám", "thiết",
                                                     "mía", "gấu",  "ước", "báo"};
// texts: data end

template <std::size_t N>
bool isOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string writtenForm(std::string_view text) { return base::squeezed(base::toNfc(text)); }

// Lower case as far as the words looked for need it, byte for byte as long as before. Not
// fold(): without its mark `mật` is `mất`.
std::string normal(const std::string& written) {
  std::string out = base::lowerAscii(written);
  constexpr std::array<std::array<std::string_view, 2>, 24> kCase = {{
      // texts: data begin
      {"Ậ", "ậ"}, {"Ố", "ố"}, {"Ệ", "ệ"}, {"Độ", "độ"}, {"Ộ", "ộ"}, {"Đ", "đ"},
      {"Ứ", "ứ"}, {"Ả", "ả"}, {"Í", "í"}, {"Ô", "ô"},   {"Â", "â"}, {"Ẩ", "ẩ"},
      {"Ư", "ư"}, {"Ờ", "ờ"}, {"Ú", "ú"}, {"Ỏ", "ỏ"},   {"Ù", "ù"}, {"À", "à"},
      {"Ã", "ã"}, {"Á", "á"}, {"Ụ", "ụ"}, {"Ữ", "ữ"},   {"Ế", "ế"}, {"Ớ", "ớ"},
      // texts: data end
  }};
  for (const auto& pair : kCase) {
    replaceAll(out, pair[0], pair[1]);
  }
  return out;
}

struct Word {
  std::string_view text;
  std::size_t begin;
  std::size_t end;
  bool spaced = false;  ///< `M Ậ T`, as on a stamp.
};

void joinSpaced(std::vector<Word>& words) {
  if (words.size() < 3) return;
  auto* const last = &words.back();
  // texts: data
  if (last[-2].text != "m" || last[-1].text != "ậ" || last->text != "t") return;
  const Word whole{kSyllable, last[-2].begin, last->end, true};
  words.resize(words.size() - 3);
  words.push_back(whole);
}

std::vector<Word> wordsOf(std::string_view text) {
  const auto isLetter = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
  };
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size();) {
    if (!isLetter(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && isLetter(text[at])) {
      ++at;
    }
    words.push_back({text.substr(begin, at - begin), begin, at});
    joinSpaced(words);
  }
  return words;
}

struct Hit {
  SecretLevel level;
  std::size_t first;  // words, the last one included
  std::size_t last;
};

// Nothing but white space stands between word `i` and the one after it: "(Mật) Báo cáo" is no "mật
// báo".
bool joined(std::string_view text, const std::vector<Word>& words, std::size_t i) {
  const auto between = text.substr(words[i].end, words[i + 1].begin - words[i].end);
  return between.find_first_not_of(" \t") == std::string_view::npos;
}

// The level whose name ends at word `i`, if that word is one and is not part of a common word.
std::optional<Hit> hitAt(std::string_view text, const std::vector<Word>& words, std::size_t i) {
  if (words[i].text != kSyllable) {
    return std::nullopt;
  }
  // texts: data begin
  if (i > 0 && words[i - 1].text == "tuyệt") {
    return Hit{SecretLevel::TopSecret, i - 1, i};
  }
  if (i > 0 && words[i - 1].text == "tối") {
    // texts: data end
    return Hit{SecretLevel::HighSecret, i - 1, i};
  }
  const bool common =
      (i > 0 && joined(text, words, i - 1) && isOneOf(words[i - 1].text, kBefore)) ||
      (i + 1 < words.size() && joined(text, words, i) && isOneOf(words[i + 1].text, kAfter));
  return common ? std::nullopt : std::optional(Hit{SecretLevel::Secret, i, i});
}

bool endsWithAny(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](auto end) { return text.ends_with(end); });
}

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](auto start) { return text.starts_with(start); });
}

// In capitals where the rest is not: a stamp that was typed.
bool isStamped(std::string_view written, const std::vector<Word>& words, const Hit& hit) {
  // texts: data
  constexpr std::string_view kStamp = "MẬT";
  const auto isSmall = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto& last = words[hit.last];
  return last.spaced || (written.substr(last.begin, last.end - last.begin) == kStamp &&
                         std::any_of(written.begin(), written.end(), isSmall));
}

// `Tài liệu mật` and no more.
bool isOfAKind(std::string_view before, std::string_view after) {
  constexpr std::array<std::string_view, 4> kKinds = {// texts: data
                                                      "tài liệu", "văn bản", "công văn", "hồ sơ"};
  return after.empty() && isOneOf(before, kKinds);
}

// Does the hit stand as a mark: what is before and after it says so.
bool isMark(std::string_view text, const std::vector<Word>& words, const Hit& hit) {
  const std::string_view before = withoutEndSpace(text.substr(0, words[hit.first].begin));
  const std::string_view after = withoutEndSpace(text.substr(words[hit.last].end));
  const bool opened = endsWithAny(before, {"(", "[", "{", "<", "«", "“", "\""});
  const bool closed = startsWithAny(after, {")", "]", "}", ">", "»", "”", "\""});
  const bool begins = before.empty() || (opened && before.size() <= 3);
  if (opened && closed) {
    return true;
  }
  if (begins || isOfAKind(before, after)) {
    return true;  // no ordinary subject begins with a level
  }
  // texts: data
  if (endsWithAny(before, {"độ mật:", "độ mật", "độ mật -", "độ mật:(", "mức độ:"})) {
    return true;
  }
  return after.empty() && endsWithAny(before, {"-", "–", "—", "|", ";"});
}

std::optional<SecretLevel> higher(std::optional<SecretLevel> a, std::optional<SecretLevel> b) {
  return !a || (b && *b > *a) ? b : a;
}

std::string shortened(std::string_view text) {
  return base::isUtf8(text) ? base::firstCharacters(text, 120) : std::string();
}

class Search {
 public:
  void text(const char* field, std::string_view text) {
    take(field, text, secretLevelInText(text));
  }
  void field(const char* field, std::string_view text) {
    take(field, text, secretLevelInField(text));
  }
  [[nodiscard]] std::optional<SecretMark> best() const { return best_; }

 private:
  void take(const char* field, std::string_view text, std::optional<SecretLevel> level) {
    if (level && (!best_ || *level > best_->level)) {
      best_ = SecretMark{*level, field, shortened(text)};
    }
  }
  std::optional<SecretMark> best_;
};

}  // namespace

std::optional<SecretLevel> secretLevelInText(std::string_view text) {
  const std::string written = writtenForm(text);
  const std::string plain = normal(written);
  const std::vector<Word> words = wordsOf(plain);
  std::optional<SecretLevel> level;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto hit = hitAt(plain, words, i);
    if (hit && (isStamped(written, words, *hit) || isMark(plain, words, *hit))) {
      level = higher(level, hit->level);
    }
  }
  return level;
}

std::optional<SecretLevel> secretLevelInField(std::string_view text) {
  const std::string plain = normal(writtenForm(text));
  const std::vector<Word> words = wordsOf(plain);
  std::optional<SecretLevel> level;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const auto hit = hitAt(plain, words, i)) {
      level = higher(level, hit->level);
    }
  }
  // Where only a level may stand, a level without its tone marks is one as well.
  const std::string folded = base::fold(text);
  if (folded == "tuyet mat") {
    level = higher(level, SecretLevel::TopSecret);
  } else if (folded == "toi mat") {
    level = higher(level, SecretLevel::HighSecret);
  }
  return level;
}

// no state secret goes into or out of this system.
std::optional<SecretMark> findSecretMark(const DocumentEnvelope& envelope) {
  Search search;
  search.text("MessageHeader.Subject", envelope.subject);
  search.text("MessageHeader.Content", envelope.content);
  search.field("MessageHeader.DocumentType.TypeName", envelope.type.name);
  search.field("MessageHeader.Code.CodeNotation", envelope.code.notation);
  search.field("MessageHeader.OtherInfo.SphereOfPromulgation", envelope.other.sphere);
  for (const auto& appendix : envelope.other.appendixes) {
    search.text("MessageHeader.OtherInfo.Appendixes", appendix);
  }
  search.text("TraceHeaderList.Bussiness.BussinessDocReason", envelope.business.reason);
  for (const auto& attachment : envelope.attachments) {
    search.text("AttachmentEncoded.Attachment.AttachmentName", attachment.name);
    search.text("AttachmentEncoded.Attachment.Description", attachment.description);
  }
  return search.best();
}

}  // namespace exchange
