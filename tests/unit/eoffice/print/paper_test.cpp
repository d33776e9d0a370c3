#include "eoffice/print/paper.h"

#include <gtest/gtest.h>

#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"

namespace eoffice::print {
namespace {

class PaperTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string textOf(const std::string& more = "") const {
    return tests::runCommand("pdftotext -layout " + more + " " + file.string() + " -").output;
  }
  [[nodiscard]] std::string factsOf() const {
    return tests::runCommand("pdfinfo " + file.string() + "; pdffonts " + file.string()).output;
  }

  tests::TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "out.pdf";
};

std::size_t timesIn(const std::string& text, const std::string& what) {
  std::size_t times = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++times;
  return times;
}

TEST_F(PaperTest, WritesVietnameseThatCanBeReadBack) {
  Paper paper(
      {.title = "Phiếu giải quyết", .foot = "In từ hệ thống", .pageOf = "Trang {page}/{pages}"});
  paper.head({"UBND TỈNH KHÁNH HÒA", "VĂN PHÒNG"},
             {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"});
  paper.labelled("Trích yếu:", "Về việc rà soát, sắp xếp cơ sở nhà, đất");
  paper.blankLines(2);
  paper.signatures({{"TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "", "Nguyễn Thị Ửng"}});
  EXPECT_EQ(paper.write(file), 1);
  const auto text = textOf();
  EXPECT_NE(text.find("Độc lập - Tự do - Hạnh phúc"), std::string::npos) << text;
  EXPECT_NE(text.find("Trích yếu: Về việc rà soát, sắp xếp cơ sở nhà, đất"), std::string::npos);
  EXPECT_NE(text.find("Nguyễn Thị Ửng"), std::string::npos);
  EXPECT_NE(text.find("Trang 1/1"), std::string::npos);
  const auto facts = factsOf();
  EXPECT_NE(facts.find("Phiếu giải quyết"), std::string::npos) << facts;
  EXPECT_NE(facts.find("595.276 x 841.89"), std::string::npos) << facts;
  EXPECT_EQ(facts.find(" no  no"), std::string::npos) << "every face is embedded: " << facts;
}

TEST_F(PaperTest, RepeatsTheHeadOfATableOnEachPageAndKnowsTheirNumber) {
  Paper paper({.orientation = Orientation::Landscape, .pageOf = "Trang {page}/{pages}"});
  paper.beginTable({{"Số đến", 1}, {"Trích yếu", 6}}, {.numbered = true});
  for (int i = 1; i <= 120; ++i) {
    paper.row({std::to_string(i), "Báo cáo số " + std::to_string(i)});
  }
  paper.endTable();
  const int pages = paper.write(file);
  EXPECT_GT(pages, 3);
  const auto text = textOf();
  EXPECT_EQ(timesIn(text, "Số đến"), static_cast<std::size_t>(pages));
  EXPECT_EQ(timesIn(text, "(2)"), static_cast<std::size_t>(pages));
  EXPECT_EQ(timesIn(text, "Báo cáo số"), 120U);
  EXPECT_NE(text.find("Trang 1/" + std::to_string(pages)), std::string::npos);
  EXPECT_NE(text.find("Trang " + std::to_string(pages) + "/" + std::to_string(pages)),
            std::string::npos);
  EXPECT_NE(factsOf().find("841.89 x 595.276"), std::string::npos);
}

TEST_F(PaperTest, DividesARowThatNoPageHoldsAndLosesNoWord) {
  std::string subject;
  for (int i = 1; i <= 900; ++i) subject += "chữ" + std::to_string(i) + " ";
  Paper paper({.orientation = Orientation::Landscape});
  paper.beginTable({{"Số", 1}, {"Trích yếu", 1}, {"Ghi chú", 5}});
  paper.row({"1", subject, "đầu"});
  paper.row({"2", "sau", "cuối"});
  paper.endTable();
  EXPECT_GT(paper.write(file), 1);
  const auto words = tests::runCommand("pdftotext -raw " + file.string() + " -").output;
  for (int i = 1; i <= 900; ++i) {
    ASSERT_NE(words.find("chữ" + std::to_string(i)), std::string::npos) << i;
  }
  EXPECT_NE(words.find("cuối"), std::string::npos);
}

TEST_F(PaperTest, BreaksALongWordInsideTheCell) {
  Paper paper({});
  paper.beginTable({{"A", 1}, {"B", 1}});
  paper.row({std::string(400, 'x'), "y"});
  paper.endTable();
  EXPECT_EQ(paper.write(file), 1);
  const auto boxes = tests::runCommand("pdftotext -bbox " + file.string() + " -").output;
  EXPECT_GT(timesIn(boxes, "xxxxx</word>"), 5U) << boxes;
}

TEST_F(PaperTest, PrintsBytesThatAreNoTextAsSuch) {
  Paper paper({});
  paper.text("hỏng \xFF\xFE rồi");
  EXPECT_EQ(paper.write(file), 1);
  EXPECT_NE(textOf().find("rồi"), std::string::npos);
}

TEST_F(PaperTest, KeepsSignaturesTogether) {
  Paper paper({});
  for (int i = 0; i < 40; ++i) paper.text("Dòng " + std::to_string(i));
  paper.signatures({{"", "NGƯỜI GIAO", "(Ký tên)", "Trần Văn Giao"},
                    {"", "NGƯỜI NHẬN", "(Ký tên)", "Lê Thị Nhận"}});
  const int pages = paper.write(file);
  const auto last = textOf("-f " + std::to_string(pages));
  for (const char* part : {"NGƯỜI GIAO", "NGƯỜI NHẬN", "Trần Văn Giao", "Lê Thị Nhận"}) {
    EXPECT_NE(last.find(part), std::string::npos) << part;
  }
}

TEST_F(PaperTest, SaysWhereTheDiskIsFull) {
  Paper paper({});
  for (int i = 0; i < 3000; ++i) paper.text("Dòng " + std::to_string(i));
  EXPECT_THROW(paper.write("/dev/full"), std::runtime_error);
}

}  // namespace
}  // namespace eoffice::print
