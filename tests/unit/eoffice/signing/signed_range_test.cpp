#include "eoffice/signing/signed_range.h"

#include <gtest/gtest.h>

namespace eoffice::pdf {
namespace {

const std::string kFile = "before<0aFf0>after";

TEST(SignedRange, TakesOneHoleWithHexDigits) {
  auto const range = checkRange(kFile, {0, 6, 13, 5});
  ASSERT_TRUE(range);
  EXPECT_EQ(range->end, kFile.size());
  EXPECT_EQ(holeBytes(kFile, *range), std::string("\x0a\xff\0", 3));
  auto const parts = range->parts(kFile);
  EXPECT_EQ(parts[0], "before");
  EXPECT_EQ(parts[1], "after");
}

TEST(SignedRange, EndsBeforeLaterRevisions) {
  auto const range = checkRange(kFile + "later", {0, 6, 13, 5});
  ASSERT_TRUE(range);
  EXPECT_EQ(range->end, kFile.size());
}

struct WrongCase {
  const char* name;
  std::vector<std::int64_t> numbers;
};

class WrongRanges : public ::testing::TestWithParam<WrongCase> {};

TEST_P(WrongRanges, AreRefused) { EXPECT_FALSE(checkRange(kFile, GetParam().numbers)); }

INSTANTIATE_TEST_SUITE_P(Cases, WrongRanges,
                         ::testing::Values(WrongCase{"None", {}}, WrongCase{"Three", {0, 6, 13}},
                                           WrongCase{"NotFromTheStart", {1, 6, 13, 5}},
                                           WrongCase{"Overlap", {0, 14, 13, 5}},
                                           WrongCase{"LeavesTheFile", {0, 6, 13, 6}},
                                           WrongCase{"Negative", {0, 6, 13, -5}},
                                           WrongCase{"NegativeHole", {0, -6, 13, 5}},
                                           WrongCase{"HoleTooWide", {0, 5, 13, 5}},
                                           WrongCase{"HoleTooNarrow", {0, 7, 13, 5}},
                                           WrongCase{"HoleHoldsMore", {0, 6, 15, 3}},
                                           WrongCase{"Overflow", {0, 6, 13, INT64_MAX}}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace eoffice::pdf
