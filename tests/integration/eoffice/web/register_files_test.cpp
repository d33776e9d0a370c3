// The registers and reports as files, read back by tools that are not ours.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/integration/eoffice/web/page_visitor.h"
#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_database.h"

namespace {

using nlohmann::json;
using tests::runCommand;

class RegisterFiles : public tests::ApiTest {
 protected:
  std::filesystem::path kept(const std::string& path, const std::string& name) {
    const auto answer = pages.get("clerk", path);
    EXPECT_EQ(answer.status, 200) << path << " " << answer.text.substr(0, 300);
    const auto file = folder.path() / name;
    std::ofstream(file, std::ios::binary) << answer.text;
    return file;
  }
  static std::string cellsOf(const std::filesystem::path& xlsx) {
    return runCommand(
               "/usr/bin/python3 -c 'import openpyxl,sys\nfor r in "
               "openpyxl.load_workbook(sys.argv[1])"
               ".active.iter_rows(values_only=True): print(len(r), r)' " +
               xlsx.string())
        .output;
  }

  tests::TemporaryFolder folder;
  tests::PageVisitor pages{office};
};

//
TEST_F(RegisterFiles, HaveExactlyTheColumnsOfTheDecree) {
  office.registered();
  const auto today = office.clock().today();
  const auto month = std::to_string(static_cast<unsigned>(today.month()));
  const auto pdf = kept("/books/incoming/file/pdf?month=" + month, "in.pdf");
  const auto words = runCommand("pdftotext -raw " + pdf.string() + " -").output;
  for (const std::string& part :
       {std::string("Sổ đăng ký văn bản đến"), "Tháng " + month + " năm 2026",
        std::string("Sổ chung"), std::string("Từ số 1 đến số 1, 1 văn bản"), std::string("(10)"),
        std::string("In từ hệ thống"), std::string("Trang 1/2"), std::string("Trang 2/2"),
        base::viDate(today)}) {
    EXPECT_NE(words.find(part), std::string::npos) << part << "\n" << words;
  }
  EXPECT_EQ(words.find("(11)"), std::string::npos);
  const auto facts = runCommand("pdfinfo " + pdf.string()).output;
  EXPECT_NE(facts.find("841.89 x 595.276"), std::string::npos) << facts;
  const auto cells = cellsOf(kept("/books/incoming/file/xlsx", "in.xlsx"));
  EXPECT_NE(cells.find("10 ('Ngày đến', 'Số đến', 'Tác giả', 'Số, ký hiệu', 'Ngày tháng văn bản', "
                       "'Tên loại và trích yếu', 'Đơn vị hoặc người nhận', 'Ngày chuyển', "
                       "'Ký nhận', 'Ghi chú')"),
            std::string::npos)
      << cells;
  const auto handling = cellsOf(kept("/books/handling/file/xlsx", "h.xlsx"));
  EXPECT_EQ(handling.substr(0, 2), "7 ") << handling;
}

TEST_F(RegisterFiles, ShowTheGapsAndAreAudited) {
  office.registered();
  const auto aside = office.post("clerk", "/numbering/incoming/series/common/void-numbers",
                                 {{"reason", "Ghi nhầm sổ giấy"}});
  ASSERT_EQ(aside.status, 201) << aside.text;
  EXPECT_EQ(aside.body["number"], 2);
  const auto csv = kept("/books/incoming/file/csv", "in.csv");
  EXPECT_NE(runCommand("cat " + csv.string()).output.find("Số bỏ trống: Ghi nhầm sổ giấy"),
            std::string::npos);
  const auto audited =
      tests::TestDatabase::office().database().read([](base::db::Session& session) {
        return session
            .get("/* test */ SELECT COUNT(*) FROM audit_entry WHERE act = 'register.printed'")
            .integer(0);
      });
  EXPECT_EQ(audited, 1);
}

TEST_F(RegisterFiles, AreClosedToThoseWhoDoNotReadTheAgency) {
  for (const char* path : {"/books/incoming/file/pdf", "/books/outgoing/file/xlsx",
                           "/reports/handling", "/reports/handling/file/pdf"}) {
    EXPECT_EQ(pages.get("official", path).status, 403) << path;
  }
  EXPECT_EQ(pages.get("clerk", "/books/incoming/file/exe").status, 404);
  EXPECT_EQ(pages.get("clerk", "/books/outgoing/file/pdf").status, 404) << "no book yet";
}

TEST_F(RegisterFiles, PrintTheReportWithItsFormula) {
  office.registered();
  const auto pdf = kept("/reports/handling/file/pdf?from=01/01/2026&to=31/12/2026", "r.pdf");
  const auto words = runCommand("pdftotext -raw " + pdf.string() + " -").output;
  for (const char* part : {"BÁO CÁO TÌNH HÌNH XỬ LÝ VĂN BẢN", "Từ ngày 01/01/2026",
                           "Tỷ lệ đúng hạn = xong đúng hạn ÷", "Vào sổ văn bản đến"}) {
    EXPECT_NE(words.find(part), std::string::npos) << part << "\n" << words;
  }
  const auto cells = cellsOf(kept("/reports/handling/file/xlsx?part=rules", "r.xlsx"));
  EXPECT_NE(cells.find("'Vào sổ văn bản đến', 1, 0"), std::string::npos) << cells;
}

}  // namespace
