#include "exchange/envelope/secrecy.h"

#include <gtest/gtest.h>

namespace exchange {
namespace {

std::string levelName(std::optional<SecretLevel> level) {
  if (!level) {
    return "none";
  }
  return *level == SecretLevel::TopSecret    ? "top"
         : *level == SecretLevel::HighSecret ? "high"
                                             : "secret";
}

struct Row {
  const char* text;
  const char* level;
};

class SecretInText : public testing::TestWithParam<Row> {};
TEST_P(SecretInText, IsFoundOnlyWhereItIsAMark) {
  EXPECT_EQ(GetParam().level, levelName(secretLevelInText(GetParam().text)));
}
INSTANTIATE_TEST_SUITE_P(
    Subjects, SecretInText,
    testing::Values(Row{"(Mật) V/v phương án", "secret"}, Row{"[MẬT] V/v phương án", "secret"},
                    Row{"Mật: phương án", "secret"}, Row{"MẬT - V/v phương án", "secret"},
                    Row{"Tối mật", "high"}, Row{"TUYỆT MẬT V/v phương án", "top"},
                    Row{"V/v phương án (tuyệt mật)", "top"}, Row{"V/v phương án - Mật", "secret"},
                    Row{"V/v phương án, độ mật: Tối mật", "high"},
                    Row{"Ma\xCC\xA3\xCC\x82t: pha\xCC\x81t", "secret"},  // decomposed
                    Row{"Độ mật: Mật", "secret"}, Row{"(độ mật: tối mật) V/v", "high"},
                    Row{"Độ mật: Thường", "none"}, Row{"V/v bảo vệ bí mật nhà nước", "none"},
                    Row{"V/v tăng cường bảo mật thông tin", "none"},
                    Row{"Mật độ xây dựng khu dân cư", "none"}, Row{"Mật mã dân sự", "none"},
                    Row{"Mật ong rừng Khánh Hòa", "none"}, Row{"MẬT KHẨU mới của hệ thống", "none"},
                    Row{"V/v mất điện", "none"}, Row{"Mất điện", "none"}, Row{"", "none"},
                    Row{"V/v sử dụng mật khẩu mạnh (mật khẩu)", "none"},
                    Row{"V/v danh mục tài liệu tối mật của ngành", "none"},
                    Row{"V/v danh mục bí mật nhà nước độ Tối mật", "none"},
                    Row{"DANH MỤC TÀI LIỆU TỐI MẬT CỦA NGÀNH", "none"},
                    Row{"V/v quản lý tài liệu mật", "none"}, Row{"Tài liệu mật", "secret"},
                    Row{"Tại mật TUYỆT MẬT", "top"}, Row{"Hồ sơ MẬT về", "secret"},
                    Row{"M Ậ T", "secret"}, Row{"V/v phương án T Ố I M Ậ T", "secret"},
                    Row{"V/v BÍ MẬT NHÀ NƯỚC", "none"},
                    Row{"V/v đẩy mạnh cải cách hành chính", "none"}));

class SecretInField : public testing::TestWithParam<Row> {};
TEST_P(SecretInField, IsFoundAsAWord) {
  EXPECT_EQ(GetParam().level, levelName(secretLevelInField(GetParam().text)));
}
INSTANTIATE_TEST_SUITE_P(Fields, SecretInField,
                         testing::Values(Row{"Mật", "secret"}, Row{"Tài liệu mật", "secret"},
                                         Row{"Công văn Tối Mật", "high"}, Row{"Toi mat", "high"},
                                         Row{"TUYET MAT", "top"}, Row{"UBND-MẬT", "secret"},
                                         Row{"Không mật", "none"}, Row{"Độ mật: không", "none"},
                                         Row{"Nội bộ, bảo mật", "none"}, Row{"0", "none"},
                                         Row{"", "none"}, Row{"Khẩn", "none"}));

TEST(SecretMark, IsTheHighestOfAllFields) {
  DocumentEnvelope envelope;
  EXPECT_FALSE(findSecretMark(envelope));
  envelope.subject = "(Mật) V/v";
  envelope.attachments.push_back({"", "[Tuyệt mật] phương án.pdf"});
  const auto mark = findSecretMark(envelope);
  ASSERT_TRUE(mark);
  EXPECT_EQ(SecretLevel::TopSecret, mark->level);
  EXPECT_EQ("AttachmentEncoded.Attachment.AttachmentName", mark->field);
}

}  // namespace
}  // namespace exchange
