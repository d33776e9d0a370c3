#include "eoffice/signing/page_layout.h"

#include <gtest/gtest.h>

namespace eoffice::layout {
namespace {

using namespace std::chrono_literals;

constexpr double kLetter = 6;
constexpr double kLine = 14.4;

/// Every letter is 6 points wide.
double measure(std::string_view text, double /*size*/, bool /*italic*/) {
  double letters = 0;
  for (unsigned char const c : text) letters += (c & 0xc0) != 0x80 ? 1 : 0;
  return letters * kLetter;
}

/// An A4 page that is written on word by word.
class Page {
 public:
  Page() { text_.width = 595, text_.height = 842; }
  /// Words at `x`, each after a space; returns where the last one ends.
  double write(double x, double y, const std::string& words) {
    std::istringstream stream(words);
    for (std::string word; stream >> word; x += kLetter) {
      double const width = measure(word, 13, false);
      text_.words.push_back({word, {x, y, width, kLine}, 13, {}});
      x += width;
    }
    return x - kLetter;
  }
  [[nodiscard]] const PdfPageText& text() const { return text_; }

 private:
  PdfPageText text_;
};

/// A draft with blanks, as the decree lays it out.
Page draft() {
  Page page;
  page.write(100, 100, "Số:");
  page.write(170, 100, "/UBND-KGVX");
  page.write(310, 100, "Khánh Hòa, ngày");
  page.write(430, 100, "tháng");
  page.write(490, 100, "năm 2026");
  return page;
}

TEST(NumberPlace, FillsTheBlankBetweenLabelAndNotation) {
  auto const page = draft();
  auto const plan = planNumber(page.text(), "1234", "UBND-KGVX", measure);
  EXPECT_EQ(plan.kind, PlaceKind::Found);
  ASSERT_EQ(plan.runs.size(), 1U);
  EXPECT_EQ(plan.runs[0].text, "1234");
  EXPECT_NEAR(plan.runs[0].x + 12, (118 + 170) / 2.0, 0.01);  // In the middle.
  EXPECT_TRUE(plan.covers.empty());
  EXPECT_EQ(plan.line, "Số: 1234/UBND-KGVX");
}

TEST(NumberPlace, CoversTheDotsOfABlank) {
  Page page;
  page.write(100, 100, "Số:……………/UBND-KGVX");
  auto const plan = planNumber(page.text(), "05", "UBND-KGVX", measure);
  EXPECT_EQ(plan.kind, PlaceKind::Found);
  ASSERT_EQ(plan.runs.size(), 1U);
  EXPECT_EQ(plan.runs[0].text, "05");
  EXPECT_EQ(plan.covers.size(), 5U);
}

TEST(NumberPlace, ReplacesALineWithoutRoom) {
  Page page;
  page.write(100, 100, "Số: /UBND-KGVX");
  auto const plan = planNumber(page.text(), "1234", "UBND-KGVX", measure);
  EXPECT_EQ(plan.kind, PlaceKind::Replaces);
  ASSERT_EQ(plan.runs.size(), 1U);
  EXPECT_EQ(plan.runs[0].text, "Số: 1234/UBND-KGVX");
  EXPECT_EQ(plan.covers.size(), 1U);
}

TEST(NumberPlace, ReplacesAnotherNumber) {
  Page page;
  page.write(100, 100, "Số: 99/UBND-KGVX");
  EXPECT_EQ(planNumber(page.text(), "1234", "UBND-KGVX", measure).kind, PlaceKind::Replaces);
}

TEST(NumberPlace, LeavesTheSameNumberAlone) {
  Page page;
  page.write(100, 100, "Số: 1234/UBND-KGVX");
  EXPECT_TRUE(planNumber(page.text(), "1234", "UBND-KGVX", measure).runs.empty());
  EXPECT_TRUE(showsNumber(page.text(), "1234", "UBND-KGVX"));
  EXPECT_FALSE(showsNumber(page.text(), "234", "UBND-KGVX"));
}

TEST(NumberPlace, PrintsTheNotationTooWhereOnlyTheLabelStands) {
  Page page;
  page.write(80, 100, "Số:");
  page.write(330, 100, "Khánh Hòa, ngày");
  auto const plan = planNumber(page.text(), "07", "UBND-KGVX", measure);
  ASSERT_EQ(plan.runs.size(), 1U);
  EXPECT_EQ(plan.runs[0].text, "07/UBND-KGVX");
  EXPECT_EQ(plan.kind, PlaceKind::Found);
}

TEST(NumberPlace, TakesTheDecreesCellOnAScan) {
  PdfPageText scan;
  scan.width = 595;
  scan.height = 842;
  auto const plan = planNumber(scan, "1234", "UBND-KGVX", measure);
  EXPECT_EQ(plan.kind, PlaceKind::DefaultCell);
  EXPECT_LT(plan.box.x + plan.box.width, 595 / 2.0);
  EXPECT_LT(plan.box.y, 842 / 4.0);
}

TEST(NumberPlace, GrowsWithAScanWhosePixelsArePoints) {
  PdfPageText scan;
  scan.width = 1654;
  scan.height = 2339;
  auto const plan = planNumber(scan, "1234", "UBND-KGVX", measure);
  EXPECT_NEAR(plan.runs[0].size, 13 * 2339 / 841.9, 0.1);
}

TEST(DatePlace, FillsDayAndMonthWithLeadingZeros) {
  auto const page = draft();
  auto const plan = planDate(page.text(), "Khánh Hòa", 2026y / 1 / 6, measure);
  EXPECT_EQ(plan.kind, PlaceKind::Found);
  ASSERT_EQ(plan.runs.size(), 2U);  // The year stands there.
  EXPECT_EQ(plan.runs[0].text, "06");
  EXPECT_EQ(plan.runs[1].text, "01");
  EXPECT_TRUE(plan.runs[0].italic);
  EXPECT_EQ(plan.line, "Khánh Hòa, ngày 06 tháng 01 năm 2026");
}

TEST(DatePlace, WritesMonthsFromMarchOnWithoutAZero) {
  auto const plan = planDate(draft().text(), "Khánh Hòa", 2026y / 3 / 24, measure);
  ASSERT_EQ(plan.runs.size(), 2U);
  EXPECT_EQ(plan.runs[0].text, "24");
  EXPECT_EQ(plan.runs[1].text, "3");
}

TEST(DatePlace, CompletesAYearThatIsBegun) {
  Page page;
  page.write(310, 100, "Nha Trang, ngày");
  page.write(430, 100, "tháng");
  page.write(490, 100, "năm 20");
  auto const plan = planDate(page.text(), "Khánh Hòa", 2026y / 11 / 24, measure);
  ASSERT_EQ(plan.runs.size(), 3U);
  EXPECT_EQ(plan.runs[2].text, "26");
  EXPECT_EQ(plan.line, "Nha Trang, ngày 24 tháng 11 năm 2026");
}

TEST(DatePlace, ReplacesTheYearThatIsOver) {
  auto const plan = planDate(draft().text(), "Khánh Hòa", 2027y / 1 / 4, measure);
  EXPECT_EQ(plan.kind, PlaceKind::Replaces);
  ASSERT_EQ(plan.runs.size(), 1U);
  EXPECT_EQ(plan.runs[0].text, "Khánh Hòa, ngày 04 tháng 01 năm 2027");
}

TEST(DatePlace, LeavesTheSameDateAlone) {
  Page page;
  page.write(310, 100, "Khánh Hòa, ngày 24 tháng 11 năm 2026");
  EXPECT_TRUE(planDate(page.text(), "Khánh Hòa", 2026y / 11 / 24, measure).runs.empty());
}

TEST(DatePlace, IsNotMisledByADateInTheText) {
  Page page;
  page.write(85, 250,
             "Thực hiện Công văn số 12/BNV ngày 01 tháng 3 năm 2026 của Bộ Nội vụ về việc");
  auto const plan = planDate(page.text(), "Khánh Hòa", 2026y / 11 / 24, measure);
  EXPECT_EQ(plan.kind, PlaceKind::DefaultCell);
}

TEST(SignaturePlace, LiesBetweenPositionAndName) {
  Page page;
  page.write(85, 500, "Đồng chí Nguyễn Văn A chỉ đạo thực hiện.");
  page.write(350, 600, "PHÓ CHỦ TỊCH");
  page.write(350, 690, "Nguyễn Văn A");
  auto const space = findSignatureSpace(page.text(), "Nguyễn Văn A");
  ASSERT_TRUE(space);
  EXPECT_NEAR(space->y, 600 + kLine, 0.01);
  EXPECT_NEAR(space->y + space->height, 690, 0.01);
  auto const box = fitSignature(*space, 2, 1);
  EXPECT_NEAR(box.x + box.width / 2, 350 + 6 * kLetter, 0.01);
  EXPECT_GE(box.y, space->y);
}

TEST(SignaturePlace, PrefersTheNameWithRoomAboveIt) {
  Page page;
  page.write(350, 600, "PHÓ CHỦ TỊCH");
  page.write(350, 690, "Nguyễn Văn A");
  page.write(85, 760, "- Ông");
  page.write(85, 776, "Nguyễn Văn A");  // The list of receivers, below.
  auto const space = findSignatureSpace(page.text(), "Nguyễn Văn A");
  ASSERT_TRUE(space);
  EXPECT_GT(space->x, 300);
}

TEST(SignaturePlace, KnowsARankBeforeTheName) {
  Page page;
  page.write(350, 600, "GIÁM ĐỐC");
  page.write(350, 690, "Đại tá Trần Thị Bưởi");
  EXPECT_TRUE(findSignatureSpace(page.text(), "Trần Thị Bưởi"));
  EXPECT_FALSE(findSignatureSpace(page.text(), "Lê Văn C"));
}

TEST(SealPlace, CoversAThirdOfTheSignatureOnItsLeft) {
  PageBox const signature{350, 600, 120, 60};
  auto const seal = sealBox(signature, 102);
  EXPECT_NEAR(seal.x + seal.width, 350 + 40, 0.01);
  EXPECT_NEAR(seal.y + seal.height / 2, 630, 0.01);
}

struct MarkCase {
  const char* name;
  double x, y;
  const char* words;
  int page;
  bool marked;
};

class SecrecyMarks : public ::testing::TestWithParam<MarkCase> {};

TEST_P(SecrecyMarks, AreFoundWhereTheyStandAlone) {
  Page page;
  page.write(GetParam().x, GetParam().y, GetParam().words);
  EXPECT_EQ(findSecrecyMark(page.text(), GetParam().page).has_value(), GetParam().marked);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, SecrecyMarks,
    ::testing::Values(MarkCase{"Stamp", 100, 150, "MẬT", 1, true},
                      MarkCase{"TopSecret", 100, 150, "TỐI MẬT", 1, true},
                      MarkCase{"Ultra", 100, 150, "TUYỆT MẬT", 1, true},
                      MarkCase{"Framed", 100, 150, "[ MẬT ]", 1, true},
                      MarkCase{"Spaced", 100, 150, "M Ậ T", 1, true},
                      MarkCase{"Declared", 100, 700, "Độ mật: Tối mật", 3, true},
                      MarkCase{"DeclaredNone", 100, 700, "Độ mật: Không", 1, false},
                      MarkCase{"RunningText", 100, 150, "bảo vệ bí mật nhà nước", 1, false},
                      MarkCase{"RunningCapitals", 100, 150, "DANH MỤC BÍ MẬT NHÀ NƯỚC", 1, false},
                      MarkCase{"LowerCase", 100, 150, "Mật", 1, false},
                      MarkCase{"TableHeadInAnnex", 100, 400, "MẬT", 4, false},
                      MarkCase{"HeadOfAnnex", 100, 60, "MẬT", 4, true},
                      MarkCase{"SealedHoney", 100, 150, "MẬT ONG", 1, false}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace eoffice::layout
