#include "eoffice/search/passages.h"

#include <gtest/gtest.h>

namespace eoffice::search {
namespace {

Wanted wanted(const char* query) { return Wanted(parseQuery(query, {}).value()); }

// Hits in brackets.
std::string shown(const std::vector<Marked>& parts) {
  std::string out;
  for (const auto& part : parts) out += part.hit ? "[" + part.text + "]" : part.text;
  return out;
}

std::string packed(std::vector<std::string> notes, std::string text = {}) {
  return packTexts(
      {.subject = "Cải cách", .notes = std::move(notes), .files = {{"", std::move(text)}}},
      100'000);
}

TEST(Mark, ShowsWhatWasLookedForWithAndWithoutAccents) {
  EXPECT_EQ(shown(mark("V/v đẩy mạnh Cải Cách hành chính", wanted("cai cach"))),
            "V/v đẩy mạnh [Cải Cách] hành chính");
  EXPECT_EQ(shown(mark("Số 05/QĐ-UBND", wanted("5/qd-ubnd"))), "Số [05/QĐ-UBND]");
  EXPECT_EQ(shown(mark("kế hoạch", wanted("ho*"))), "kế [hoạch]");
  EXPECT_EQ(shown(mark("kế hoạch", wanted("-hoạch kế"))), "[kế] hoạch") << "excluded is no hit";
}

TEST(Passage, IsTheOneWithMostOfTheWords) {
  const auto passage =
      passageOf(packed({"Đề nghị cách làm khác"}, "Nội dung cải cách thủ tục"), wanted("cai cach"));
  EXPECT_EQ(passage.origin, Origin::Text);
  EXPECT_EQ(shown(passage.parts), "Nội dung [cải cách] thủ tục");
}

TEST(Passage, OfTheSubjectIsNotShownAgain) {
  EXPECT_TRUE(passageOf(packed({"khác"}), wanted("cải")).parts.empty());
}

TEST(Passage, OfALongTextIsCutAtWordsWithMarksOfIt) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "dòng chữ ";
  text += "khẩn trương triển khai ";
  for (int i = 0; i < 300; ++i) text += "phần sau ";
  const auto passage = passageOf(packed({}, text), wanted("triển khai"));
  const auto all = shown(passage.parts);
  EXPECT_TRUE(all.starts_with("… ")) << all;
  EXPECT_TRUE(all.ends_with(" …")) << all;
  EXPECT_NE(all.find("khẩn trương [triển khai] phần sau"), std::string::npos) << all;
  EXPECT_LT(all.size(), kPassageLength + 40);
}

TEST(Passage, OfBytesThatNobodyPackedIsNone) {
  EXPECT_TRUE(passageOf("\x06", wanted("a")).parts.empty());
  EXPECT_TRUE(passageOf("", wanted("a")).parts.empty());
}

}  // namespace
}  // namespace eoffice::search
