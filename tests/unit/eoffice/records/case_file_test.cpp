// The rules of time for case files, and the index of a package.
#include "eoffice/records/case_file.h"

#include <gtest/gtest.h>

#include "eoffice/records/package.h"

namespace eoffice::records {
namespace {

using namespace std::chrono;

base::LocalDate day(int y, unsigned m, unsigned d) {
  return year(y) / month(m) / std::chrono::day(d);
}

TEST(CaseFileRules, CountTheTimeForHandingIn) {
  EXPECT_EQ(handInDue(day(2026, 11, 24), Work::General), day(2027, 11, 24));
  EXPECT_EQ(handInDue(day(2028, 2, 29), Work::General), day(2029, 2, 28));
  EXPECT_EQ(handInDue(day(2026, 11, 30), Work::Construction), day(2027, 2, 28));
  EXPECT_EQ(latestKeepingBack(day(2028, 2, 29)), day(2030, 2, 28));
}

TEST(CaseFileRules, NeedFiveYearsToBeHandedIn) {
  EXPECT_FALSE(mustBeHandedIn(4));
  EXPECT_TRUE(mustBeHandedIn(5));
  EXPECT_TRUE(mustBeHandedIn(std::nullopt));
}

TEST(CaseFileRules, CountRetentionFromTheNextYear) {
  EXPECT_EQ(keptUntil(day(2026, 1, 1), 10), day(2036, 12, 31));
  EXPECT_EQ(keptUntil(day(2026, 12, 31), 10), day(2036, 12, 31));
  EXPECT_EQ(keptUntil(day(2026, 6, 1), std::nullopt), std::nullopt);
}

TEST(CaseFileRules, WarnThirtyDaysBefore) {
  EXPECT_EQ(warningDay(day(2027, 3, 1)), day(2027, 1, 30));
}

TEST(CaseFile, NamesItsStatesBothWays) {
  for (const auto state :
       {FileState::Open, FileState::Closed, FileState::HandedIn, FileState::Archived}) {
    EXPECT_EQ(fileStateFrom(nameOf(state)), state);
  }
  EXPECT_EQ(fileStateFrom("burnt"), std::nullopt);
}

documents::File fileNamed(std::string name, documents::FileKind kind = documents::FileKind::Main) {
  documents::File file;
  file.kind = kind;
  file.name = std::move(name);
  file.blob = {.sha256 = std::string(64, 'a'), .size = 5};
  return file;
}

TEST(PackagePath, KeepsOutWhatNamesMustNotHold) {
  EXPECT_EQ(pathInPackage(7, fileNamed("Công văn 12.pdf")), "files/0007/Công văn 12.pdf");
  EXPECT_EQ(pathInPackage(7, fileNamed("../../etc/passwd")), "files/0007/_.._etc_passwd");
  EXPECT_EQ(pathInPackage(7, fileNamed("a\xE2\x80\xAE"
                                       "fdp.exe")),
            "files/0007/afdp.exe");
  EXPECT_EQ(pathInPackage(7, fileNamed("a\nb\\c:.pdf")), "files/0007/a_b_c_.pdf");
  EXPECT_EQ(pathInPackage(7, fileNamed("...")), "files/0007/_");
  EXPECT_EQ(pathInPackage(12345, fileNamed("phụ lục.pdf", documents::FileKind::Attachment)),
            "files/12345/1-phụ lục.pdf");
}

TEST(PackageIndex, EscapesAndWithholds) {
  Package package{.file = {.year = 2026, .code = "01.TCCB", .title = "Tuyển dụng <2026> & khác"},
                  .agencyCode = "H32",
                  .items = {{.document = DocumentId(1),
                             .seen = true,
                             .symbol = "12/QĐ-UBND",
                             .subject = "V/v \"tuyển dụng\""},
                            {.document = DocumentId(2), .seen = false, .symbol = "13/UBND"}},
                  .files = {{DocumentId(1), fileNamed("qd.pdf")}}};
  const auto xml = indexXml(package);
  EXPECT_NE(xml.find("<Title>Tuyển dụng &lt;2026&gt; &amp; khác</Title>"), xml.npos) << xml;
  EXPECT_NE(xml.find("<Document number=\"2\" withheld=\"true\">"), xml.npos) << xml;
  EXPECT_NE(xml.find("path=\"files/0001/qd.pdf\""), xml.npos) << xml;
  EXPECT_NE(xml.find("<Retention>permanent</Retention>"), xml.npos) << xml;
}

}  // namespace
}  // namespace eoffice::records
