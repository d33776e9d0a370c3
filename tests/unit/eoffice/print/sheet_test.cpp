// Tables as .csv and .xlsx. The .xlsx is read back by a program that is not ours.
#include "eoffice/print/sheet.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"

namespace {

using eoffice::print::makeSheet;
using eoffice::print::SheetForm;

std::string contentOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void write(SheetForm form, const std::filesystem::path& file) {
  auto sheet = makeSheet(form, file, "Văn bản: đến/đi [2026]",
                         {{"Số đến", 8}, {"Trích yếu", 60}, {"Ngày", 12}});
  sheet->row(
      {std::int64_t{-12}, "V/v \"họp\", giao ban\nngày 6", *base::parseIsoDate("2026-01-06")});
  sheet->row({std::monostate{}, "=1+1", std::monostate{}});
  sheet->row({std::int64_t{3}, " @SUM(A1)", std::monostate{}});
  sheet->finish();
}

TEST(Sheet, WritesCsvThatNoSpreadsheetReckons) {
  const tests::TemporaryFolder folder;
  write(SheetForm::Csv, folder.path() / "a.csv");
  EXPECT_EQ(contentOf(folder.path() / "a.csv"),
            "\xEF\xBB\xBF\"Số đến\",\"Trích yếu\",\"Ngày\"\r\n"
            "-12,\"V/v \"\"họp\"\", giao ban\nngày 6\",2026-01-06\r\n"
            ",\"'=1+1\",\r\n"
            "3,\"' @SUM(A1)\",\r\n");
}

TEST(Sheet, WritesXlsxThatOthersRead) {
  const tests::TemporaryFolder folder;
  const auto file = folder.path() / "a.xlsx";
  write(SheetForm::Xlsx, file);
  const auto sheet = tests::runCommand(
      "python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("
      "\"xl/worksheets/sheet1.xml\"))' " +
      file.string());
  ASSERT_EQ(sheet.status, 0) << sheet.output;
  EXPECT_NE(sheet.output.find("<v>-12</v>"), std::string::npos) << sheet.output;
  EXPECT_NE(sheet.output.find("<v>46028</v>"), std::string::npos);  // Days since 1899-12-30.
  EXPECT_NE(sheet.output.find("=1+1</t>"), std::string::npos);      // As text.
  EXPECT_EQ(sheet.output.find("<f>"), std::string::npos);
  EXPECT_NE(sheet.output.find("autoFilter"), std::string::npos);
}

TEST(Sheet, SaysThatTheDiskDidNotTakeIt) {
  for (const auto form : {SheetForm::Csv, SheetForm::Xlsx}) {
    EXPECT_THROW(write(form, "/nowhere/at/all"), std::runtime_error);
  }
}

}  // namespace
