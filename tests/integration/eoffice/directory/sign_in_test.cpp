#include "eoffice/directory/sign_in.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/crypto/digest.h"
#include "eoffice/directory/accounts.h"
#include "tests/support/manual_clock.h"
#include "tests/support/office_people.h"
#include "tests/support/test_database.h"

namespace {

using namespace eoffice;
using namespace eoffice::directory;
using base::db::Session;
using namespace std::chrono;

constexpr const char* kPassword = "sông Cái chảy qua phố";
const auto kFast = base::PasswordOptions::fastForTests();

class SignInTest : public tests::OfficeDatabaseTest {
 protected:
  void SetUp() override {
    OfficeDatabaseTest::SetUp();
    const auto hash = base::hashPassword(kPassword, kFast);
    database().transact([&](Session& session) {
      office_.emplace(session);
      session.execute("UPDATE account SET password_hash = ?", {hash});
    });
    SignInPolicy policy;
    policy.password = kFast;
    signIn_.emplace(database(), clock_, policy);
  }

  base::Result<NewSession> attempt(const std::string& login, const std::string& password,
                                   const std::string& address = "10.0.0.1") {
    return signIn_->attempt({login, password, address, "Firefox", "req-1"});
  }

  std::string refusal(const std::string& login, const std::string& password,
                      const std::string& address = "10.0.0.1") {
    const auto result = attempt(login, password, address);
    return result ? "signed in" : result.error().code;
  }

  std::string seconds(const std::string& login, const std::string& password) {
    const auto result = attempt(login, password);
    return result || result.error().facts.empty() ? "" : result.error().facts.front().second;
  }

  std::int64_t count(std::string sql, base::db::Params params = {}) {
    return database().read([&](Session& s) { return s.get(sql, params).integer(0); });
  }

  std::optional<tests::Office> office_;
  tests::ManualClock clock_{{year(2026), January, day(6)}, 8h};
  std::optional<SignIn> signIn_;
};

TEST_F(SignInTest, GivesATokenThatIsACaller) {
  const auto signedIn = attempt("  Clerk ", kPassword);
  ASSERT_TRUE(signedIn) << signedIn.error().code;
  EXPECT_EQ(signedIn->token.size(), 43U);
  EXPECT_FALSE(signedIn->mustChangePassword);
  const auto current = signIn_->find(signedIn->token, "10.0.0.1", "req-2");
  ASSERT_TRUE(current);
  EXPECT_EQ(current->caller.person, office_->clerk.person);
  EXPECT_EQ(current->caller.post, office_->clerk.post);
  EXPECT_EQ(current->caller.agency, office_->agency);
  EXPECT_EQ(current->caller.unit, office_->office);
  EXPECT_EQ(current->caller.role, Role::Clerk);
  EXPECT_EQ(current->caller.name, "Trần Thị Bích");
  EXPECT_EQ(current->caller.postTitle, "Văn thư");
  EXPECT_EQ(current->caller.agencyName, "Ủy ban nhân dân tỉnh Khánh Hòa");
  EXPECT_EQ(current->caller.requestId, "req-2");
  EXPECT_EQ(current->login, "clerk");
}

TEST_F(SignInTest, KeepsTheTokenNowhere) {
  const auto token = attempt("clerk", kPassword)->token;
  EXPECT_EQ(
      count("SELECT COUNT(*) FROM session WHERE token_hash = UNHEX(?)", {base::sha256Hex(token)}),
      1);
  EXPECT_FALSE(signIn_->find(token + "x"));
  EXPECT_FALSE(signIn_->find(""));
  EXPECT_FALSE(signIn_->find(base::sha256(token)));
}

TEST_F(SignInTest, EndsARememberedSessionAtOnceHereAndSoonElsewhere) {
  SignInPolicy policy;
  policy.password = kFast;
  policy.remember = 1s;
  SignIn here(database(), clock_, policy);
  SignIn elsewhere(database(), clock_, policy);
  const auto token = attempt("clerk", kPassword)->token;
  ASSERT_TRUE(here.find(token));
  const auto known = elsewhere.find(token, "10.0.0.9", "req-9");
  ASSERT_TRUE(known);
  // Whatever is remembered, address and request are those of this request.
  const auto again = elsewhere.find(token, "10.0.0.8", "req-8");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->caller.address, "10.0.0.8");
  EXPECT_EQ(again->caller.requestId, "req-8");

  here.signOut(token, known->caller);
  EXPECT_FALSE(here.find(token));
  EXPECT_TRUE(elsewhere.find(token));
  clock_.advance(1s);
  EXPECT_FALSE(elsewhere.find(token));
}

