// What is read of documents, cell by cell (NĐ 30/2020, Phụ lục I), with the errors that OCR makes.
#include "eoffice/intake/findings.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "eoffice/intake/find_rules.h"

namespace eoffice::intake {
namespace {

constexpr double kLetter = 6;
constexpr double kHeight = 14;

double widthOf(std::string_view text) {
  double letters = 0;
  for (unsigned char const c : text) letters += (c & 0xC0) != 0x80 ? 1 : 0;
  return letters * kLetter;
}

/// An A4 page in points, written on line by line: the head in its two columns, the rest below.
class Page {
 public:
  explicit Page(int number = 1) {
    text_.page = number;
    text_.width = 595;
    text_.height = 842;
  }
  Page& write(double x, double y, const std::string& words) {
    std::istringstream stream(words);
    for (std::string word; stream >> word; x += kLetter) {
      text_.words.push_back({word, {x, y, widthOf(word), kHeight}, 100});
      x += widthOf(word);
    }
    return *this;
  }
  Page& centred(double x, double y, const std::string& words) {
    return write(x - widthOf(words) / 2, y, words);
  }
  /// Lines in the left column, from the top.
  Page& left(const std::vector<std::string>& lines) {
    double y = 60;
    for (const auto& line : lines) centred(160, std::exchange(y, y + 17), line);
    return *this;
  }
  Page& right(const std::string& date,
              const std::string& title = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") {
    centred(425, 60, title);
    centred(425, 77, "Độc lập - Tự do - Hạnh phúc");
    return date.empty() ? *this : centred(425, 111, date);
  }
  Page& title(const std::vector<std::string>& lines) {
    double y = 160;
    for (const auto& line : lines) centred(315, std::exchange(y, y + 18), line);
    return *this;
  }
  Page& body(double y, const std::vector<std::string>& lines) {
    for (const auto& line : lines) write(85, std::exchange(y, y + 18), line);
    return *this;
  }
  Page& signature(double y, const std::vector<std::string>& posts, const std::string& name) {
    for (const auto& post : posts) centred(430, std::exchange(y, y + 17), post);
    return name.empty() ? *this : centred(430, y + 60, name);
  }
  [[nodiscard]] PageText text(TextSource source = TextSource::TextLayer) const {
    auto out = text_;
    out.source = source;
    return out;
  }

