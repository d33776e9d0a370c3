#include "exchange/axis/protocol.h"

#include <gtest/gtest.h>

#include "base/crypto/digest.h"

namespace exchange::axis {
namespace {

const Credentials kOffice{"H32.01", "secret-of-H32"};

base::Instant instantOf(std::string_view iso) { return base::parseIsoInstant(iso).value(); }

std::string bytesOfHex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

std::string headerOf(const Headers& headers, std::string_view name) {
  std::string found;
  for (const auto& [key, value] : headers) {
    if (key == name) {
      EXPECT_TRUE(found.empty()) << name << " twice";
      found = value;
    }
  }
  return found;
}

void setHeader(Headers& headers, std::string_view name, const std::string& value) {
  for (auto& [key, old] : headers) {
    if (key == name) {
      old = value;
    }
  }
}

Headers sample() {
  return signedHeaders(kOffice, instantOf("2026-11-23T12:17:24.629000Z"),
                       {{"servicetype", "eDoc"}, {"messagetype", "edoc"}},
                       "application/octet-stream");
}

TEST(AxisProtocol, MacIsThatOfTheKnownAnswer) {
  EXPECT_EQ(
      macText("secret-of-H32",
              R"({"XroadVnpt-systemid":"H32.01","XroadVnpt-timestamp":"23112026T191724+0582",)"
              R"("XroadVnpt-Content-Type":"application/json"})"),
      "c65e450f4abb2eaabf0d795bb69ae46525d0aab79cabb8c8446bf40ab1f177e3");
}

TEST(AxisProtocol, HashLosesTheLeadingZeroOfEachByte) {
  const std::string digest =
      bytesOfHex("12467915191b87937dfe1b66e2da34b0434ea3079f81f7a0edfad021da013cd5");
  const std::string unpadded = "12467915191b87937dfe1b66e2da34b0434ea379f81f7a0edfad021da13cd5";
  EXPECT_EQ(hashText(digest, HashStyle::Unpadded), unpadded);
  EXPECT_EQ(hashText(digest, HashStyle::Padded),
            "12467915191b87937dfe1b66e2da34b0434ea3079f81f7a0edfad021da013cd5");
  EXPECT_TRUE(sameHash(unpadded, digest));
  EXPECT_TRUE(sameHash("12467915191B87937DFE1B66E2DA34B0434EA3079F81F7A0EDFAD021DA013CD5", digest));
  EXPECT_FALSE(sameHash("", digest));
  EXPECT_FALSE(sameHash(unpadded.substr(1), digest));
}

TEST(AxisProtocol, HashKeepsZeroBytesAsOneDigit) {
  EXPECT_EQ(hashText(std::string("\0\x0a\xff", 3), HashStyle::Unpadded), "0aff");
}

TEST(AxisProtocol, TimestampIsLocalWithMillisecondsInFourDigits) {
  const base::Instant instant = instantOf("2026-11-23T12:17:24.629000Z");
  EXPECT_EQ(timestampText(instant), "23112026T191724+0629");
  EXPECT_EQ(parseTimestamp("23112026T191724+0629"), instant);
}

TEST(AxisProtocol, TimestampThatIsNoneIsRefused) {
  for (const char* text :
       {"", "23112026T191724", "23112026T191724+062", "31022026T191724+0000",
        "23112026T241724+0000", "23112026T191760+0000", "23112026 191724+0000",
        "23112026T191724-0629", "2311 026T191724+0629", "23112026T191724+1000"}) {
    EXPECT_FALSE(parseTimestamp(text)) << text;
  }
}

TEST(AxisProtocol, HeadersCarryWhatIsSignedAndNothingTwice) {
  const Headers headers = sample();
  EXPECT_EQ(headerOf(headers, "XroadVnpt-sign-header-key"),
            "systemid;servicetype;messagetype;timestamp;Content-Type");
  EXPECT_EQ(headerOf(headers, "XroadVnpt-sign-header"),
            R"({"XroadVnpt-systemid":"H32.01","XroadVnpt-servicetype":"eDoc",)"
            R"("XroadVnpt-messagetype":"edoc","XroadVnpt-timestamp":"23112026T191724+0629",)"
            R"("XroadVnpt-Content-Type":"application/octet-stream"})");
  EXPECT_EQ(headerOf(headers, "XroadVnpt-hash-header"),
            macText("secret-of-H32", headerOf(headers, "XroadVnpt-sign-header")));
  EXPECT_EQ(headerOf(headers, "Content-Type"), "application/octet-stream");
  EXPECT_EQ(headerOf(headers, "User-Agent"), "JAVASDKAgent/1.0.0 XRoad/VPCP");
  EXPECT_EQ(headerOf(headers, "XroadVnpt-version"), "3.0.201608");
}

TEST(AxisProtocol, VietnameseInAHeaderIsABug) {
  EXPECT_THROW(signedHeaders(kOffice, {}, {{"description", "Đã nhận"}}, "application/json"),
               std::logic_error);
  EXPECT_FALSE(fitsHeader("a\r\nb"));
  EXPECT_TRUE(isDocId(std::string(100, '7')));
  EXPECT_FALSE(isDocId(std::string(101, '7')));
  EXPECT_FALSE(isDocId(""));
  EXPECT_FALSE(isDocId("a\nb"));
}

TEST(AxisProtocol, ClaimsOfOwnHeadersAreAccepted) {
  const auto claims = readClaims(sample());
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->systemId, "H32.01");
  EXPECT_EQ(claims->value("MessageType"), "edoc");
  EXPECT_EQ(claims->value("absent"), "");
  EXPECT_TRUE(macIsRight(*claims, "secret-of-H32"));
  EXPECT_FALSE(macIsRight(*claims, "secret-of-H33"));
}

TEST(AxisProtocol, OrderCaseAndLeakedHeadersAreNoFault) {
  Headers headers = sample();
  std::reverse(headers.begin(), headers.end());
  headers.emplace_back("XroadVnpt-hash-file", "leaked from an earlier call");
  headers.emplace_back("X-Other", "1");
  for (auto& [name, value] : headers) {
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return std::tolower(c); });
  }
  const auto claims = readClaims(headers);
  ASSERT_TRUE(claims);
  EXPECT_TRUE(macIsRight(*claims, "secret-of-H32"));
  EXPECT_EQ(claims->value("hash-file"), "") << "what is not signed is not believed";
}

