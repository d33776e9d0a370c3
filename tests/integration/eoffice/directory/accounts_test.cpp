#include "eoffice/directory/accounts.h"

#include <gtest/gtest.h>

#include "eoffice/audit/audit_log.h"
#include "tests/support/manual_clock.h"
#include "tests/support/office_people.h"
#include "tests/support/test_database.h"

namespace {

using namespace eoffice;
using namespace eoffice::directory;
using base::db::Session;
using namespace std::chrono;

const auto kFast = base::PasswordOptions::fastForTests();

class Accounts : public tests::OfficeDatabaseTest {
 protected:
  void SetUp() override {
    OfficeDatabaseTest::SetUp();
    database().transact([&](Session& session) { office_.emplace(session); });
  }

  std::vector<std::string> add(const Actor& actor, const NewUser& user) {
    auto added =
        database().transact([&](Session& s) { return addUser(s, clock_, actor, user, kFast); });
    if (added) return {};
    std::vector<std::string> codes{added.error().code};
    for (const auto& other : added.error().others) codes.push_back(other.code);
    return codes;
  }

  std::optional<tests::Office> office_;
  tests::ManualClock clock_{{year(2026), January, day(6)}, 8h};
  Actor operator_;
  NewUser user_{"chuyenvien9", "Lý Quang Vinh", "vinh@khanhhoa.example", "0258", "H32",
                "H32.KGVX",    "Chuyên viên",   Role::Official,          {}};
};

TEST_F(Accounts, AddAPersonWithAPostAndAPasswordShownOnce) {
  const auto added =
      database().transact([&](Session& s) { return addUser(s, clock_, operator_, user_, kFast); });
  ASSERT_TRUE(added);
  database().read([&](Session& s) {
    const auto hash =
        s.get("SELECT password_hash, must_change FROM account WHERE login = 'chuyenvien9'");
    EXPECT_TRUE(base::passwordMatches(added->password, hash.text(0)));
    EXPECT_TRUE(hash.flag(1));
    for (const auto& record : audit::history(s, "person", added->person.value())) {
      for (const auto& [name, value] : record.entry.detail) {
        EXPECT_EQ(value.find(added->password), std::string::npos);
      }
    }
    const auto users = listUsers(s, operator_, {year(2026), January, day(6)});
    ASSERT_EQ(users.size(), 9U);
    EXPECT_EQ(users[0].login, "chuyenvien9");
    EXPECT_EQ(users[0].posts, std::vector<std::string>{"official · Chuyên viên · H32"});
    EXPECT_TRUE(users[0].mustChangePassword);
    EXPECT_FALSE(users[1].hasPassword);
  });
}

TEST_F(Accounts, TellEverythingThatIsWrongAtOnce) {
  EXPECT_EQ(add(operator_, {"Văn Thư", "", "no-mail", "", "H99", "", "x", Role::Clerk, {}}),
            (std::vector<std::string>{"user.login_form", "user.name_missing", "user.mail_form",
                                      "agency.unknown"}));
  database().transact([](Session& s) { tests::addAgency(s, "H50", "Quảng Trị", false); });
  auto user = user_;
  user.agencyCode = "H50";
  EXPECT_EQ(add(operator_, user), (std::vector<std::string>{"agency.not_hosted", "unit.unknown"}));
  user = user_;
  user.login = "clerk";
  EXPECT_EQ(add(operator_, user), std::vector<std::string>{"user.login_taken"});
}

TEST_F(Accounts, AreManagedInsideOnesOwnAgency) {
  const auto other =
      database().transact([](Session& s) { return tests::Office(s, "H33", "Khác", ".2"); });
  EXPECT_EQ(add(Actor{office_->clerk}, user_), std::vector<std::string>{"permission.denied"});
  EXPECT_EQ(add(Actor{other.unitAdmin}, user_), std::vector<std::string>{"permission.denied"});
  auto boss = user_;
  boss.role = Role::SystemAdmin;
  EXPECT_EQ(add(Actor{office_->unitAdmin}, boss), std::vector<std::string>{"permission.denied"});
  EXPECT_EQ(add(Actor{office_->unitAdmin}, user_), std::vector<std::string>{});
  database().transact([&](Session& s) {
    EXPECT_EQ(lockUser(s, clock_, Actor{other.unitAdmin}, "clerk").error().code,
              "permission.denied");
    EXPECT_TRUE(lockUser(s, clock_, Actor{office_->unitAdmin}, "clerk"));
    // A system administrator's password would be the way to more rights.
    EXPECT_EQ(
        resetPassword(s, clock_, Actor{office_->unitAdmin}, "system_admin", kFast).error().code,
        "permission.denied");
    EXPECT_EQ(listUsers(s, Actor{other.unitAdmin}, {year(2026), January, day(6)}).size(), 8U);
    EXPECT_TRUE(listUsers(s, Actor{office_->clerk}, {year(2026), January, day(6)}).empty());
  });
}

TEST_F(Accounts, OfAnUnknownLoginAreRefused) {
  database().transact([&](Session& s) {
    EXPECT_EQ(lockUser(s, clock_, operator_, "nobody").error().code, "user.unknown");
    EXPECT_EQ(resetPassword(s, clock_, operator_, "nobody", kFast).error().code, "user.unknown");
    EXPECT_TRUE(lockUser(s, clock_, operator_, "CLERK"));
    EXPECT_TRUE(lockUser(s, clock_, operator_, "clerk"));
    EXPECT_EQ(audit::history(s, "person", office_->clerk.person.value()).size(), 1U);
  });
}

}  // namespace