 private:
  PageText text_;
};

const std::vector<TypeName>& types() {
  static const std::vector<TypeName> kTypes{
      {"", "Công văn"},    {"NQ", "Nghị quyết"}, {"QĐ", "Quyết định"}, {"CT", "Chỉ thị"},
      {"TB", "Thông báo"}, {"KH", "Kế hoạch"},   {"BC", "Báo cáo"},    {"TTr", "Tờ trình"},
      {"CĐ", "Công điện"}, {"GM", "Giấy mời"},   {"HD", "Hướng dẫn"},  {"NĐ", "Nghị định"},
      {"QyĐ", "Quy định"}, {"QC", "Quy chế"}};
  return kTypes;
}

std::map<std::string, std::string> found(const std::vector<PageText>& pages) {
  std::map<std::string, std::string> values;
  for (const auto& one : findFields(pages, types()))
    values[std::string(nameOf(one.field))] = one.value;
  return values;
}

using Values = std::map<std::string, std::string>;

TEST(Findings, ReadsALetter) {
  const auto page =
      Page()
          .left({"ỦY BAN NHÂN DÂN", "TỈNH KHÁNH HÒA", "", "Số: 1234/UBND-KGVX",
                 "V/v đẩy mạnh cải cách", "hành chính năm 2026"})
          .right("Khánh Hòa, ngày 06 tháng 01 năm 2026")
          .body(260, {"Kính gửi: Các sở, ban, ngành.",
                      "Yêu cầu các đơn vị báo cáo kết quả trước ngày 20 tháng 01 năm", "2026."})
          .signature(500, {"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"}, "Nguyễn Văn A");
  EXPECT_EQ(found({page.text()}), (Values{{"symbol", "1234/UBND-KGVX"},
                                          {"issued_date", "2026-01-06"},
                                          {"issuer_name", "Ủy ban nhân dân tỉnh Khánh Hòa"},
                                          {"type", "Công văn"},
                                          {"subject", "V/v đẩy mạnh cải cách hành chính năm 2026"},
                                          {"signer_name", "Nguyễn Văn A"},
                                          {"signer_position", "Phó Chủ tịch"},
                                          {"signer_competence", "KT."},
                                          {"due_date", "2026-01-20"}}));
}

TEST(Findings, ReadsADecisionWithALongAbstract) {
  const auto page =
      Page()
          .left({"UBND TỈNH KHÁNH HÒA", "SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG", "", "Số: 05/QĐ-SNNMT"})
          .right("Khánh Hòa, ngày 15 tháng 7 năm 2026")
          .title({"QUYẾT ĐỊNH", "Về việc ban hành Quy chế làm việc của các đơn vị",
                  "thuộc Sở Nông nghiệp và Môi trường", "giai đoạn 2026 - 2030"})
          .body(270, {"Căn cứ Luật Tổ chức chính quyền địa phương;"})
          .signature(500, {"GIÁM ĐỐC"}, "TS. Trần Thị Bích Ngọc");
  EXPECT_EQ(found({page.text()}),
            (Values{{"symbol", "05/QĐ-SNNMT"},
                    {"issued_date", "2026-07-15"},
                    {"issuer_name", "Sở Nông nghiệp và Môi trường"},
                    {"issuer_parent", "UBND tỉnh Khánh Hòa"},
                    {"type", "Quyết định"},
                    {"subject",
                     "Về việc ban hành Quy chế làm việc của các đơn vị thuộc Sở Nông nghiệp và Môi "
                     "trường giai đoạn 2026 - 2030"},
                    {"signer_name", "Trần Thị Bích Ngọc"},
                    {"signer_position", "Giám đốc"}}));
}

TEST(Findings, ReadsAnUrgentTelegram) {
  const auto page =
      Page()
          .left({"ỦY BAN NHÂN DÂN", "TỈNH KHÁNH HÒA", "", "Số: 09/CĐ-UBND", "HỎA TỐC"})
          .right("Khánh Hòa, ngày 03 tháng 11 năm 2026")
          .title({"CÔNG ĐIỆN", "Về việc ứng phó bão số 12"})
          .body(240, {"CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA điện:"});
  const auto values = found({page.text()});
  EXPECT_EQ(values.at("urgency"), "hoa_toc");
  EXPECT_EQ(values.at("type"), "Công điện");
  EXPECT_EQ(values.at("subject"), "Về việc ứng phó bão số 12");
  EXPECT_EQ(values.at("issuer_name"), "Ủy ban nhân dân tỉnh Khánh Hòa");
}

TEST(Findings, TellsAlikeTypesApart) {
  const std::vector<TypeName> alike{{"TC", "Thông cáo"}, {"TB", "Thông báo"}};
  const auto page = Page().title({"THÔNG BÁO", "Kết luận cuộc họp"}).text();
  const auto found = findFields({page}, alike);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].value, "Thông báo");
}

TEST(Findings, SurvivesWordsOfNothing) {
  PdfPageText text{595, 842, {}};
  for (int i = 0; i < 9000; ++i) text.words.push_back({"\u00AD", {10, 10, 5, 5}, 0, {}});
  for (int i = 0; i < 9000; ++i) text.words.push_back({"GIÁM", {400, 10, 5, 5}, 0, {}});
  text.words.push_back({"Số:", {10, 10, 1e300, 1e308 * 10}, 0, {}});
  const auto page = fromTextLayer(text, 1);
  EXPECT_EQ(page.words.size(), kMostWords);
  EXPECT_TRUE(findFields({page}, types()).empty());
}

TEST(Findings, ReadsAPartyLetter) {
  const auto page = Page()
                        .left({"TỈNH ỦY KHÁNH HÒA", "*", "Số 123-CV/TU"})
                        .right("Khánh Hòa, ngày 20 tháng 02 năm 2026", "ĐẢNG CỘNG SẢN VIỆT NAM");
  const auto values = found({page.text()});
  EXPECT_EQ(values.at("symbol"), "123-CV/TU");
  EXPECT_EQ(values.at("issuer_name"), "Tỉnh ủy Khánh Hòa");
}