TEST(AxisProtocol, AnArgumentThatLeakedInAnotherSpellingIsNoFault) {
  Headers headers = signedHeaders(kOffice, instantOf("2026-11-23T12:17:24Z"),
                                  {{"docId", "old"}, {"docid", "new"}}, "application/json");
  auto claims = readClaims(headers);
  ASSERT_TRUE(claims) << "both signed";
  EXPECT_EQ(claims->value("docid"), "new");
  EXPECT_EQ(claims->value("docId"), "old");
  EXPECT_EQ(claims->value("DOCID"), "old") << "in any other spelling, the first";

  headers = signedHeaders(kOffice, instantOf("2026-11-23T12:17:24Z"), {{"docid", "new"}},
                          "application/json");
  headers.emplace_back("XroadVnpt-docId", "old");
  claims = readClaims(headers);
  ASSERT_TRUE(claims) << "one signed, one leaked";
  EXPECT_EQ(claims->value("docId"), "new");
}

TEST(AxisProtocol, EscapesInTheSignedTextAreRead) {
  Headers headers = signedHeaders(kOffice, instantOf("2026-11-23T12:17:24Z"),
                                  {{"to", R"(["H32.21","H32.48"])"}}, "application/json");
  const auto claims = readClaims(headers);
  ASSERT_TRUE(claims);
  EXPECT_EQ(parseReceivers(claims->value("to")), (std::vector<std::string>{"H32.21", "H32.48"}));
}

