#include "base/text.h"

#include <gtest/gtest.h>

namespace {

using base::fold;

struct Folding {
  const char* name;
  std::string text;
  std::string folded;
};

class Foldings : public ::testing::TestWithParam<Folding> {};

TEST_P(Foldings, FindEachOther) { EXPECT_EQ(fold(GetParam().text), GetParam().folded); }

INSTANTIATE_TEST_SUITE_P(
    Text, Foldings,
    ::testing::Values(
        Folding{"Capitals", "ĐẮK LẮK", "dak lak"}, Folding{"Small", "đắk lắk", "dak lak"},
        Folding{"NewToneMark", "Hoả tốc", "hoa toc"}, Folding{"OldToneMark", "Hỏa tốc", "hoa toc"},
        Folding{"Decomposed", "Ho\u0309a to\u0302\u0301c", "hoa toc"},
        Folding{"HalfDecomposed", "t\u00F4\u0301c", "toc"},
        Folding{"MarksInAnotherOrder", "t\u006F\u0301\u0302c", "toc"},
        Folding{"EveryVowel", "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ",
                "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd"},
        Folding{"EveryVowelInCapitals",
                "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ",
                "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd"},
        Folding{"EthForDWithStroke", "\u00D0ông \u00F0ạo", "dong dao"},
        Folding{"AfricanDForDWithStroke", "\u0189ông \u0256ạo", "dong dao"},
        Folding{"Notation", "Số: 1234/UBND-KGVX", "so: 1234/ubnd-kgvx"},
        Folding{"WhiteSpace", " \t hai\u00A0\u3000 từ\r\n", "hai tu"},
        Folding{"Emoji", "Gấp 🇻🇳 ❤\uFE0F", "gap 🇻🇳 ❤"},
        Folding{"InvisibleCharacters", "\uFEFFvăn\u200B b\u00ADản", "van ban"},
        Folding{"FullWidth", "ＡＢＣ１", "abc1"}, Folding{"Ligature", "oﬃce", "office"},
        Folding{"NulByte", std::string("A\0B", 3), std::string("a\0b", 3)},
        Folding{"Empty", "", ""}, Folding{"OnlySpace", "   ", ""},
        Folding{"NotUtf8", "\xFFĐ ABC", "\xFF\xC4\x90 abc"}),
    [](const auto& folding) { return folding.param.name; });

TEST(Text, FoldingTwiceChangesNothing) {
  for (const char* const text : {"Đắk Lắk", "Hỏa tốc", "ẞ ﬃ İ", "❤\uFE0F", "ﷺ"}) {
    EXPECT_EQ(fold(fold(text)), fold(text)) << text;
  }
}

TEST(Text, KnowsUtf8) {
  EXPECT_TRUE(base::isUtf8(""));
  EXPECT_TRUE(base::isUtf8("Đắk 🇻🇳"));
  for (const char* const bad :
       {"\xFF", "a\xC4", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE1\xBA", "\x80"}) {
    EXPECT_FALSE(base::isUtf8(bad));
  }
}

TEST(Text, ComposesAndLeavesWhatIsNotText) {
  EXPECT_EQ(base::toNfc("Ho\u0309a to\u0302\u0301c"), "Hỏa tốc");
  EXPECT_EQ(base::toNfc("Hỏa tốc"), "Hỏa tốc");
  EXPECT_EQ(base::toNfc("\xFF\xFE"), "\xFF\xFE");
  EXPECT_EQ(base::toNfc(""), "");
}

TEST(Text, CountsAndCutsByCodePoints) {
  EXPECT_EQ(base::lengthInCharacters("Đắk"), 3U);
  EXPECT_EQ(base::lengthInCharacters("❤🇻🇳"), 3U);
  EXPECT_EQ(base::firstCharacters("Đắk Lắk", 2), "Đắ");
  EXPECT_EQ(base::firstCharacters("Đắk", 9), "Đắk");
  EXPECT_EQ(base::firstCharacters("Đắk", 0), "");
}

TEST(Text, Squeezes) {
  EXPECT_EQ(base::squeezed("  một \u00A0\n hai\u0085\u2028ba "), "một hai ba");
  EXPECT_EQ(base::squeezed(""), "");
  EXPECT_EQ(base::squeezed(" \xFF "), " \xFF ");
}

TEST(Text, SqueezesOutWhatNobodySees) {
  for (const char* unseen : {"\u200B", "\uFEFF", "\u2060", "\u202A", "\u202E", "\u2066", "\u2069",
                             "\u00AD", "\u3164", " \u200B \uFEFF "}) {
    EXPECT_EQ(base::squeezed(unseen), "");
  }
  EXPECT_EQ(base::squeezed("V/v \u202Egnod\u202C báo\u200B cáo"), "V/v gnod báo cáo");
}

TEST(Text, SmallHelpers) {
  EXPECT_EQ(base::lowerAscii("ABCÀ"), "abcÀ");
  EXPECT_EQ(base::lowerHex(std::string("\x00\x9F\xff", 3)), "009fff");
  EXPECT_EQ(base::bytesOfHex("009fFF"), std::string("\x00\x9F\xff", 3));
  EXPECT_EQ(base::bytesOfHex(""), "");
  for (const char* wrong : {"0", "0g", "-1", " 1", "00 "}) {
    EXPECT_THROW(base::bytesOfHex(wrong), std::invalid_argument) << wrong;
  }
}

}  // namespace
