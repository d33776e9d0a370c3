#include "base/http/static_files.h"

#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

#include "base/http/request.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace base::http;
namespace fs = std::filesystem;

class StaticFilesTest : public testing::Test {
 protected:
  void write(const std::string& file, const std::string& bytes) const {
    fs::create_directories((folder_.path() / file).parent_path());
    std::ofstream(folder_.path() / file, std::ios::binary) << bytes;
  }
  static Response fetch(const StaticFiles& files, const std::string& url,
                        const std::string& encoding = "") {
    Router router;
    files.addRoutes(router, std::string("public"));
    const Router::Match match = router.find(Method::Get, url);
    if (!match.route) return Response::text("", 404);
    EXPECT_EQ(match.route->name, "static");
    EXPECT_EQ(std::any_cast<std::string>(match.route->meta), "public");
    ReceivedRequest request;
    request.understand({"GET", url, 1, {{"Accept-Encoding", encoding}}});
    return match.route->handler(request);
  }
  static std::string bytes(const Response& response) {
    return std::get<std::string>(response.body);
  }

  tests::TemporaryFolder folder_;
};

TEST_F(StaticFilesTest, ServesUnderHashedNamesForAYear) {
  write("app.js", "let a = 1;");
  write("fonts/a.woff2", "font");
  const StaticFiles files(folder_.path());
  const std::string url = files.url("app.js");
  EXPECT_EQ(url.substr(0, 12), "/static/app.");
  EXPECT_EQ(url.size(), std::string("/static/app.0123456789.js").size());
  const Response script = fetch(files, url);
  EXPECT_EQ(bytes(script), "let a = 1;");
  EXPECT_EQ(script.header("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(script.header("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(fetch(files, files.url("fonts/a.woff2")).header("content-type"), "font/woff2");
  EXPECT_EQ(fetch(files, "/static/app.js").status, 404);
}

TEST_F(StaticFilesTest, TheNameChangesWithTheBytes) {
  write("app.js", "1");
  const std::string before = StaticFiles(folder_.path()).url("app.js");
  EXPECT_EQ(StaticFiles(folder_.path()).url("app.js"), before);
  write("app.js", "2");
  EXPECT_NE(StaticFiles(folder_.path()).url("app.js"), before);
}

TEST_F(StaticFilesTest, PressesOnceWhereItHelps) {
  write("app.css", std::string(5000, 'a'));
  write("tiny.css", "a");
  const StaticFiles files(folder_.path());
  const Response pressed = fetch(files, files.url("app.css"), "gzip");
  EXPECT_EQ(pressed.header("content-encoding"), "gzip");
  EXPECT_EQ(pressed.header("vary"), "Accept-Encoding");
  EXPECT_LT(bytes(pressed).size(), 100U);
  const Response plain = fetch(files, files.url("app.css"));
  EXPECT_EQ(bytes(plain).size(), 5000U);
  EXPECT_NE(plain.header("etag"), pressed.header("etag"));
  EXPECT_EQ(bytes(fetch(files, files.url("tiny.css"), "gzip")), "a");
}

TEST_F(StaticFilesTest, RewritesWhatStyleSheetsReferTo) {
  write("css/app.css",
        "@import url(\"base.css\");a{b:url(../fonts/a.woff2?v=1#x)}c{d:url('../none.png')}"
        "e{f:url(data:image/png;base64,AA==)}g{h:url(https://x/y.png)}i{j:url(/abs.png)}"
        "k{l:url(../../etc/passwd)}m{n:url(#id)}");
  write("css/base.css", "b{}");
  write("fonts/a.woff2", "font");
  const StaticFiles files(folder_.path(), "/s/");
  EXPECT_EQ(bytes(fetch(files, files.url("css/app.css"))),
            "@import url(\"" + files.url("css/base.css") + "\");a{b:url(" +
                files.url("fonts/a.woff2") +
                "?v=1#x)}c{d:url('../none.png')}"
                "e{f:url(data:image/png;base64,AA==)}g{h:url(https://x/y.png)}i{j:url(/abs.png)}"
                "k{l:url(../../etc/passwd)}m{n:url(#id)}");
}

TEST_F(StaticFilesTest, ANewFontMeansANewStyleSheet) {
  write("app.css", "a{b:url(a.woff2)}");
  write("a.woff2", "1");
  const std::string before = StaticFiles(folder_.path()).url("app.css");
  write("a.woff2", "2");
  EXPECT_NE(StaticFiles(folder_.path()).url("app.css"), before);
}

TEST_F(StaticFilesTest, FaultsAreTold) {
  write("a.css", "a{b:url(b.css)}");
  write("b.css", "a{b:url(a.css)}");
  EXPECT_THROW(StaticFiles(folder_.path()), std::runtime_error);
  EXPECT_THROW(StaticFiles(folder_.path() / "none"), std::runtime_error);
  write("b.css", "");
  write(".hidden", "");
  const StaticFiles files(folder_.path());
  EXPECT_THROW((void)files.url("none.css"), std::logic_error);
  EXPECT_THROW((void)files.url(".hidden"), std::logic_error);
}

}  // namespace