TEST_F(SignInTest, SaysTheSameToUnknownLoginsAndWrongPasswords) {
  const auto wrong = attempt("clerk", "wrong").error();
  const auto unknown = attempt("nobody", "wrong", "10.0.0.2").error();
  EXPECT_EQ(wrong.code, "sign_in.wrong");
  EXPECT_EQ(unknown.code, wrong.code);
  EXPECT_EQ(unknown.kind, wrong.kind);
  EXPECT_EQ(unknown.field, wrong.field);
  EXPECT_EQ(unknown.facts, wrong.facts);
  // The same rows are written: two failures each, one entry each.
  EXPECT_EQ(count("SELECT COUNT(*) FROM sign_in_failure WHERE kind = 1"), 2);
  EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entry WHERE act = 'sign_in.refused'"), 2);
}

TEST_F(SignInTest, LocksUnknownLoginsOutLikeKnownOnes) {
  for (const char* login : {"clerk", "nobody"}) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal(login, "wrong"), "sign_in.wrong") << i;
    EXPECT_EQ(refusal(login, "wrong"), "sign_in.too_often");
    EXPECT_EQ(seconds(login, "wrong"), "30");
  }
}

TEST_F(SignInTest, LocksOutForLongerAfterEachFailure) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal("clerk", "wrong"), "sign_in.wrong");
  EXPECT_EQ(refusal("clerk", kPassword), "sign_in.too_often");
  clock_.advance(29s);
  EXPECT_EQ(seconds("clerk", kPassword), "1");
  clock_.advance(1s);
  EXPECT_EQ(refusal("clerk", "wrong"), "sign_in.wrong");
  EXPECT_EQ(seconds("clerk", "wrong"), "60");
  clock_.advance(60s);
  EXPECT_EQ(refusal("clerk", kPassword), "signed in");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal("clerk", "wrong"), "sign_in.wrong") << i;
}

TEST_F(SignInTest, ForgetsFailuresAfterADay) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal("clerk", "wrong"), "sign_in.wrong");
  clock_.advance(24h + 1s);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal("clerk", "wrong"), "sign_in.wrong") << i;
  EXPECT_EQ(seconds("clerk", "wrong"), "30");
}

TEST_F(SignInTest, LocksOutAnAddressThatTriesManyLogins) {
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(refusal("guess" + std::to_string(i), "wrong"), "sign_in.wrong") << i;
  }
  EXPECT_EQ(refusal("clerk", kPassword), "sign_in.too_often");
  EXPECT_EQ(refusal("clerk", kPassword, "10.0.0.2"), "signed in");
  clock_.advance(30s);
  EXPECT_EQ(refusal("clerk", kPassword), "signed in");
}

TEST_F(SignInTest, CountsAttemptsThatCameAtOnce) {
  std::atomic<int> compared = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 3; ++j)
          compared += refusal("clerk", "wrong") == "sign_in.wrong" ? 1 : 0;
      });
    }
  }
  EXPECT_EQ(compared, 5);
}

TEST_F(SignInTest, KeepsNoLoginThatWasTypedWrong) {
  EXPECT_EQ(refusal("my-secret-password", "clerk"), "sign_in.wrong");
  EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entry WHERE detail LIKE '%secret%'"), 0);
}

TEST_F(SignInTest, EndsAfterIdleTimeAndInAnyCaseInTheEvening) {
  const auto token = attempt("clerk", kPassword)->token;
  clock_.advance(119min);
  EXPECT_TRUE(signIn_->find(token));
  clock_.advance(121min);
  EXPECT_FALSE(signIn_->find(token));

  const auto busy = attempt("clerk", kPassword)->token;
  for (int i = 0; i < 11; ++i) {
    clock_.advance(1h);
    EXPECT_TRUE(signIn_->find(busy)) << i;
  }
  clock_.advance(1h);
  EXPECT_FALSE(signIn_->find(busy));
  signIn_->purge();
  EXPECT_EQ(count("SELECT COUNT(*) FROM session"), 0);
}

