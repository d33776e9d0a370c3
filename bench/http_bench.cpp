// How many small answers the HTTP door gives over kept connections, client and server sharing the
// machine, and what an upload and a page cost. The promise: above 15,000 small answers a second on
// two cores.
#include <benchmark/benchmark.h>

#include <memory>

#include "base/http/client.h"
#include "base/http/server.h"
#include "base/log.h"

namespace {

using namespace base::http;

class Plain : public Dispatcher {
 public:
  Response dispatch(const Route& route, Request& request) override {
    return route.handler(request);
  }
  Response fault(Fault, const Request&) override { return Response::text("fault", 500); }
};

std::uint64_t countBody(Request& request) {
  std::string piece(64 * 1024, '\0');
  std::uint64_t total = 0;
  do {
    request.body().read(piece.data(), static_cast<std::streamsize>(piece.size()));
    total += static_cast<std::uint64_t>(request.body().gcount());
  } while (request.body());
  return total;
}

Router routes() {
  Router router;
  router.add({Method::Get, "/small", "small", [](Request&) {
                return Response::json(R"({"id":42,"state":"processing","due":"2026-01-06"})");
              }});
  router.add({Method::Get, "/page", "page", [](Request&) {
                std::string rows;
                for (int i = 0; i < 1500; ++i) {
                  rows += "<tr><td>" + std::to_string(i * 7919) + "</td></tr>\n";
                }
                return Response::html(rows);
              }});
  router.add({Method::Post, "/upload", "upload",
              [](Request& request) { return Response::text(std::to_string(countBody(request))); },
              1ULL << 30});
  return router;
}

/// One server for all of them.
struct Site {
  Site() {
    base::log::configure(base::log::Level::Warning, base::log::Format::Plain, clock);
    ServerOptions options;
    options.port = 0;
    server = std::make_unique<Server>(options, router, dispatcher, metrics, clock);
    server->start();
  }
  base::SystemClock clock;
  base::Metrics metrics;
  Plain dispatcher;
  Router router = routes();
  std::unique_ptr<Server> server;
};

Client newClient() {
  static Site site;
  ClientOptions options;
  options.baseUrl = "http://127.0.0.1:" + std::to_string(site.server->port());
  return Client(options);
}

void smallAnswer(benchmark::State& state) {
  Client client = newClient();
  for (auto _ : state) benchmark::DoNotOptimize(client.send({.path = "/small"}).status);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(smallAnswer)->Threads(1)->Threads(8)->Threads(64)->UseRealTime();

void pressedPage(benchmark::State& state) {
  Client client = newClient();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        client.send({.path = "/page", .headers = {{"Accept-Encoding", "gzip"}}}).body.size());
  }
}
BENCHMARK(pressedPage)->Unit(benchmark::kMicrosecond)->UseRealTime();

void upload(benchmark::State& state) {
  Client client = newClient();
  const std::string body(32 << 20, 'x');
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        client.send({.method = "POST", .path = "/upload", .body = body}).status);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}
BENCHMARK(upload)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
