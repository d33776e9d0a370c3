// The client against our server and against servers that misbehave.
#include <future>
#include <sstream>

#include "base/crypto/digest.h"
#include "tests/integration/base/http/http_fixture.h"

namespace {

using namespace base::http;
using namespace std::chrono_literals;
using tests::RawConnection;
using tests::RawServer;

ClientOptions to(const RawServer& server, const std::string& path = "") {
  ClientOptions options;
  options.baseUrl = "http://127.0.0.1:" + std::to_string(server.port()) + path;
  options.timeout = 5s;
  return options;
}

/// Takes one request without a body and answers it.
RawServer::Script answer(const std::string& bytes) {
  return [bytes](RawConnection& connection) {
    connection.receiveUntil("\r\n\r\n");
    connection.send(bytes);
  };
}
const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

class HttpClient : public tests::HttpTest {};

TEST_F(HttpClient, SendsAndReceivesWithABasePath) {
  route(Method::Put, "/base/x", [](Request& r) {
    return Response::text(r.target + "|" + r.header("X-A").value_or("") + "|" + r.bodyText(), 201)
        .set("X-B", "b");
  });
  start();
  Client client(clientOptions("/base/"));
  const ClientResponse response = client.send(
      {.method = "PUT", .path = "/x?y=z", .headers = {{"X-A", "a"}}, .body = "some body"});
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, "/base/x?y=z|a|some body");
  EXPECT_EQ(response.header("x-b"), "b");
  EXPECT_EQ(response.header("none"), std::nullopt);
}

TEST_F(HttpClient, StreamsBothWays) {
  const std::string bytes = base::randomBytes(5 << 20);
  route(
      Method::Post, "/echo",
      [](Request& r) {
        Response response;
        response.body = [text = r.bodyText()](std::ostream& out) { out << text; };
        return response;
      },
      64 << 20);
  start();
  Client client(clientOptions());
  for (int i = 0; i < 2; ++i) {
    std::istringstream in(bytes);
    base::Sha256 digest;
    const ClientResponse response =
        client.send({.method = "POST", .path = "/echo", .stream = &in, .streamSize = bytes.size()},
                    [&](std::string_view piece) { digest.update(piece); });
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "");
    EXPECT_TRUE(digest.finish() == base::sha256(bytes));
  }
}

TEST_F(HttpClient, ASinkTakesOnlySuccess) {
  start();
  std::string taken;
  Client client(clientOptions());
  const ClientResponse response =
      client.send({.path = "/none"}, [&](std::string_view piece) { taken += piece; });
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, "not found");
  EXPECT_EQ(taken, "");
}

struct OwnError {};

TEST_F(HttpClient, ASinksExceptionPassesAndTheNextRequestWorks) {
  route(Method::Get, "/", [](Request&) { return Response::text("some text"); });
  start();
  Client client(clientOptions());
  EXPECT_THROW(client.send({.path = "/"}, [](std::string_view) { throw OwnError(); }), OwnError);
  EXPECT_THROW(client.send({.path = "/"}, [](std::string_view) { throw BadRequest("mine"); }),
               BadRequest);
  EXPECT_EQ(client.send({.path = "/"}).body, "some text");
}

TEST_F(HttpClient, ReadsARefusalThatComesBeforeTheBodyIsSent) {
  route(
      Method::Post, "/small", [](Request& r) { return Response::text(r.bodyText()); }, 100);
  start();
  Client client(clientOptions());
  EXPECT_EQ(client.send({.method = "POST", .path = "/small", .body = std::string(20'000'000, 'a')})
                .status,
            413);
  EXPECT_EQ(client.send({.method = "POST", .path = "/small", .body = "ok"}).body, "ok");
}

TEST(HttpClientAlone, ReplacesAConnectionThatTheServerClosedWhileItWasIdle) {
  std::promise<void> closed;
  const auto answerAndClose = [&](RawConnection& connection) {
    answer(kOk)(connection);
    connection.finishSending();
    closed.set_value();
  };
  RawServer server({answerAndClose, answer(kOk)});
  Client client(to(server));
  EXPECT_EQ(client.send({.path = "/"}).body, "ok");
  closed.get_future().wait();
  EXPECT_EQ(client.send({.method = "POST", .path = "/"}).body, "ok");
}

/// Answers once, takes a second request and closes without a word.
RawServer::Script answerOnceThenLeave() {
  return [](RawConnection& connection) {
    connection.receiveUntil("\r\n\r\n");
    connection.send(kOk);
    connection.receiveUntil("\r\n\r\n");
  };
}

TEST(HttpClientAlone, RepeatsWhatMayBeRepeated) {
  RawServer server({answerOnceThenLeave(), answer(kOk)});
  Client client(to(server));
  EXPECT_EQ(client.send({.path = "/"}).body, "ok");
  EXPECT_EQ(client.send({.path = "/"}).body, "ok");
}

