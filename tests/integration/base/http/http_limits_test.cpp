// The door under pressure: slow, many, idle and leaving clients, and its own stop.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "tests/integration/base/http/http_fixture.h"

namespace {

using namespace base::http;
using namespace std::chrono_literals;
using tests::ask;
using tests::RawConnection;

const std::string kAsk = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

/// A handler waits here until the test lets it go on.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void awaitWaiting(int count) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, 30s, [&] { return waiting_ >= count; }));
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

class HttpLimits : public tests::HttpTest {
 protected:
  HttpLimits() {
    route(Method::Get, "/", [](Request&) { return Response::text("x"); });
    route(Method::Post, "/echo", [](Request& r) { return Response::text(r.bodyText()); });
    route(Method::Get, "/gate", [this](Request&) {
      gate_.pass();
      return Response::text("passed");
    });
  }
  ~HttpLimits() override {
    gate_.open();
    server_.reset();
  }
  Gate gate_;
};

TEST_F(HttpLimits, IdleConnectionsHoldNoThread) {
  options_.threads = 2;
  start();
  std::vector<std::unique_ptr<RawConnection>> idle;
  for (int i = 0; i < 60; ++i) {
    idle.push_back(std::make_unique<RawConnection>(port()));
    if (i % 2 == 0) continue;  // Half say nothing at all, half have been served once.
    idle.back()->send(kAsk);
    EXPECT_EQ(idle.back()->receive().status, 200);
  }
  EXPECT_EQ(get("/").status, 200);
  for (auto& connection : idle) {
    connection->send(kAsk);
    EXPECT_EQ(connection->receive().status, 200);
  }
}

TEST_F(HttpLimits, SlowHeadsAndSlowBodiesHoldNoThreadFromOthers) {
  options_.threads = 2;
  start();
  std::vector<std::unique_ptr<RawConnection>> slow;
  for (int i = 0; i < 20; ++i) {
    slow.push_back(std::make_unique<RawConnection>(port()));
    slow.back()->send(i % 2 == 0 ? "GET / HT"
                                 : "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n1");
  }
  for (int i = 0; i < 50; ++i) EXPECT_EQ(get("/").status, 200);
  for (std::size_t i = 0; i < slow.size(); ++i) {
    slow[i]->send(i % 2 == 0 ? "TP/1.1\r\nHost: x\r\n\r\n" : "2");
    EXPECT_EQ(slow[i]->receive().body, i % 2 == 0 ? "x" : "12");
  }
  for (int i = 0; i < 50; ++i) EXPECT_EQ(get("/").status, 200);
}

TEST_F(HttpLimits, AHeadThatDoesNotEndInTimeIsTold) {
  options_.timeout = 1s;
  start();
  RawConnection trickling(port());
  trickling.send("GET / HTTP/1.1\r\nX: ");
  while (!trickling.hasBytes(20ms)) trickling.send("a");  // Single bytes do not win more time.
  EXPECT_EQ(trickling.receive().status, 408);
  RawConnection silent(port());
  EXPECT_TRUE(silent.isClosed());
}

TEST_F(HttpLimits, ABodyThatStopsIsTold) {
  options_.timeout = 1s;
  start();
  RawConnection connection(port());
  connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
  EXPECT_EQ(connection.receive().status, 408);
  EXPECT_TRUE(connection.isClosed(10s));
}

TEST_F(HttpLimits, ABodyThatTricklesIsTold) {
  options_.timeout = 1s;
  start();
  RawConnection connection(port());
  connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n");
  while (!connection.hasBytes(20ms)) connection.send("a");
  EXPECT_EQ(connection.receive().status, 408);
}

TEST_F(HttpLimits, AnIdleConnectionIsClosedInTime) {
  options_.keepAlive = 1s;
  start();
  RawConnection connection(port());
  connection.send(kAsk);
  EXPECT_EQ(connection.receive().status, 200);
  EXPECT_TRUE(connection.isClosed());
}

TEST_F(HttpLimits, TheLongestIdleMakesRoomAndTheRestIsRefused) {
  options_.connections = 2;
  options_.threads = 4;
  start();
  RawConnection idle(port());
  idle.send(kAsk);
  EXPECT_EQ(idle.receive().status, 200);
  RawConnection busy(port());
  busy.send("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n");
  gate_.awaitWaiting(1);
  std::unique_ptr<RawConnection> next;
  do {  // Until the server has noticed that the first one is idle again.
    next = std::make_unique<RawConnection>(port());
    next->send("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n");
  } while (next->hasBytes(2s));
  gate_.awaitWaiting(2);
  EXPECT_TRUE(idle.isClosed());
  const auto refused = ask(port(), kAsk);
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.headers.at("retry-after"), "5");
  gate_.open();
  EXPECT_EQ(busy.receive().body, "passed");
  EXPECT_EQ(next->receive().body, "passed");
}

TEST_F(HttpLimits, AReaderThatDoesNotReadIsCutOff) {
  options_.timeout = 1s;
  std::atomic<bool> broken{false};
  route(Method::Get, "/endless", [&](Request&) {
    Response response;
    response.body = [&](std::ostream& out) {
      try {
        while (true) out << std::string(100'000, 'x');
      } catch (const ConnectionBroken&) {
        broken = true;
        throw;
      }
    };
    return response;
  });
  start();
  RawConnection connection(port());
  connection.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(connection.hasBytes(10s));
  stop();  // Waits for the request.
  EXPECT_TRUE(broken);
}

TEST_F(HttpLimits, StopLetsRequestsEndAndTakesNoMore) {
  start();
  const std::uint16_t where = port();
  RawConnection idle(where);
  idle.send(kAsk);
  EXPECT_EQ(idle.receive().status, 200);
  RawConnection busy(where);
  busy.send("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n");
  gate_.awaitWaiting(1);
  std::thread stopping([this] { stop(); });
  EXPECT_TRUE(busy.send(kAsk));
  gate_.open();
  const auto answer = busy.receive();
  EXPECT_EQ(answer.body, "passed");
  stopping.join();
  EXPECT_TRUE(idle.isClosed());
  EXPECT_TRUE(busy.isClosed());
  server_->stop();
}

TEST_F(HttpLimits, StopCutsOffWhatDoesNotEnd) {
  options_.stopWithin = 0s;
  start();
  RawConnection connection(port());
  connection.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(connection.receive().status, 100);  // The handler waits for the body.
  const auto begun = std::chrono::steady_clock::now();
  stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  EXPECT_TRUE(connection.isClosed());
}

TEST_F(HttpLimits, AServerThatWasNeverStartedStops) {
  options_.port = 0;
  Server server(options_, router_, dispatcher_, metrics_, clock_);
  server.stop();
}

}  // namespace