TEST_F(SignInTest, PurgesAllThatIsOverHoweverMuchAndNothingElse) {
  for (int i = 0; i < 2; ++i) attempt("clerk", kPassword);
  database().transact([&](Session& session) {
    std::vector<base::db::Params> failures;
    for (int i = 0; i < 2500; ++i) {
      failures.push_back(
          {1, base::sha256("login " + std::to_string(i)), 1, clock_.now(), clock_.now()});
    }
    session.insertMany(
        "INSERT INTO sign_in_failure (kind, subject, failures, last_failure_at, wait_until) VALUES",
        failures);
  });
  clock_.advance(11h);
  attempt("leader", kPassword);
  signIn_->purge();
  EXPECT_EQ(count("SELECT COUNT(*) FROM session"), 3);
  EXPECT_EQ(count("SELECT COUNT(*) FROM sign_in_failure"), 2500);
  clock_.advance(14h);
  signIn_->purge();
  EXPECT_EQ(count("SELECT COUNT(*) FROM sign_in_failure"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM session"), 0);
}

TEST_F(SignInTest, WritesWhenItWasSeenAtMostOnceAMinute) {
  const auto token = attempt("clerk", kPassword)->token;
  const auto seen = [&] {
    return database().read(
        [](Session& s) { return s.get("SELECT last_seen_at FROM session").instant(0); });
  };
  const auto start = seen();
  clock_.advance(59s);
  EXPECT_TRUE(signIn_->find(token));
  EXPECT_EQ(seen(), start);
  clock_.advance(1s);
  EXPECT_TRUE(signIn_->find(token));
  EXPECT_EQ(seen(), start + 60s);
}

TEST_F(SignInTest, SignsOutHereAndEverywhere) {
  const auto one = *attempt("clerk", kPassword);
  const auto two = *attempt("clerk", kPassword);
  const auto other = *attempt("leader", kPassword);
  EXPECT_EQ(signIn_->sessions(one.token, one.caller).size(), 2U);
  signIn_->signOut(one.token, one.caller);
  EXPECT_FALSE(signIn_->find(one.token));
  EXPECT_TRUE(signIn_->find(two.token));
  const auto three = *attempt("clerk", kPassword);
  EXPECT_EQ(signIn_->signOutEverywhere(three.caller), 2U);
  EXPECT_FALSE(signIn_->find(two.token));
  EXPECT_FALSE(signIn_->find(three.token));
  EXPECT_TRUE(signIn_->find(other.token));
}

TEST_F(SignInTest, EndsOneOtherSessionOfItsOwnOnly) {
  const auto one = *attempt("clerk", kPassword);
  const auto two = *attempt("clerk", kPassword);
  const auto leader = *attempt("leader", kPassword);
  const auto rows = signIn_->sessions(one.token, one.caller);
  for (const auto& row : rows) {
    if (row.current) continue;
    EXPECT_EQ(signIn_->endSession(leader.caller, row.id).error().code, "session.unknown");
    EXPECT_TRUE(signIn_->endSession(one.caller, row.id));
  }
  EXPECT_TRUE(signIn_->find(one.token));
  EXPECT_FALSE(signIn_->find(two.token));
}

TEST_F(SignInTest, SwitchesBetweenOwnPostsAndRemembersTheLast) {
  const auto second = database().transact([&](Session& s) {
    return tests::addPost(s, office_->clerk.person, office_->agency, office_->room,
                          Role::RecordsKeeper, "Lưu trữ viên");
  });
  const auto signedIn = *attempt("clerk", kPassword);
  EXPECT_EQ(signedIn.caller.post, office_->clerk.post);
  EXPECT_EQ(signIn_->switchPost(signedIn.token, signedIn.caller, office_->leader.post).error().code,
            "post.not_yours");
  const auto switched = signIn_->switchPost(signedIn.token, signedIn.caller, second);
  ASSERT_TRUE(switched);
  EXPECT_EQ(switched->role, Role::RecordsKeeper);
  EXPECT_EQ(signIn_->find(signedIn.token)->caller.post, second);
  EXPECT_EQ(attempt("clerk", kPassword)->caller.post, second);
}

TEST_F(SignInTest, FallsWithThePostAndWithTheLock) {
  const auto clerk = *attempt("clerk", kPassword);
  database().transact([&](Session& s) {
    s.execute("UPDATE post SET valid_to = '2026-01-06' WHERE id = ?", {office_->clerk.post});
  });
  EXPECT_TRUE(signIn_->find(clerk.token));
  clock_.set(
      base::toInstant({year(2026), January, day(7)}));  // local midnight, and no request since
  EXPECT_FALSE(signIn_->find(clerk.token));
  EXPECT_EQ(refusal("clerk", kPassword), "sign_in.no_post");

  const auto leader = *attempt("leader", kPassword);
  database().transact([&](Session& s) { EXPECT_TRUE(lockUser(s, clock_, Actor{}, "leader")); });
  EXPECT_FALSE(signIn_->find(leader.token));
  EXPECT_EQ(refusal("leader", kPassword), "sign_in.locked");
  EXPECT_EQ(refusal("leader", "wrong"), "sign_in.wrong");
  database().transact([&](Session& s) { EXPECT_TRUE(unlockUser(s, clock_, Actor{}, "leader")); });
  EXPECT_EQ(refusal("leader", kPassword), "signed in");
}

TEST_F(SignInTest, ChangesThePasswordAndEndsTheOtherSessions) {
  const auto one = *attempt("clerk", kPassword);
  const auto two = *attempt("clerk", kPassword);
  const auto change = [&](const char* current, const char* next) {
    const auto changed = signIn_->changePassword(one.token, one.caller, current, next);
    return changed ? "changed" : changed.error().code;
  };
  EXPECT_EQ(change("wrong", "đèo Cả mưa chiều nay"), "password.wrong");
  EXPECT_EQ(change(kPassword, kPassword), "password.unchanged");
  EXPECT_EQ(change(kPassword, "ngắn"), "password.too_short");
  EXPECT_EQ(change(kPassword, "đèo Cả mưa chiều nay"), "changed");
  EXPECT_TRUE(signIn_->find(one.token));
  EXPECT_FALSE(signIn_->find(two.token));
  EXPECT_EQ(refusal("clerk", kPassword), "sign_in.wrong");
  EXPECT_EQ(refusal("clerk", "đèo Cả mưa chiều nay"), "signed in");
  EXPECT_EQ(
      count("SELECT COUNT(*) FROM audit_entry WHERE act = 'password.changed' AND detail = '{}'"),
      1);
}

TEST_F(SignInTest, CountsWrongPasswordsOfAChangeAsFailures) {
  const auto one = *attempt("clerk", kPassword);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(signIn_->changePassword(one.token, one.caller, "wrong", "x").error().code,
              "password.wrong");
  }
  EXPECT_EQ(signIn_->changePassword(one.token, one.caller, kPassword, "x").error().code,
            "sign_in.too_often");
}

TEST_F(SignInTest, WantsTheInitialPasswordChanged) {
  const auto initial = database().transact(
      [&](Session& s) { return resetPassword(s, clock_, Actor{}, "clerk", kFast); });
  ASSERT_TRUE(initial);
  EXPECT_EQ(refusal("clerk", kPassword), "sign_in.wrong");
  const auto signedIn = attempt("clerk", initial->password);
  ASSERT_TRUE(signedIn);
  EXPECT_TRUE(signedIn->mustChangePassword);
  EXPECT_TRUE(signIn_->find(signedIn->token)->mustChangePassword);
  EXPECT_TRUE(signIn_->changePassword(signedIn->token, signedIn->caller, initial->password,
                                      "đèo Cả mưa chiều nay"));
  EXPECT_FALSE(signIn_->find(signedIn->token)->mustChangePassword);
}

TEST_F(SignInTest, RefusesAccountsWithoutAPassword) {
  database().transact([](Session& s) { s.execute("UPDATE account SET password_hash = NULL"); });
  EXPECT_EQ(refusal("clerk", ""), "sign_in.wrong");
  EXPECT_EQ(refusal("clerk", kPassword), "sign_in.wrong");
}

TEST_F(SignInTest, TakesAnyBytes) {
  EXPECT_EQ(refusal(std::string(100000, 'x'), std::string(100000, 'y')), "sign_in.wrong");
  EXPECT_EQ(refusal(std::string("cl\0erk", 6), "\xff\xfe"), "sign_in.wrong");
  EXPECT_EQ(refusal("văn thư", "mật khẩu"), "sign_in.wrong");
  EXPECT_EQ(refusal("' OR 1=1 -- ", "' OR 1=1 -- "), "sign_in.wrong");
  ASSERT_TRUE(signIn_->attempt({"clerk", kPassword, "fe80::1%\xff", "\xff agent", "r"}));
}

TEST_F(SignInTest, HashesAgainWhenTheCostsHaveChanged) {
  SignInPolicy dearer;
  dearer.password = kFast;
  dearer.password.operations = 2;
  SignIn later(database(), clock_, dearer);
  ASSERT_TRUE(later.attempt({"clerk", kPassword, "10.0.0.1", "", ""}));
  const auto hash = database().read([](Session& s) {
    return s.get("SELECT password_hash FROM account WHERE login = 'clerk'").text(0);
  });
  EXPECT_FALSE(base::passwordNeedsRehash(hash, dearer.password));
  EXPECT_EQ(refusal("clerk", kPassword), "signed in");
}

TEST_F(SignInTest, DerivesACsrfTokenFromEachSession) {
  const auto one = attempt("clerk", kPassword)->token;
  const auto two = attempt("clerk", kPassword)->token;
  const auto csrf = SignIn::csrfToken(one);
  EXPECT_EQ(csrf.size(), 43U);
  EXPECT_EQ(csrf.find_first_of("+/="), std::string::npos);
  EXPECT_TRUE(SignIn::csrfMatches(one, csrf));
  EXPECT_FALSE(SignIn::csrfMatches(two, csrf));
  EXPECT_FALSE(SignIn::csrfMatches(one, ""));
  EXPECT_FALSE(SignIn::csrfMatches("", SignIn::csrfToken("")));
  EXPECT_FALSE(SignIn::csrfMatches(one, one));
}

}  // namespace
