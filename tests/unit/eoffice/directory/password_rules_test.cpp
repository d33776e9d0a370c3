#include "eoffice/directory/password_rules.h"

#include <gtest/gtest.h>

#include <set>

namespace {

using namespace eoffice::directory;

struct Case {
  const char* name;
  std::string password;
  const char* code;  ///< Empty: good.
};

class PasswordRules : public testing::TestWithParam<Case> {};

TEST_P(PasswordRules, Decide) {
  const auto checked = checkPassword(GetParam().password,
                                     {"vanthu.h32", "Trần Thị Bích", "tranthib@khanhhoa.example"});
  EXPECT_EQ(checked ? "" : checked.error().code, GetParam().code);
  if (!checked) {
    EXPECT_EQ(checked.error().field, "password");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, PasswordRules,
    testing::Values(
        Case{"sentence", "sông Cái chảy qua phố", ""}, Case{"demonstration", "Trinh-dien-2026", ""},
        Case{"random", "k7wq-93mf-hxbt-n2pd", ""}, Case{"nine", "k7wq93mfh", "password.too_short"},
        Case{"nineCharactersManyBytes", "ắắắộộộởởở", "password.too_short"},
        Case{"empty", "", "password.too_short"},
        Case{"longest", std::string("k7wq93") + std::string(195, 'z'), "password.too_long"},
        Case{"notUtf8", "k7wq93mfhx\xff", "password.not_text"},
        Case{"nul", std::string("k7wq93mfhx\0b", 12), "password.not_text"},
        Case{"login", "VanThu.H32", "password.is_login"},
        Case{"loginAndYear", "vanthu-h-2026!", "password.is_login"},
        Case{"fullName", "tranthibich1990", "password.is_name"},
        Case{"nameWithMarks", "Trần Thị Bích", "password.is_name"},
        Case{"mailbox", "tranthib@2026", "password.is_name"},
        Case{"mail", "TranThiB@khanhhoa.example", "password.is_name"},
        Case{"digits", "0905123456", "password.common"},
        Case{"common", "Password@123", "password.common"},
        Case{"commonVietnamese", "Mật khẩu 2026", "password.common"},
        Case{"disguised", "P4$$w0rd!!2026", "password.common"},
        Case{"oneLetter", "aaaaaaaaaaaa", "password.one_letter"},
        Case{"twoLetters", "abababababab", "password.one_letter"}),
    [](const auto& row) { return row.param.name; });

TEST(InitialPassword, IsGoodAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const auto password = initialPassword();
    EXPECT_EQ(password.size(), 19U);
    EXPECT_TRUE(checkPassword(password, {"vanthu", "Trần Thị Bích", ""}));
    EXPECT_TRUE(seen.insert(password).second);
  }
}

}  // namespace
