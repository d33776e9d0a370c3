// Answers on their way out: compression, conditions, ranges, files, streams.
#include <Poco/InflatingStream.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "base/crypto/digest.h"
#include "tests/integration/base/http/http_fixture.h"

namespace {

using namespace base::http;
using tests::RawAnswer;
using tests::RawConnection;

std::string unpressed(const std::string& bytes) {
  std::istringstream in(bytes);
  Poco::InflatingInputStream inflate(in, Poco::InflatingStreamBuf::STREAM_GZIP);
  std::ostringstream out;
  out << inflate.rdbuf();
  return out.str();
}

class HttpAnswer : public tests::HttpTest {
 protected:
  void file(const std::string& bytes, const std::string& mediaType = "application/pdf") {
    const auto path = folder_.path() / "file.pdf";
    std::ofstream(path, std::ios::binary) << bytes;
    route(Method::Get, "/file", [path, mediaType](Request&) {
      Response response;
      response.set("Content-Type", mediaType);
      response.body = FileBody{path, "abc"};
      return response;
    });
  }
};

TEST_F(HttpAnswer, PressesTextThatIsWorthIt) {
  const std::string page(5000, 'x');
  route(Method::Get, "/page", [&](Request&) { return Response::html(page).set("ETag", "\"v1\""); });
  route(Method::Get, "/short", [](Request&) { return Response::html("short"); });
  route(Method::Get, "/image",
        [&](Request&) { return Response::text(page).set("Content-Type", "image/png"); });
  start();
  const RawAnswer pressed = get("/page", "Accept-Encoding: br, gzip;q=0.8\r\n");
  EXPECT_EQ(pressed.headers.at("content-encoding"), "gzip");
  EXPECT_EQ(pressed.headers.at("vary"), "Accept-Encoding");
  EXPECT_EQ(pressed.headers.at("etag"), "W/\"v1\"");
  EXPECT_LT(pressed.body.size(), 200U);
  EXPECT_EQ(unpressed(pressed.body), page);
  const RawAnswer plain = get("/page");
  EXPECT_EQ(plain.body, page);
  EXPECT_EQ(plain.headers.at("vary"), "Accept-Encoding");
  EXPECT_EQ(plain.headers.at("etag"), "\"v1\"");
  EXPECT_EQ(get("/page", "Accept-Encoding: gzip;q=0\r\n").body, page);
  EXPECT_EQ(get("/short", "Accept-Encoding: gzip\r\n").body, "short");
  EXPECT_EQ(get("/image", "Accept-Encoding: gzip\r\n").body, page);
}

TEST_F(HttpAnswer, AnswersNotModifiedToAKnownTag) {
  route(Method::Get, "/page", [](Request&) {
    return Response::html(std::string(5000, 'x'))
        .set("ETag", "\"v1\"")
        .set("Cache-Control", "no-cache");
  });
  start();
  for (const char* tags : {"\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*"}) {
    const RawAnswer answer = get("/page", std::string("If-None-Match: ") + tags + "\r\n");
    EXPECT_EQ(answer.status, 304) << tags;
    EXPECT_EQ(answer.headers.count("content-length"), 0U);
    EXPECT_EQ(answer.headers.at("cache-control"), "no-cache");
    EXPECT_EQ(answer.headers.at("etag"), "\"v1\"");
  }
  EXPECT_EQ(get("/page", "If-None-Match: W/\"v1\"\r\nAccept-Encoding: gzip\r\n").status, 304);
  EXPECT_EQ(get("/page", "If-None-Match: \"v2\"\r\n").status, 200);
}

TEST_F(HttpAnswer, SendsAFileWholeAndInParts) {
  file("0123456789");
  start();
  const RawAnswer whole = get("/file");
  EXPECT_EQ(whole.body, "0123456789");
  EXPECT_EQ(whole.headers.at("etag"), "\"abc\"");
  EXPECT_EQ(whole.headers.at("accept-ranges"), "bytes");
  struct Case {
    const char* range;
    int status;
    const char* body;
    const char* contentRange;
  };
  for (const Case& c :
       {Case{"bytes=0-3", 206, "0123", "bytes 0-3/10"}, Case{"bytes=8-", 206, "89", "bytes 8-9/10"},
        Case{"bytes=-3", 206, "789", "bytes 7-9/10"},
        Case{"bytes=-30", 206, "0123456789", "bytes 0-9/10"},
        Case{"bytes=4-100", 206, "456789", "bytes 4-9/10"},
        Case{"bytes=10-", 416, "", "bytes */10"}, Case{"bytes=-0", 416, "", "bytes */10"},
        Case{"bytes=5-2", 200, "0123456789", ""}, Case{"bytes=0-1,4-5", 200, "0123456789", ""},
        Case{"lines=1-2", 200, "0123456789", ""}, Case{"bytes=a-b", 200, "0123456789", ""}}) {
    const RawAnswer answer = get("/file", std::string("Range: ") + c.range + "\r\n");
    EXPECT_EQ(answer.status, c.status) << c.range;
    EXPECT_EQ(answer.body, c.body) << c.range;
    const auto found = answer.headers.find("content-range");
    EXPECT_EQ(found == answer.headers.end() ? "" : found->second, c.contentRange) << c.range;
  }
  EXPECT_EQ(get("/file", "Range: bytes=0-3\r\nIf-Range: \"abc\"\r\n").status, 206);
  EXPECT_EQ(get("/file", "Range: bytes=0-3\r\nIf-Range: \"old\"\r\n").status, 200);
  EXPECT_EQ(get("/file", "If-None-Match: \"abc\"\r\nRange: bytes=0-3\r\n").status, 304);
  RawConnection connection(port());
  connection.send("HEAD /file HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(connection.receive(true).headers.at("content-length"), "10");
}

TEST_F(HttpAnswer, SendsEmptyAndLargeFiles) {
  file("");
  const std::string large = base::randomBytes(30 << 20);
  const auto path = folder_.path() / "large";
  std::ofstream(path, std::ios::binary) << large;
  route(Method::Get, "/large", [path](Request&) {
    Response response;
    response.body = FileBody{path, ""};
    return response;
  });
  start();
  EXPECT_EQ(get("/file").headers.at("content-length"), "0");
  EXPECT_EQ(get("/file", "Range: bytes=0-\r\n").status, 416);
  EXPECT_EQ(base::sha256(get("/large").body), base::sha256(large));
}

TEST_F(HttpAnswer, AMissingFileIsAFailure) {
  route(Method::Get, "/gone", [](Request&) {
    Response response;
    response.body = FileBody{"/nonexistent/file", ""};
    return response;
  });
  start();
  EXPECT_EQ(get("/gone").status, 500);
}

TEST_F(HttpAnswer, StreamsInChunksAndPressesThem) {
  std::string expected;
  for (int i = 0; i < 20'000; ++i) expected += std::to_string(i) + "\n";
  route(Method::Get, "/rows", [](Request&) {
    Response response;
    response.set("Content-Type", "text/csv; charset=utf-8");
    response.body = [](std::ostream& out) {
      for (int i = 0; i < 20'000; ++i) out << i << "\n";
    };
    return response;
  });
  start();
  RawConnection connection(port());
  connection.send("GET /rows HTTP/1.1\r\nHost: x\r\n\r\n");
  const RawAnswer plain = connection.receive();
  EXPECT_EQ(plain.headers.at("transfer-encoding"), "chunked");
  EXPECT_TRUE(plain.body == expected);
  connection.send("GET /rows HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n");
  const RawAnswer pressed = connection.receive();
  EXPECT_EQ(pressed.headers.at("content-encoding"), "gzip");
  EXPECT_TRUE(unpressed(pressed.body) == expected);
  connection.send("HEAD /rows HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(connection.receive(true).status, 200);
  connection.send("GET /rows HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(connection.receive().body == expected);
}

TEST_F(HttpAnswer, AStreamThatFailsIsNeverTakenForWhole) {
  const auto failing = [](std::size_t after) {
    return [after](Request&) {
      Response response = Response::text("");
      response.body = [after](std::ostream& out) {
        out << std::string(after, 'x');
        throw std::runtime_error("the database went away");
      };
      return response;
    };
  };
  route(Method::Get, "/early", failing(100));
  route(Method::Get, "/late", failing(100'000));
  start();
  for (const char* coding : {"", "Accept-Encoding: gzip\r\n"}) {
    EXPECT_EQ(get("/early", coding).status, 500) << coding;
  }
  const RawAnswer late = get("/late");
  EXPECT_EQ(late.status, 200);
  EXPECT_FALSE(late.whole);
}

}  // namespace
