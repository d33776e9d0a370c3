#include "eoffice/search/words.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace eoffice::search {
namespace {

struct Case {
  const char* name;
  const char* text;
  const char* folded;
};

class FoldedWords : public ::testing::TestWithParam<Case> {};

TEST_P(FoldedWords, AreWhatSearchCompares) {
  EXPECT_EQ(foldedWords(GetParam().text), GetParam().folded);
}

INSTANTIATE_TEST_SUITE_P(
    Table, FoldedWords,
    ::testing::Values(Case{"Accents", "Đắk Lắk, Ủy ban nhân dân", "dak lak uy ban nhan dan"},
                      Case{"Decomposed",
                           "D\xCC\xA3i\xCC\x81"
                           "ch Đa\xCC\x86\xCC\x81k",
                           "dich dak"},
                      Case{"Symbol", "1234/UBND-KGVX", "1234 ubnd kgvx"},
                      Case{"LeadingZeros", "05/QĐ-UBND ngày 01/10/2026; 000",
                           "5 qd ubnd ngay 1 10 2026 0"},
                      Case{"ZerosInsideAWord", "A05 0x", "a05 0x"},
                      Case{"QuotesAndDashes", "“kế hoạch” – báo cáo…", "ke hoach bao cao"},
                      Case{"ZeroWidth", "kế\xE2\x80\x8B hoạch", "ke hoach"},
                      Case{"NotUtf8", "k\xFF\xC3 an", "k an"}, Case{"OnlySigns", " -- / … ", ""},
                      Case{"FullWidth", "\xEF\xBC\xA1\xEF\xBC\xA2 1", "ab 1"},
                      Case{"Empty", "", ""}),
    [](const auto& one) { return one.param.name; });

TEST(Words, KeepTheirAccentsBesideAndTheirPlace) {
  const auto words = wordsOf("Số Đắk");
  ASSERT_EQ(words.size(), 2u);
  EXPECT_EQ(words[1].folded, "dak");
  EXPECT_EQ(words[1].exact, "đắk");
  EXPECT_EQ(words[1].begin, std::string("Số ").size());
  EXPECT_EQ(words[1].end, std::string("Số Đắk").size());
  EXPECT_TRUE(wordsOf("plan")[0].exact.empty()) << "nothing beside what folding changes not";
}

TEST(Words, ComposedAndDecomposedAreTheSameWord) {
  const auto composed = wordsOf("Nguyễn")[0];
  const auto decomposed = wordsOf("Nguye\xCC\x82\xCC\x83n")[0];
  EXPECT_EQ(composed.folded, decomposed.folded);
  EXPECT_EQ(composed.exact, decomposed.exact);
}

TEST(Words, FoldAsTheRestOfTheOfficeDoes) {
  for (const char* word : {"Khánh", "Hòa", "ƯỚC", "ðồng", "ﬁn", "Straße", "Ωmega"}) {
    EXPECT_EQ(foldedWords(word), foldedWords(base::fold(word))) << word;
  }
}

TEST(Words, LeaveOutWhatIsTooLongForAWord) {
  EXPECT_EQ(foldedWords("a " + std::string(kLongestWord + 1, 'x') + " b"), "a b");
}

TEST(Words, StopWhenTheyAreTold) {
  int seen = 0;
  eachWord("một hai ba", [&](const Word&) { return ++seen < 2; });
  EXPECT_EQ(seen, 2);
}

}  // namespace
}  // namespace eoffice::search
