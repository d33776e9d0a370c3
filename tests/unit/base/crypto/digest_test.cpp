#include "base/crypto/digest.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"

namespace {

// FIPS 180-4 examples.
TEST(Digest, Sha256KnowsItsExamples) {
  EXPECT_EQ(base::sha256Hex(""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(base::sha256Hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, PiecesGiveWhatTheWholeGives) {
  base::Sha256 pieces;
  pieces.update("a");
  pieces.update({});
  pieces.update(std::string_view("b\0c", 3));
  EXPECT_EQ(pieces.finish(), base::sha256(std::string_view("ab\0c", 4)));
}

// RFC 4231, test cases 2 and 6 (a key longer than a block).
TEST(Digest, HmacKnowsItsExamples) {
  EXPECT_EQ(base::lowerHex(base::hmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(
      base::lowerHex(base::hmacSha256(std::string(131, '\xaa'),
                                      "Test Using Larger Than Block-Size Key - Hash Key First")),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(base::hmacSha256({}, "x").size(), 32U);
}

// RFC 4648, section 10.
TEST(Digest, Base64KnowsItsExamples) {
  const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : examples) {
    EXPECT_EQ(base::base64(bytes), text);
    EXPECT_EQ(base::fromBase64(text), bytes);
  }
  EXPECT_EQ(base::fromBase64(" Zm9v\r\nYmFy\t\n"), "foobar");
}

TEST(Digest, WhatIsNoBase64GivesNothing) {
  for (const char* const text :
       {"Z", "Zg", "Zg=", "Zg===", "Z===", "====", "Zg==Zg==", "Z-_v", "Zm9v!", "Zm=v", "=Zm9v"}) {
    EXPECT_EQ(base::fromBase64(text), std::nullopt) << text;
  }
}

TEST(Digest, Base64SurvivesEveryByte) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_EQ(base::fromBase64(base::base64(all)), all);
}

TEST(Digest, TokensAreUrlSafeAndNeverTheSame) {
  std::set<std::string> tokens;
  for (int i = 0; i < 500; ++i) tokens.insert(base::randomToken());
  EXPECT_EQ(tokens.size(), 500U);
  for (const auto& token : tokens) {
    EXPECT_EQ(token.size(), 43U);
    EXPECT_EQ(token.find_first_of("+/="), std::string::npos);
  }
  EXPECT_EQ(base::randomBytes(0), "");
  EXPECT_EQ(base::randomBytes(100).size(), 100U);
}

TEST(Digest, SecretsAreTheSameOnlyWhenEqual) {
  EXPECT_TRUE(base::sameSecret("abc", "abc"));
  EXPECT_TRUE(base::sameSecret("", ""));
  EXPECT_FALSE(base::sameSecret("abc", "abd"));
  EXPECT_FALSE(base::sameSecret("abc", "abcd"));
  EXPECT_FALSE(base::sameSecret("", "a"));
}

}  // namespace
