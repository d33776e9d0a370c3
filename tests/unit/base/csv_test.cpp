#include "base/csv.h"

#include <gtest/gtest.h>

namespace {

using base::Csv;
using base::CsvFault;
using base::parseCsv;
using Fields = std::vector<std::string>;

std::vector<Fields> fieldsOf(const Csv& csv) {
  std::vector<Fields> all;
  for (const auto& record : csv.records) all.push_back(record.fields);
  return all;
}

TEST(Csv, ReadsQuotesDoubledQuotesAndLineEndsInsideQuotes) {
  const auto csv =
      parseCsv("code,name\nH32,\"Sở Văn hóa, Thể thao\"\nH33,\"nói \"\"có\"\"\"\nH34,\"a\nb\"\n");
  ASSERT_TRUE(csv.faults.empty());
  EXPECT_EQ(csv.header, (Fields{"code", "name"}));
  EXPECT_EQ(fieldsOf(csv),
            (std::vector<Fields>{
                {"H32", "Sở Văn hóa, Thể thao"}, {"H33", "nói \"có\""}, {"H34", "a\nb"}}));
}

TEST(Csv, CountsLinesAcrossLineEndsInsideQuotes) {
  const auto csv = parseCsv("a\r\n\"1\r\n2\"\r\n3\r\n");
  ASSERT_EQ(csv.records.size(), 2U);
  EXPECT_EQ(csv.records[0].line, 2U);
  EXPECT_EQ(csv.records[1].line, 4U);
}

TEST(Csv, TakesABomAndTheSemicolonsOfAVietnameseSpreadsheet) {
  const auto csv = parseCsv(
      "\xEF\xBB\xBF"
      "code;name\r\nH32;Khánh Hòa, tỉnh\r\n");
  ASSERT_TRUE(csv.faults.empty());
  EXPECT_EQ(csv.header, (Fields{"code", "name"}));
  EXPECT_EQ(fieldsOf(csv), (std::vector<Fields>{{"H32", "Khánh Hòa, tỉnh"}}));
}

TEST(Csv, FindsTheSeparatorBehindAQuotedFirstName) {
  const auto csv = parseCsv("\"code, \"\"short\"\"\";\"name\"\r\n\"H32\";\"Khánh Hòa, tỉnh\"\r\n");
  ASSERT_TRUE(csv.faults.empty());
  EXPECT_EQ(csv.header, (Fields{"code, \"short\"", "name"}));
  EXPECT_EQ(fieldsOf(csv), (std::vector<Fields>{{"H32", "Khánh Hòa, tỉnh"}}));
}

TEST(Csv, NeedsNoLineEndAtTheEndAndPassesOverEmptyLines) {
  const auto csv = parseCsv("a,b\n\n1,2\n\r\n3,");
  EXPECT_EQ(fieldsOf(csv), (std::vector<Fields>{{"1", "2"}, {"3", ""}}));
}

TEST(Csv, OfNothingIsNothing) {
  EXPECT_TRUE(parseCsv("").header.empty());
  EXPECT_TRUE(parseCsv("\n\n").header.empty());
  EXPECT_TRUE(parseCsv("").faults.empty());
}

struct BadFile {
  const char* name;
  std::string text;
  CsvFault::Kind kind;
  std::size_t line;
};

class CsvFaults : public testing::TestWithParam<BadFile> {};

TEST_P(CsvFaults, AreToldWithTheirLine) {
  const auto csv = parseCsv(GetParam().text);
  ASSERT_FALSE(csv.faults.empty());
  EXPECT_EQ(csv.faults.front().kind, GetParam().kind);
  EXPECT_EQ(csv.faults.front().line, GetParam().line);
  for (const auto& record : csv.records) EXPECT_LT(record.line, GetParam().line);
}

INSTANTIATE_TEST_SUITE_P(
    Bad, CsvFaults,
    testing::Values(BadFile{"notUtf8", "a\nok\n\xff\xfe\n", CsvFault::Kind::NotUtf8, 3},
                    BadFile{"nul", std::string("a\nb\0c\n", 6), CsvFault::Kind::NulByte, 2},
                    BadFile{"openQuote", "a,b\n1,\"2\n3,4\n", CsvFault::Kind::OpenQuote, 2},
                    BadFile{"strayQuote", "a,b\n1,2\"3\n", CsvFault::Kind::StrayQuote, 2},
                    BadFile{"textAfterQuote", "a,b\n\"1\"x,2\n", CsvFault::Kind::StrayQuote, 2},
                    BadFile{"tooFew", "a,b\n1,2\n3\n", CsvFault::Kind::WrongWidth, 3},
                    BadFile{"tooMany", "a,b\n1,2,3\n", CsvFault::Kind::WrongWidth, 2}),
    [](const auto& row) { return row.param.name; });

TEST(Csv, GivesTheRecordsBesideThoseThatHaveAFault) {
  const auto csv = parseCsv("a,b\n1,2\n\xff,2\n3\n4,\"x\ny\"\n5,\xfe");
  EXPECT_EQ(fieldsOf(csv), (std::vector<Fields>{{"1", "2"}, {"4", "x\ny"}}));
  EXPECT_EQ(csv.faults.size(), 3U);
}

TEST(Csv, CountsTheLinesOfEveryKindOfEndAlike) {
  const auto csv = parseCsv("a,b\r1,2\r\n\"x\ry\",3\r4,\xff\r\n5,6");
  EXPECT_EQ(fieldsOf(csv), (std::vector<Fields>{{"1", "2"}, {"x\ry", "3"}, {"5", "6"}}));
  ASSERT_EQ(csv.faults.size(), 1U);
  EXPECT_EQ(csv.faults.front().line, 5U);
}

TEST(Csv, TellsEveryFaultOfAFile) {
  EXPECT_EQ(parseCsv("a,b\n1\n1,2\n1,2,3\n\"x\"y,2\n").faults.size(), 3U);
}

}  // namespace
