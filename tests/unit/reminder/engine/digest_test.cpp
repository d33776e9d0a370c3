#include "reminder/engine/digest.h"

#include <gtest/gtest.h>

namespace reminder {
namespace {

class DigestTest : public testing::Test {
 protected:
  DigestLine line(const char* title, int left, RecipientRole role = RecipientRole::Holder) const {
    return {TaskId(7), title, std::chrono::year{2026} / 3 / 18, left, role, false};
  }

  const base::Texts texts_{EOFFICE_SOURCE_DIR "/templates/texts"};
  const base::Templates templates_{EOFFICE_SOURCE_DIR "/templates/mail", texts_,
                                   base::Templates::Escape::None};
  const TemplateDigestWriter writer_{templates_, texts_, "https://office.vn/"};
};

TEST_F(DigestTest, SaysWhatIsDueWhyAndWhere) {
  Digest digest;
  digest.reader = {ReaderId(1), "Nguyễn Văn An", "an@k.vn", base::Language::Vi, false};
  digest.lines = {line("Báo cáo <thiên tai> & lũ", -3), line("Trả lời xã", 0),
                  line("Kế hoạch", 2, RecipientRole::HeadOfUnit)};
  digest.lines[1].standsIn = true;
  const auto mail = writer_.write(digest);
  EXPECT_EQ(mail.subject, "Nhắc việc: 1 việc trễ hạn, 1 việc đến hạn hôm nay, 1 việc sắp đến hạn");
  EXPECT_EQ(mail.text, R"(Kính gửi Nguyễn Văn An,

Đến lúc này, ông/bà có 1 việc trễ hạn, 1 việc đến hạn hôm nay, 1 việc sắp đến hạn.

* Báo cáo <thiên tai> & lũ
  Hạn 18/03/2026, trễ 3 ngày làm việc
  Ông/bà nhận thư này vì đang chủ trì việc này.
  https://office.vn/tasks/7

* Trả lời xã
  Hạn 18/03/2026, đến hạn hôm nay
  Ông/bà nhận thư này vì đang chủ trì việc này. (thay người đang vắng mặt)
  https://office.vn/tasks/7

* Kế hoạch
  Hạn 18/03/2026, còn 2 ngày làm việc
  Ông/bà nhận thư này vì phụ trách đơn vị chủ trì việc này.
  https://office.vn/tasks/7

Xem tất cả việc: https://office.vn/tasks

--
Thư này do hệ thống gửi tự động, mỗi lần nhắc một thư. Lý do nhận được ghi dưới từng việc. Xin không trả lời thư này.
)");
}

TEST_F(DigestTest, SpeaksTheReadersLanguageAndLeavesOutWhatThereIsNoneOf) {
  Digest digest;
  digest.reader = {ReaderId(1), "An", "an@k.vn", base::Language::En, false};
  digest.lines = {line("Report", -1)};
  EXPECT_EQ(writer_.write(digest).subject, "Task reminder: 1 late");
}

TEST_F(DigestTest, CutsAFlood) {
  Digest digest;
  digest.reader = {ReaderId(1), "An", "an@k.vn", base::Language::En, false};
  digest.lines.assign(500, line("Report", -1));
  const auto mail = writer_.write(digest);
  EXPECT_EQ(mail.subject, "Task reminder: 500 late");
  EXPECT_NE(mail.text.find("440 more"), std::string::npos);
  EXPECT_LT(mail.text.size(), 20000u);
}

}  // namespace
}  // namespace reminder
