#include <gtest/gtest.h>

#include "base/http/answer.h"
#include "base/http/proxies.h"

namespace {

using namespace base::http;

TEST(Conditions, GzipIsTakenByWeight) {
  for (const char* yes : {"gzip", "GZIP", "br, gzip", "gzip;q=0.1", "*", "identity;q=0, *;q=1"}) {
    EXPECT_TRUE(acceptsGzip({{"Accept-Encoding", yes}})) << yes;
  }
  for (const char* no : {"", "br", "gzip;q=0", "gzip;q=0.000", "*;q=0", "*, gzip;q=0", "xgzip"}) {
    EXPECT_FALSE(acceptsGzip({{"Accept-Encoding", no}})) << no;
  }
  EXPECT_FALSE(acceptsGzip({}));
}

TEST(Conditions, TagsAreComparedWeakly) {
  EXPECT_TRUE(matchesTag("\"a\"", "\"a\""));
  EXPECT_TRUE(matchesTag("W/\"a\"", "\"a\""));
  EXPECT_TRUE(matchesTag("\"x\",W/\"a\" ", "W/\"a\""));
  EXPECT_TRUE(matchesTag(" * ", "\"a\""));
  EXPECT_FALSE(matchesTag("\"ab\"", "\"a\""));
  EXPECT_FALSE(matchesTag("a", "\"a\""));
  EXPECT_FALSE(matchesTag("", "\"a\""));
}

TEST(Conditions, RangesStayInsideTheFile) {
  ByteRange range{};
  EXPECT_EQ(parseRange("bytes=0-18446744073709551615", 5, range), RangeKind::Part);
  EXPECT_EQ(range.last, 4U);
  EXPECT_EQ(parseRange("bytes=18446744073709551615-", 5, range), RangeKind::Unsatisfiable);
  EXPECT_EQ(parseRange("bytes=99999999999999999999-", 5, range), RangeKind::Whole);
  EXPECT_EQ(parseRange("bytes=-99999999999999999999", 5, range), RangeKind::Whole);
  EXPECT_EQ(parseRange("bytes=0-0", 0, range), RangeKind::Unsatisfiable);
  EXPECT_EQ(parseRange("bytes=-1", 0, range), RangeKind::Unsatisfiable);
  EXPECT_EQ(parseRange("bytes=", 5, range), RangeKind::Whole);
  EXPECT_EQ(parseRange("bytes=-", 5, range), RangeKind::Whole);
}

TEST(Conditions, OnlyTextIsPressed) {
  for (const char* yes : {"text/html; charset=utf-8", "application/json", "image/svg+xml"}) {
    EXPECT_TRUE(isCompressible(yes)) << yes;
  }
  for (const char* no : {"application/pdf", "image/png", "font/woff2", ""}) {
    EXPECT_FALSE(isCompressible(no)) << no;
  }
}

TEST(ProxiesTest, KnowNetworksOfBothFamilies) {
  const Proxies proxies({"10.1.0.0/16", "192.0.2.7", "2001:db8::/33", "::1"});
  for (const char* yes : {"10.1.255.1", "192.0.2.7", "2001:db8:7fff::1", "::1"}) {
    EXPECT_TRUE(proxies.trusts(yes)) << yes;
  }
  for (const char* no : {"10.2.0.1", "192.0.2.8", "2001:db8:8000::1", "::2", "", "x"}) {
    EXPECT_FALSE(proxies.trusts(no)) << no;
  }
  for (const char* bad :
       {"x", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "::/129", "10.0.0.0/-1"}) {
    EXPECT_THROW(Proxies({bad}), std::runtime_error) << bad;
  }
}

TEST(ProxiesTest, TheClientIsTheFirstThatIsNoProxy) {
  const Proxies proxies({"10.0.0.0/8"});
  const Headers chain = {{"X-Forwarded-For", "1.1.1.1, 2.2.2.2"}, {"x-forwarded-for", "10.0.0.9"}};
  EXPECT_EQ(proxies.client("10.0.0.1", chain), "2.2.2.2");
  EXPECT_EQ(proxies.client("8.8.8.8", chain), "8.8.8.8");
  EXPECT_EQ(proxies.client("10.0.0.1", {}), "10.0.0.1");
  EXPECT_EQ(proxies.client("10.0.0.1", {{"X-Forwarded-For", "junk, 10.0.0.2"}}), "10.0.0.2");
}

}  // namespace