struct NumberCase {
  const char* line;
  const char* symbol;  ///< Empty: nothing is suggested.
  bool sure = true;
};

class NumberLine : public ::testing::TestWithParam<NumberCase> {};

TEST_P(NumberLine, IsReadOrLeftAlone) {
  const auto& [line, symbol, sure] = GetParam();
  const auto page =
      Page().left({"BỘ NỘI VỤ", "", line}).right("Hà Nội, ngày 02 tháng 3 năm 2026").text();
  const auto all = findFields({page}, types());
  const auto one = std::find_if(all.begin(), all.end(),
                                [](const Finding& f) { return f.field == FoundField::Symbol; });
  if (*symbol == '\0') {
    EXPECT_EQ(one, all.end()) << one->value;
    return;
  }
  ASSERT_NE(one, all.end());
  EXPECT_EQ(one->value, symbol);
  EXPECT_EQ(one->sure, sure);
}

INSTANTIATE_TEST_SUITE_P(Cells, NumberLine,
                         ::testing::Values(NumberCase{"Số: 1234/BNV-TCBC", "1234/BNV-TCBC"},
                                           NumberCase{"Số:1234/BNV-TCBC", "1234/BNV-TCBC"},
                                           NumberCase{"Số : 07 / BNV - TCBC", "07/BNV-TCBC"},
                                           NumberCase{"Số: 12/2026/TT-BNV", "12/2026/TT-BNV"},
                                           NumberCase{"Số: 15/QĐ-TTg", "15/QĐ-TTg"},
                                           NumberCase{"Số: 40/TTr-BNV", "40/TTr-BNV"},
                                           NumberCase{"Sô: l23/BNV-TCBC", "123/BNV-TCBC", false},
                                           NumberCase{"S6: O5/QD-BNV", "05/QĐ-BNV", false},
                                           NumberCase{"Số: 964/HDĐND-VP", "964/HĐND-VP"},
                                           NumberCase{"Số: /BNV-TCBC", "/BNV-TCBC", false},
                                           NumberCase{"Số:        /QĐ-BNV", "/QĐ-BNV", false},
                                           NumberCase{"1234/BNV-TCBC", "1234/BNV-TCBC", false},
                                           NumberCase{"Số: abc", ""}, NumberCase{"Số: 24/7", ""},
                                           NumberCase{"Số lượng: 24 cái", ""}));

struct DateCase {
  const char* line;
  const char* date;
};
class DateLine : public ::testing::TestWithParam<DateCase> {};

TEST_P(DateLine, IsReadOrLeftAlone) {
  const auto values = found({Page().left({"BỘ NỘI VỤ"}).right(GetParam().line).text()});
  const auto date = values.find("issued_date");
  EXPECT_EQ(date == values.end() ? "" : date->second, GetParam().date);
}

INSTANTIATE_TEST_SUITE_P(
    Cells, DateLine,
    ::testing::Values(DateCase{"Hà Nội, ngày 02 tháng 3 năm 2026", "2026-03-02"},
                      DateCase{"Hà Nội, ngay O2 thang l2 nam 2026", "2026-12-02"},
                      DateCase{"Hà Nội, ngày tháng 3 năm 2026", ""},
                      DateCase{"Hà Nội, ngày 31 tháng 02 năm 2026", ""},
                      DateCase{"Hà Nội, ngày 02 tháng 3 năm 0026", ""}));

struct DueCase {
  const char* text;
  const char* date;
};
class DueText : public ::testing::TestWithParam<DueCase> {};

TEST_P(DueText, IsReadOrLeftAlone) {
  const auto page = Page()
                        .left({"BỘ NỘI VỤ", "", "Số: 1/BNV-VP"})
                        .right("Hà Nội, ngày 02 tháng 3 năm 2026")
                        .body(300, {GetParam().text});
  const auto values = found({page.text()});
  const auto due = values.find("due_date");
  EXPECT_EQ(due == values.end() ? "" : due->second, GetParam().date);
}

