// What a well-behaved client gets from the HTTP door.
#include <atomic>
#include <set>
#include <thread>

#include "base/failure.h"
#include "tests/integration/base/http/http_fixture.h"

namespace {

using namespace base::http;
using tests::ask;
using tests::RawAnswer;
using tests::RawConnection;

class HttpServer : public tests::HttpTest {};

TEST_F(HttpServer, GivesAHandlerPathQueryHeadersAndCookies) {
  route(Method::Get, "/a/{id}/b/{name}", [](Request& r) {
    return Response::text(
        r.pathParams.at("id") + "|" + r.pathParams.at("name") + "|" + r.query("q").value_or("-") +
        "|" + r.query("none").value_or("-") + "|" + std::to_string(r.queryAll("q").size()) + "|" +
        r.header("x-one").value_or("-") + "|" + r.cookie("session").value_or("-"));
  });
  start();
  const RawAnswer answer = get("/a/7/b/C%C3%B4ng%20v%C4%83n?q=%C4%90%C3%A0+N%E1%BA%B5ng&q=2",
                               "X-One:  two words \r\nCookie: a=b; session=xyz; session=other\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "7|Công văn|Đà Nẵng|-|2|two words|xyz");
}

TEST_F(HttpServer, SaysNothingOfItself) {
  route(Method::Get, "/", [](Request&) { return Response::text("x"); });
  start();
  const RawAnswer answer = get("/");
  EXPECT_EQ(answer.headers.count("server"), 0U);
  EXPECT_EQ(answer.headers.count("date"), 1U);
}

TEST_F(HttpServer, KeepsTheConnectionAndAnswersPipelinedRequestsInOrder) {
  route(Method::Get, "/{n}", [](Request& r) { return Response::text(r.pathParams["n"]); });
  start();
  RawConnection connection(port());
  connection.send(
      "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n\r\nGET /3 ");
  EXPECT_EQ(connection.receive().body, "1");
  EXPECT_EQ(connection.receive().body, "2");
  connection.send("HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const RawAnswer last = connection.receive();
  EXPECT_EQ(last.body, "3");
  EXPECT_EQ(last.headers.at("connection"), "close");
  EXPECT_TRUE(connection.isClosed());
}

TEST_F(HttpServer, AHeadThatComesByteByByteIsUnderstood) {
  route(Method::Get, "/", [](Request&) { return Response::text("x"); });
  start();
  RawConnection connection(port());
  for (const char c : std::string("GET / HTTP/1.1\r\nHost: x\r\n\r\n")) connection.send({&c, 1});
  EXPECT_EQ(connection.receive().status, 200);
}

TEST_F(HttpServer, Http10ClosesUnlessAskedToStay) {
  route(Method::Get, "/", [](Request&) { return Response::text("x"); });
  start();
  RawConnection closing(port());
  closing.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(closing.receive().status, 200);
  EXPECT_TRUE(closing.isClosed());
  RawConnection staying(port());
  staying.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(staying.receive().headers.at("connection"), "keep-alive");
  staying.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(staying.receive().status, 200);
}

TEST_F(HttpServer, HeadIsGetWithoutTheBody) {
  route(Method::Get, "/", [](Request& r) {
    return Response::text(std::string(name(r.method)) + std::string(96, '.'));
  });
  start();
  RawConnection connection(port());
  connection.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(connection.receive(true).headers.at("content-length"), "100");
  connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(connection.receive().body.substr(0, 4), "GET.");
}

TEST_F(HttpServer, UnknownPathsAndMethodsAreFaults) {
  route(Method::Get, "/doc/{id}", [](Request&) { return Response::text("x"); });
  route(Method::Delete, "/doc/{id}", [](Request&) { return Response::noContent(); });
  start();
  EXPECT_EQ(get("/").status, 404);
  EXPECT_EQ(get("/doc").status, 404);
  EXPECT_EQ(get("/doc/").status, 404);
  for (const char* method : {"POST", "OPTIONS", "TRACE", "BREW"}) {
    const RawAnswer answer =
        ask(port(), std::string(method) + " /doc/1 HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.headers.at("allow"), "GET, HEAD, DELETE") << method;
  }
  EXPECT_EQ(ask(port(), "DELETE /doc/1 HTTP/1.1\r\nHost: x\r\n\r\n").status, 204);
  EXPECT_EQ(ask(port(), "BREW /none HTTP/1.1\r\nHost: x\r\n\r\n").status, 404);
}

struct Away : std::runtime_error, base::Unavailable {
  using std::runtime_error::runtime_error;
};

TEST_F(HttpServer, ExceptionsBecomeFaults) {
  route(Method::Get, "/bad", [](Request&) -> Response { throw BadRequest("b"); });
  route(Method::Get, "/none", [](Request&) -> Response { throw NotFound("n"); });
  route(Method::Get, "/away", [](Request&) -> Response { throw Away("database"); });
  route(Method::Get, "/disk", [](Request&) -> Response { throw base::DiskFull("full"); });
  route(Method::Get, "/odd", [](Request&) -> Response { throw 42; });
  route(Method::Get, "/bug", [](Request&) -> Response { throw std::logic_error("bug"); });
  start();
  EXPECT_EQ(get("/bad").status, 400);
  EXPECT_EQ(get("/none").status, 404);
  EXPECT_EQ(get("/away").status, 503);
  EXPECT_EQ(get("/away").headers.at("retry-after"), "5");
  EXPECT_EQ(get("/disk").status, 503);
  EXPECT_EQ(get("/bug").status, 500);
  EXPECT_EQ(get("/bug").body, "internal");
  EXPECT_EQ(get("/odd").status, 500);
}

TEST_F(HttpServer, AHeaderThatWouldStartAnotherIsNeverSent) {
  route(Method::Get, "/set",
        [](Request& r) { return Response::text("x").set("X-Echo", r.query("v").value_or("")); });
  route(Method::Get, "/go",
        [](Request& r) { return Response::redirect(r.query("v").value_or("")); });
  start();
  EXPECT_EQ(get("/set?v=a%0d%0aSet-Cookie:%20x=1").status, 500);
  const RawAnswer answer = get("/go?v=/a%0d%0aSet-Cookie:%20x%3D1%20%C3%A0");
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(answer.headers.at("location"), "/a%0D%0ASet-Cookie:%20x=1%20%C3%A0");
}

TEST_F(HttpServer, BelievesOnlyTrustedProxies) {
  route(Method::Get, "/", [](Request& r) {
    return Response::text(r.clientAddress + "|" + (r.secure ? "secure" : "plain") + "|" +
                          r.requestId);
  });
  const std::string forwarded =
      "X-Forwarded-For: 203.0.113.9, 198.51.100.7, 127.0.0.1\r\nX-Forwarded-Proto: https\r\n"
      "X-Request-Id: given-by-proxy.1\r\n";
  start();
  const RawAnswer direct = get("/", forwarded);
  EXPECT_EQ(direct.body, "127.0.0.1|plain|" + direct.headers.at("x-request-id"));
  EXPECT_EQ(direct.headers.at("x-request-id").size(), 16U);
  stop();
  options_.trustedProxies = {"127.0.0.0/8"};
  start();
  EXPECT_EQ(get("/", forwarded).body, "198.51.100.7|secure|given-by-proxy.1");
  EXPECT_EQ(get("/", "X-Request-Id: <script>\r\n").headers.at("x-request-id").size(), 16U);
  EXPECT_EQ(get("/", "X-Forwarded-For: no address\r\n").body.substr(0, 9), "127.0.0.1");
}

TEST_F(HttpServer, RequestIdsDiffer) {
  route(Method::Get, "/", [](Request& r) { return Response::text(r.requestId); });
  start();
  std::set<std::string> ids;
  for (int i = 0; i < 200; ++i) ids.insert(get("/").body);
  EXPECT_EQ(ids.size(), 200U);
}

TEST_F(HttpServer, CountsByRouteAndClass) {
  route(Method::Get, "/doc/{id}", [](Request&) { return Response::text("x"); });
  start();
  (void)get("/doc/1");
  (void)get("/doc/2");
  (void)get("/nothing");
  stop();  // What is counted behind the answer is counted now.
  const std::string page = metrics_.render();
  EXPECT_NE(page.find("http_requests_total{route=\"/doc/{id}\",status=\"2xx\"} 2"),
            std::string::npos)
      << page;
  EXPECT_NE(page.find("http_requests_total{route=\"none\",status=\"4xx\"} 1"), std::string::npos);
  EXPECT_NE(page.find("http_request_seconds_count{route=\"/doc/{id}\"} 2"), std::string::npos);
  EXPECT_NE(page.find("http_requests_in_flight 0"), std::string::npos);
  EXPECT_NE(page.find("http_connections 0"), std::string::npos);
}

TEST_F(HttpServer, APortThatIsTakenIsTold) {
  start();
  ServerOptions second;
  second.port = port();
  base::Metrics metrics;
  try {
    const Server other(second, router_, dispatcher_, metrics, clock_);
    FAIL() << "both listen";
  } catch (const ListenError& error) {
    EXPECT_EQ(error.kind(), ListenError::Kind::InUse);
    EXPECT_NE(std::string(error.what()).find(std::to_string(port())), std::string::npos);
  }
}

TEST_F(HttpServer, AnAddressThatIsNoneIsTold) {
  options_.address = "192.0.2.1";
  EXPECT_THROW(start(), ListenError);
}

TEST_F(HttpServer, ManyThreadsAskAtOnce) {
  route(Method::Get, "/{n}", [](Request& r) { return Response::text(r.pathParams["n"]); });
  start();
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      RawConnection connection(port());
      for (int i = 0; i < 200; ++i) {
        const std::string text = std::to_string(t) + "-" + std::to_string(i);
        connection.send("GET /" + text + " HTTP/1.1\r\nHost: x\r\n\r\n");
        if (connection.receive().body == text) ++right;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 1600);
}

}  // namespace