struct BadClaim {
  const char* name;
  std::function<void(Headers&)> spoil;
  ClaimFault fault;
};

class AxisProtocolBadClaims : public testing::TestWithParam<BadClaim> {};

TEST_P(AxisProtocolBadClaims, AreRefused) {
  Headers headers = sample();
  GetParam().spoil(headers);
  const auto claims = readClaims(headers);
  ASSERT_FALSE(claims);
  EXPECT_EQ(claims.error(), GetParam().fault);
  EXPECT_FALSE(sentence(claims.error()).empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, AxisProtocolBadClaims,
    testing::Values(
        BadClaim{"NoHeaders", [](Headers& h) { h.clear(); }, ClaimFault::NoSignHeader},
        BadClaim{"TwoMacs", [](Headers& h) { h.emplace_back("xroadvnpt-hash-header", "00"); },
                 ClaimFault::NoSignHeader},
        BadClaim{"NotJson", [](Headers& h) { setHeader(h, "XroadVnpt-sign-header", "{"); },
                 ClaimFault::NotJson},
        BadClaim{"NumberInJson",
                 [](Headers& h) { setHeader(h, "XroadVnpt-sign-header", R"({"systemid":1})"); },
                 ClaimFault::NotJson},
        BadClaim{"NestedJson",
                 [](Headers& h) { setHeader(h, "XroadVnpt-sign-header", R"({"a":{"b":"c"}})"); },
                 ClaimFault::NotJson},
        BadClaim{"NameTwice",
                 [](Headers& h) {
                   setHeader(h, "XroadVnpt-sign-header",
                             R"({"XroadVnpt-systemid":"A","systemid":"H32.01"})");
                 },
                 ClaimFault::NotJson},
        BadClaim{
            "TooLong",
            [](Headers& h) { setHeader(h, "XroadVnpt-sign-header", std::string(20'000, ' ')); },
            ClaimFault::NoSignHeader},
        BadClaim{"KeyMissing",
                 [](Headers& h) { setHeader(h, "XroadVnpt-sign-header-key", "systemid"); },
                 ClaimFault::KeysDiffer},
        BadClaim{"ValueChanged",
                 [](Headers& h) { setHeader(h, "XroadVnpt-messagetype", "status"); },
                 ClaimFault::ValueDiffers},
        BadClaim{"SecondHeaderWithOtherValue",
                 [](Headers& h) { h.emplace_back("XroadVnpt-systemid", "H99"); },
                 ClaimFault::ValueDiffers},
        BadClaim{"NoTimestampInPattern",
                 [](Headers& h) {
                   h = signedHeaders(kOffice, {}, {}, "text/plain");
                   const std::string text = R"({"XroadVnpt-systemid":"H32.01"})";
                   setHeader(h, "XroadVnpt-sign-header", text);
                   setHeader(h, "XroadVnpt-sign-header-key", "systemid");
                 },
                 ClaimFault::BadTimestamp},
        BadClaim{"NoSystemId",
                 [](Headers& h) {
                   setHeader(h, "XroadVnpt-sign-header", R"({"XroadVnpt-messagetype":"edoc"})");
                   setHeader(h, "XroadVnpt-sign-header-key", ";messagetype;");
                 },
                 ClaimFault::NoSystemId}),
    [](const auto& test) { return test.param.name; });

TEST(AxisProtocol, ReceiversComeAsArrayOrPlain) {
  EXPECT_EQ(parseReceivers("H32.21"), (std::vector<std::string>{"H32.21"}));
  EXPECT_EQ(parseReceivers("H32.21, H32.48"), (std::vector<std::string>{"H32.21", "H32.48"}));
  for (const char* text : {"", "[]", "[1]", "[\"\"]", "{\"a\":1}", "[\"a b\"]", "[\"x\""}) {
    EXPECT_FALSE(parseReceivers(text)) << text;
  }
}

}  // namespace
}  // namespace exchange::axis