INSTANTIATE_TEST_SUITE_P(
    Sentences, DueText,
    ::testing::Values(
        DueCase{"Đề nghị gửi báo cáo về Bộ trước ngày 15/12/2026.", "2026-12-15"},
        DueCase{"Đề nghị gửi báo cáo về Bộ trước 17h00 ngày 15/12/2026.", "2026-12-15"},
        DueCase{"Văn bản trả lời gửi chậm nhất ngày 05/4/2026 để tổng hợp.", "2026-04-05"},
        DueCase{"Chậm nhất là ngày 20 tháng 3 năm 2026, các đơn vị", "2026-03-20"},
        DueCase{"Thời hạn gửi ý kiến góp ý: trước ngày 10-3-2026", "2026-03-10"},
        DueCase{"Hoàn thành trước ngày 25 hằng tháng.", ""},
        DueCase{"Cán bộ sinh trước ngày 01/7/2026 được hưởng", ""},
        DueCase{"Luật này có hiệu lực từ ngày 01/7/2026.", ""},
        DueCase{"Các văn bản ban hành trước ngày 15/12/2026 hết giá trị.", ""},
        DueCase{"Gửi báo cáo trước ngày 15/12/2025.", ""},  // Before the document itself.
        DueCase{"Gửi báo cáo trước ngày 15/12.", ""},
        DueCase{"Hội nghị tổ chức ngày 15/12/2026.", ""}));

TEST(Findings, IsNotSureOfOneOfSeveralDeadlines) {
  const auto page =
      Page()
          .right("Hà Nội, ngày 02 tháng 3 năm 2026")
          .body(300, {"Gửi dự thảo trước ngày 20/4/2026.", "Gửi báo cáo trước ngày 10/4/2026."});
  for (const auto& one : findFields({page.text()}, types())) {
    if (one.field != FoundField::DueDate) continue;
    EXPECT_EQ(one.value, "2026-04-10");
    EXPECT_FALSE(one.sure);
    return;
  }
  FAIL() << "no deadline";
}

TEST(Findings, TakesTheSignerFromTheLastPageThatHasOne) {
  const auto first = Page().right("Hà Nội, ngày 02 tháng 3 năm 2026").text();
  const auto second =
      Page(2)
          .body(100, {"Nơi nhận:", "- Như trên;"})
          .signature(100, {"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"}, "Lê Hữu Trí")
          .text();
  const auto annex = Page(3).title({"PHỤ LỤC", "Danh mục nhiệm vụ"}).text();
  const auto values = found({first, second, annex});
  EXPECT_EQ(values.at("signer_name"), "Lê Hữu Trí");
  EXPECT_EQ(values.at("signer_competence"), "KT.");
}

TEST(Findings, SuggestsNothingOfAnEmptyOrStrangePage) {
  EXPECT_TRUE(findFields({}, types()).empty());
  EXPECT_TRUE(findFields({Page().text()}, types()).empty());
  const auto letter =
      Page().body(100, {"Chào anh, gửi anh hóa đơn số 24/7 của tháng này.", "Nguyễn Văn B"});
  EXPECT_TRUE(findFields({letter.text()}, types()).empty());
}

TEST(Findings, TellsAMarkOfSecrecyAndNothingElse) {
  const auto page = Page()
                        .left({"BỘ NỘI VỤ", "", "Số: 1/BNV-VP", "TỐI MẬT"})
                        .right("Hà Nội, ngày 02 tháng 3 năm 2026");
  EXPECT_EQ(found({page.text(TextSource::Ocr)}), (Values{{"secrecy", "TỐI MẬT"}}));
}

TEST(Findings, ReadsALetterThatIsCrooked) {
  auto page = Page()
                  .left({"SỞ NỘI VỤ", "", "Số: 77/SNV-TCBC", "V/v tuyển dụng"})
                  .right("Khánh Hòa, ngày 06 tháng 01 năm 2026")
                  .text(TextSource::Ocr);
  page.slope = 0.02;
  for (auto& word : page.words) word.box.y += page.slope * (word.box.x + word.box.width / 2);
  const auto values = found({page});
  EXPECT_EQ(values.at("symbol"), "77/SNV-TCBC");
  EXPECT_EQ(values.at("subject"), "V/v tuyển dụng");
  EXPECT_EQ(values.at("issued_date"), "2026-01-06");
}

