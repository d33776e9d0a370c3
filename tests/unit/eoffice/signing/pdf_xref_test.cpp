#include <gtest/gtest.h>

#include "eoffice/signing/pdf_dates.h"
#include "eoffice/signing/pdf_xref.h"

namespace eoffice::pdf {
namespace {

TEST(LastXref, FindsATable) {
  std::string const file = "%PDF-1.4\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF";
  auto const found = findLastXref(file);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->offset, 9U);
  EXPECT_EQ(found->kind, XrefKind::Table);
}

TEST(LastXref, FindsAStream) {
  auto const found = findLastXref("%PDF-1.5\n7 0 obj<<>>\nstartxref 9 %%EOF");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, XrefKind::Stream);
}

TEST(LastXref, FindsNothingWhereTheWordPointsIntoTheVoid) {
  EXPECT_FALSE(findLastXref("%PDF-1.4 startxref 99999 %%EOF"));
  EXPECT_FALSE(findLastXref("%PDF-1.4 startxref"));
  EXPECT_FALSE(findLastXref("%PDF-1.4 startxref x"));
  EXPECT_FALSE(findLastXref("%PDF-1.4\nhello startxref 9"));
  EXPECT_FALSE(findLastXref(""));
}

TEST(PdfDate, ReadsWhatItWrites) {
  auto const instant = *base::parseIsoInstant("2026-01-05T18:05:09.000000Z");
  EXPECT_EQ(pdfDate(instant), "D:20260106010509+07'00'");
  EXPECT_EQ(parsePdfDate(pdfDate(instant)), instant);
}

TEST(PdfDate, ReadsShorterForms) {
  EXPECT_EQ(parsePdfDate("D:20260106"), *base::parseIsoInstant("2026-01-06T00:00:00.000000Z"));
  EXPECT_EQ(parsePdfDate("D:20260106101500Z"),
            *base::parseIsoInstant("2026-01-06T10:15:00.000000Z"));
  EXPECT_EQ(parsePdfDate("20260106101500-03'30"),
            *base::parseIsoInstant("2026-01-06T13:45:00.000000Z"));
}

TEST(PdfDate, RefusesWhatIsNone) {
  for (char const* text : {"", "D:", "D:2026AB", "D:20261350", "D:20260230", "hôm nay"}) {
    EXPECT_FALSE(parsePdfDate(text)) << text;
  }
}

}  // namespace
}  // namespace eoffice::pdf