TEST(HttpClientAlone, DoesNotRepeatWhatMayHaveHappened) {
  RawServer server({answerOnceThenLeave(), answer(kOk)});
  Client client(to(server));
  EXPECT_EQ(client.send({.path = "/"}).body, "ok");
  EXPECT_THROW(client.send({.method = "POST", .path = "/"}), TransportError);
  EXPECT_EQ(client.send({.path = "/"}).body, "ok");
}

TEST(HttpClientAlone, RewindsTheStreamWhenItRepeats) {
  const auto takeBody = [](RawConnection& connection) {
    connection.receiveUntil("\r\n\r\n");
    const std::string body = connection.receiveUntil("#");
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
                    "\r\n\r\n" + body);
  };
  RawServer server({answerOnceThenLeave(), takeBody});
  Client client(to(server));
  client.send({.path = "/"});
  std::istringstream in("skipped,the body#");
  in.ignore(8);
  EXPECT_EQ(client.send({.method = "PUT", .path = "/", .stream = &in, .streamSize = 9}).body,
            "the body");
}

struct BadAnswer {
  const char* name;
  std::string bytes;
};

class HttpClientBadAnswers : public testing::TestWithParam<BadAnswer> {};

TEST_P(HttpClientBadAnswers, AreTransportErrors) {
  RawServer server({answer(GetParam().bytes)});
  Client client(to(server));
  EXPECT_THROW(client.send({.path = "/"}), TransportError);
}

INSTANTIATE_TEST_SUITE_P(
    Table, HttpClientBadAnswers,
    testing::Values(
        BadAnswer{"Nothing", ""}, BadAnswer{"Words", "hello\r\n\r\n"},
        BadAnswer{"HalfAHead", "HTTP/1.1 200 OK\r\nContent-"},
        BadAnswer{"BadStatus", "HTTP/1.1 2x0 OK\r\n\r\n"},
        BadAnswer{"ShortBody", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"},
        BadAnswer{"ShortChunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nabc"},
        BadAnswer{"NoLastChunk",
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"},
        BadAnswer{"TwoLengths",
                  "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"},
        BadAnswer{"EndlessHead", "HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'a')},
        BadAnswer{"OverTheLimit", "HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(HttpClientAlone, ReadsToTheEndWhereNoLengthIsGiven) {
  RawServer server({answer("HTTP/1.0 200 OK\r\n\r\nup to the end")});
  EXPECT_EQ(Client(to(server)).send({.path = "/"}).body, "up to the end");
}

TEST(HttpClientAlone, PassesOverInterimAnswers) {
  RawServer server(
      {answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + kOk)});
  EXPECT_EQ(Client(to(server)).send({.path = "/"}).body, "ok");
}

TEST(HttpClientAlone, GivesUpOnASilentServer) {
  RawServer server({[](RawConnection& connection) { connection.isClosed(10s); }});
  ClientOptions options = to(server);
  options.timeout = 1s;
  EXPECT_THROW(Client(options).send({.path = "/"}), TransportError);
}

TEST(HttpClientAlone, TellsThatNobodyIsThere) {
  std::uint16_t port = 0;
  { port = RawServer({}).port(); }
  ClientOptions options;
  options.baseUrl = "http://127.0.0.1:" + std::to_string(port);
  EXPECT_THROW(Client(options).send({.path = "/"}), TransportError);
  options.baseUrl = "http://no-such-host.invalid";
  EXPECT_THROW(Client(options).send({.path = "/"}), TransportError);
}

TEST(HttpClientAlone, RefusesAddressesThatAreNone) {
  for (const char* url : {"", "example.vn", "ftp://example.vn", "http://", "http://u:p@example.vn",
                          "http://example.vn/?q=1", "http://example.vn:99999999"}) {
    ClientOptions options;
    options.baseUrl = url;
    EXPECT_THROW(const Client client(options), std::invalid_argument) << url;
  }
}

TEST(HttpClientAlone, RefusesRequestsThatWouldSplit) {
  RawServer server({answer(kOk)});
  Client client(to(server));
  EXPECT_THROW(client.send({.path = "/a b"}), std::invalid_argument);
  EXPECT_THROW(client.send({.path = "/", .headers = {{"X", "a\r\nY: b"}}}), std::invalid_argument);
}

TEST(HttpClientAlone, ASourceThatIsTooShortIsNoTransportError) {
  RawServer server({[](RawConnection& connection) { connection.isClosed(); }});
  Client client(to(server));
  std::istringstream in("short");
  try {
    client.send({.method = "POST", .path = "/", .stream = &in, .streamSize = 100});
    FAIL() << "sent";
  } catch (const TransportError&) {
    FAIL() << "retryable";
  } catch (const std::runtime_error&) {
    SUCCEED();
  }
}

}  // namespace
