// Bytes that are no HTTP, or that two readers could understand differently, are refused and the
// connection ends: what stands behind them is never taken for a request.
#include "tests/integration/base/http/http_fixture.h"

namespace {

using namespace base::http;
using tests::RawAnswer;
using tests::RawConnection;

struct BadInput {
  const char* name;
  std::string bytes;
  int status = 400;
};

void PrintTo(const BadInput& input, std::ostream* out) { *out << input.name; }

std::string withHeader(const std::string& header) {
  return "POST /doc/1 HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n";
}
std::string withTarget(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
}
std::string chunked(const std::string& body) {
  return withHeader("Transfer-Encoding: chunked") + body;
}

class HttpMalformed : public tests::HttpTest, public testing::WithParamInterface<BadInput> {};

TEST_P(HttpMalformed, IsRefusedAndTheConnectionEnds) {
  route(Method::Get, "/doc/{id}", [](Request&) { return Response::text("got"); });
  route(Method::Get, "/smuggled", [](Request&) {
    ADD_FAILURE() << "a smuggled request came through";
    return Response::text("smuggled");
  });
  route(Method::Post, "/doc/{id}", [](Request& r) { return Response::text(r.bodyText()); });
  start();
  RawConnection connection(port());
  connection.send(GetParam().bytes);
  connection.send("GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
  connection.finishSending();
  EXPECT_EQ(connection.receive().status, GetParam().status);
  EXPECT_TRUE(connection.isClosed());
}

INSTANTIATE_TEST_SUITE_P(
    Table, HttpMalformed,
    testing::Values(
        BadInput{"Words", "hello world\r\n\r\n"}, BadInput{"NoVersion", "GET /doc/1\r\n\r\n"},
        BadInput{"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        BadInput{"Version09", "GET /doc/1 HTTP/0.9\r\nHost: x\r\n\r\n"},
        BadInput{"VersionWords", "GET /doc/1 HTTP/1.1x\r\nHost: x\r\n\r\n"},
        BadInput{"TlsHello",
                 std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + "\r\n\r\n"},
        BadInput{"MethodOfSigns", "G(T /doc/1 HTTP/1.1\r\nHost: x\r\n\r\n"},
        BadInput{"NoHost", "GET /doc/1 HTTP/1.1\r\n\r\n"},
        BadInput{"TwoHosts", "GET /doc/1 HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"},
        BadInput{"SpaceBeforeColon", withHeader("Content-Length : 3") + "abc"},
        BadInput{"FoldedLine", withHeader("X-A: b\r\n c")}, BadInput{"NoColon", withHeader("X-A")},
        BadInput{"EmptyName", withHeader(": x")},
        BadInput{"NulInHeader", withHeader(std::string("X-A: a\0b", 8))},
        BadInput{"BareLfInHeader", withHeader("X-A: b\nTransfer-Encoding: chunked")},
        BadInput{"BareCrInHeader", withHeader("X-A: b\rX-B: c")},
        BadInput{"LengthWords", withHeader("Content-Length: three") + "abc"},
        BadInput{"LengthSigned", withHeader("Content-Length: +3") + "abc"},
        BadInput{"LengthNegative", withHeader("Content-Length: -1")},
        BadInput{"LengthHex", withHeader("Content-Length: 0x3") + "abc"},
        BadInput{"LengthOverflow", withHeader("Content-Length: 99999999999999999999")},
        BadInput{"LengthTwice", withHeader("Content-Length: 3\r\nContent-Length: 3") + "abc"},
        BadInput{"LengthList", withHeader("Content-Length: 3, 3") + "abc"},
        BadInput{"LengthAndChunked",
                 withHeader("Content-Length: 3\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"},
        BadInput{
            "ChunkedTwice",
            withHeader("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"},
        BadInput{"CodingList", withHeader("Transfer-Encoding: gzip, chunked") + "0\r\n\r\n"},
        BadInput{"CodingUnknown", withHeader("Transfer-Encoding: xchunked") + "0\r\n\r\n"},
        BadInput{"CodingInHttp10",
                 "POST /doc/1 HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        BadInput{"ChunkSizeWords", chunked("xyz\r\nabc\r\n0\r\n\r\n")},
        BadInput{"ChunkSizeEmpty", chunked("\r\nabc\r\n0\r\n\r\n")},
        BadInput{"ChunkSizeSigned", chunked("+3\r\nabc\r\n0\r\n\r\n")},
        BadInput{"ChunkSizePrefixed", chunked("0x3\r\nabc\r\n0\r\n\r\n")},
        BadInput{"ChunkSizeOverflow", chunked("fffffffffffffffff\r\nabc\r\n0\r\n\r\n")},
        BadInput{"ChunkBareLf", chunked("3\nabc\r\n0\r\n\r\n")},
        BadInput{"ChunkTooLong", chunked("3\r\nabcd\r\n0\r\n\r\n")},
        BadInput{"RelativeTarget", withTarget("doc/1")}, BadInput{"StarTarget", withTarget("*")},
        BadInput{"DotSegment", withTarget("/doc/../doc/1")},
        BadInput{"EscapedDotSegment", withTarget("/doc/%2e%2E/doc/1")},
        BadInput{"EscapedSlash", withTarget("/doc/a%2fb")},
        BadInput{"NulInPath", withTarget("/doc/a%00b")},
        BadInput{"NewlineInPath", withTarget("/doc/a%0ab")},
        BadInput{"BrokenEscape", withTarget("/doc/%4")},
        BadInput{"BrokenEscapeDigits", withTarget("/doc/%zz")},
        BadInput{"NotUtf8InPath", withTarget("/doc/%ff")},
        BadInput{"OverlongUtf8InPath", withTarget("/doc/%c0%af")},
        BadInput{"NotUtf8InQuery", withTarget("/doc/1?q=%c3%28")},
        BadInput{"NulInQuery", withTarget("/doc/1?q=%00")},
        BadInput{"ControlInTarget", withTarget("/doc/\x01")},
        BadInput{"TooManyHeaders",
                 [] {
                   std::string all = "GET /doc/1 HTTP/1.1\r\nHost: x\r\n";
                   for (int i = 0; i < 120; ++i) all += "X: 1\r\n";
                   return all + "\r\n";
                 }()},
        BadInput{"LongHeader", withHeader("X-A: " + std::string(20'000, 'a')), 431},
        BadInput{"LongTarget", withTarget("/doc/" + std::string(20'000, 'a')), 431},
        BadInput{"HeadWithoutEnd", std::string(30'000, 'a'), 431},
        BadInput{"LongBody", withHeader("Content-Length: 1048577"), 413}),
    [](const auto& row) { return std::string(row.param.name); });

class HttpOdd : public tests::HttpTest {};

TEST_F(HttpOdd, DecodesOnce) {
  route(Method::Get, "/{name}", [](Request& r) { return Response::text(r.pathParams["name"]); });
  start();
  EXPECT_EQ(get("/%252e%252e").body, "%2e%2e");
  EXPECT_EQ(get("/a%2525").body, "a%25");
  EXPECT_EQ(get("/a+b").body, "a+b");
  EXPECT_EQ(get("/...").body, "...");
}

TEST_F(HttpOdd, TakesTheAbsoluteFormOfATarget) {
  route(Method::Get, "/doc/{id}", [](Request& r) { return Response::text(r.path); });
  start();
  EXPECT_EQ(get("http://proxy.example/doc/1?a=b").body, "/doc/1");
  EXPECT_EQ(get("HTTP://proxy.example").status, 404);
}

TEST_F(HttpOdd, AClientThatLeavesInTheMiddleHurtsNobody) {
  route(Method::Post, "/", [](Request& r) { return Response::text(r.bodyText()); });
  start();
  for (int i = 0; i < 20; ++i) {
    RawConnection connection(port());
    connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this");
  }
  RawConnection connection(port());
  connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this");
  connection.finishSending();
  EXPECT_EQ(connection.receive().status, 400);
  EXPECT_EQ(tests::ask(port(), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok").body,
            "ok");
}

}  // namespace
