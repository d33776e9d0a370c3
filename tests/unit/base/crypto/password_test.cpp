#include "base/crypto/password.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

const base::PasswordOptions kFast = base::PasswordOptions::fastForTests();

TEST(Password, MatchesItsHashAndNoOther) {
  const auto hash = base::hashPassword("Mật khẩu dài", kFast);
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << hash;
  EXPECT_LT(hash.size(), 128U);
  EXPECT_TRUE(base::passwordMatches("Mật khẩu dài", hash));
  EXPECT_FALSE(base::passwordMatches("Mật khẩu dàj", hash));
  EXPECT_FALSE(base::passwordMatches("", hash));
}

TEST(Password, EachHashHasItsOwnSalt) {
  EXPECT_NE(base::hashPassword("x", kFast), base::hashPassword("x", kFast));
}

TEST(Password, NulBytesCount) {
  const auto hash = base::hashPassword(std::string_view("a\0b", 3), kFast);
  EXPECT_TRUE(base::passwordMatches(std::string_view("a\0b", 3), hash));
  EXPECT_FALSE(base::passwordMatches("a", hash));
}

TEST(Password, AHashThatIsNoneNeverMatches) {
  for (const char* const hash : {"", "plain", "$argon2id$v=19$m=8,t=1,p=1$", "$2y$10$abc"}) {
    EXPECT_FALSE(base::passwordMatches("plain", hash)) << hash;
    EXPECT_TRUE(base::passwordNeedsRehash(hash, kFast)) << hash;
  }
}

TEST(Password, NeedsRehashWhenTheCostChanged) {
  const auto hash = base::hashPassword("x", kFast);
  EXPECT_FALSE(base::passwordNeedsRehash(hash, kFast));
  EXPECT_TRUE(base::passwordNeedsRehash(hash, base::PasswordOptions{}));
}

TEST(Password, TooLongIsRefusedBeforeItCosts) {
  const std::string longOne(2000, 'x');
  EXPECT_THROW(static_cast<void>(base::hashPassword(longOne, kFast)), std::invalid_argument);
  EXPECT_FALSE(base::passwordMatches(std::string(1 << 20, 'x'), base::hashPassword("x", kFast)));
}

}  // namespace