TEST(Findings, SurviveTheWayIntoTheDatabase) {
  const auto page = Page().left({"BỘ NỘI VỤ", "", "Số: 1/BNV-VP"}).text();
  const auto before = findFields({pageFromJson(toJson(page))}, types());
  const auto after = findingsFromJson(toJson(before).dump());
  ASSERT_EQ(after.size(), before.size());
  EXPECT_EQ(after[0].value, "1/BNV-VP");
  EXPECT_DOUBLE_EQ(after[0].places[0].box.x, before[0].places[0].box.x);
  EXPECT_TRUE(findingsFromJson("").empty());
}

TEST(ReadableName, GivesMarksBackThatWereLost) {
  EXPECT_EQ(rules::readableName("UY BẠN NHAN DẠN TĨNH KHÁNH HÒA"),
            "Ủy ban nhân dân tỉnh Khánh Hòa");
  EXPECT_EQ(rules::readableName("SỞ NỘI VỤ"), "Sở Nội vụ");
  EXPECT_EQ(rules::readableName("VĂN PHÒNG CHÍNH PHỦ"), "Văn phòng Chính phủ");
  EXPECT_EQ(rules::readableName("UBND PHƯỜNG NHA TRANG"), "UBND phường Nha Trang");
  EXPECT_EQ(rules::readableName("PHÓ CHỦ TỊCH"), "Phó Chủ tịch");
}

TEST(MostAlike, TakesNoneWhereTwoAreEqual) {
  EXPECT_EQ(mostAlike("so noi vu", {"so ngoai vu", "so noi vu"}), 1U);
  EXPECT_EQ(mostAlike("uy ban nhan dan tinh khanh hoo", {"uy ban nhan dan tinh khanh hoa"}), 0U);
  EXPECT_EQ(mostAlike("so y te", {"so noi vu"}), std::nullopt);
  EXPECT_EQ(mostAlike("phuong nha tra", {"phuong nha tran", "phuong nha trab"}), std::nullopt);
}

TEST(PageText, ReadsTsvAndLeavesOutWhatIsNone) {
  const auto page = fromTsv(
      "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\t"
      "text\n"
      "1\t1\t0\t0\t0\t0\t0\t0\t2000\t3000\t-1\t\n"
      "5\t1\t1\t1\t1\t1\t100\t200\t50\t20\t95.5\tSố:\n"
      "5\t1\t1\t1\t1\t2\t160\t200\t50\t20\t8\tghost\n"
      "5\t1\t1\t1\t1\t3\t220\t200\tnan\t20\t90\tbad\n"
      "5\t1\t1\t1\t1\t4\t220\t200\t5\t5\t90\t„\n"
      "rubbish\n",
      3);
  EXPECT_EQ(page.page, 3);
  EXPECT_EQ(page.width, 2000);
  ASSERT_EQ(page.words.size(), 1U);
  EXPECT_EQ(page.words[0].text, "Số:");
  EXPECT_EQ(page.words[0].sure, 95);
  EXPECT_TRUE(fromTsv("", 1).words.empty());
}

TEST(PageText, IsWorthReadingInVietnameseLettersOnly) {
  const auto of = [](const std::string& words) { return Page().write(50, 50, words).text(); };
  EXPECT_TRUE(isReadable(of("Ủy ban nhân dân tỉnh yêu cầu các đơn vị báo cáo kết quả")));
  EXPECT_TRUE(isReadable(of("please find attached the minutes of our meeting of last week ok")));
  EXPECT_FALSE(isReadable(of("Nguyễn Văn A")));  // A stamp on a scan.
  // TCVN3 and VNI, from before Unicode.
  EXPECT_FALSE(isReadable(of("Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc")));
  EXPECT_FALSE(isReadable(of("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp Töï do")));
}

}  // namespace
}  // namespace eoffice::intake
