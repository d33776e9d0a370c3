#include "base/http/uri.h"

#include <gtest/gtest.h>

#include "base/http/message.h"

namespace {

using namespace base::http;

TEST(Uri, DecodesOnceAndOnlyWhatIsWhole) {
  EXPECT_EQ(uri::decode("a%20b+c", uri::Plus::Itself), "a b+c");
  EXPECT_EQ(uri::decode("a%20b+c", uri::Plus::Space), "a b c");
  EXPECT_EQ(uri::decode("%2541", uri::Plus::Itself), "%41");
  EXPECT_EQ(uri::decode("%C4%91", uri::Plus::Itself), "đ");
  for (const char* bad : {"%", "%4", "%4g", "%g4", "%00", "%ff", "%c0%af", "%ed%a0%80"}) {
    EXPECT_EQ(uri::decode(bad, uri::Plus::Itself), std::nullopt) << bad;
  }
}

TEST(Uri, SplitsPairs) {
  const uri::Pairs pairs = uri::parsePairs("a=1&&b=%26&a=&c&d=x=y");
  EXPECT_EQ(pairs, (uri::Pairs{{"a", "1"}, {"b", "&"}, {"a", ""}, {"c", ""}, {"d", "x=y"}}));
  EXPECT_THROW((void)uri::parsePairs("a=%"), BadRequest);
}

TEST(Uri, TakesTargetsApart) {
  EXPECT_EQ(uri::parseTarget("/").path, "/");
  EXPECT_EQ(uri::parseTarget("/a//b/").path, "/a//b/");
  EXPECT_EQ(uri::parseTarget("/a?x=/../&y").path, "/a");
  EXPECT_EQ(uri::parseTarget("/a?x=/../&y").query.size(), 2U);
  EXPECT_EQ(uri::parseTarget("/a%3Fb").path, "/a?b");
  EXPECT_EQ(uri::parseTarget("http://h:1/p").path, "/p");
  EXPECT_EQ(uri::parseTarget("http://h?q=1").path, "/");
  for (const char* bad : {"", "a", "*", "//%2e%2e", "/..", "/../a", "/a/.", "/%2F", "/%5c/%2e%2e",
                          "/\x7f", "/ ", "ftp://h/"}) {
    EXPECT_THROW((void)uri::parseTarget(bad), BadRequest) << bad;
  }
}

TEST(Uri, EscapesLocations) {
  EXPECT_EQ(uri::escapeLocation("/a?b=c%20d&e#f"), "/a?b=c%20d&e#f");
  EXPECT_EQ(uri::escapeLocation("/đ \"\r\n"), "/%C4%91%20%22%0D%0A");
}

}  // namespace
