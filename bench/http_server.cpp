// A server of small answers for bench/http.sh: http_server PORT [CERTIFICATE KEY]. Ends with its
// standard input.
#include <iostream>

#include "base/http/server.h"
#include "base/log.h"

namespace {

using namespace base::http;

class Plain : public Dispatcher {
 public:
  Response dispatch(const Route& route, Request& request) override {
    return route.handler(request);
  }
  Response fault(Fault, const Request&) override { return Response::text("fault\n", 500); }
};

Router routes() {
  Router router;
  router.add({Method::Get, "/small", "small", [](Request&) {
                return Response::json(R"({"id":42,"state":"processing","due":"2026-01-06"})");
              }});
  router.add({Method::Get, "/page", "page", [](Request&) {
                std::string rows;
                for (int i = 0; i < 400; ++i) rows += "<tr><td>" + std::to_string(i) + "</td></tr>";
                return Response::html(rows);
              }});
  router.add({Method::Post, "/upload", "upload",
              [](Request& request) {
                std::string piece(64 * 1024, '\0');
                std::uint64_t total = 0;
                while (request.body().read(piece.data(), 64 * 1024)) total += 64 * 1024;
                total += static_cast<std::uint64_t>(request.body().gcount());
                return Response::text(std::to_string(total) + "\n");
              },
              1ULL << 32});
  return router;
}

}  // namespace

int main(int argc, char** argv) {
  const base::SystemClock clock;
  base::log::configure(base::log::Level::Warning, base::log::Format::Plain, clock);
  base::Metrics metrics;
  Plain dispatcher;
  const Router router = routes();
  ServerOptions options;
  if (argc > 1) options.port = static_cast<std::uint16_t>(std::stoi(argv[1]));
  if (argc > 3) {
    options.tlsCertificate = argv[2];
    options.tlsKey = argv[3];
  }
  Server server(options, router, dispatcher, metrics, clock);
  server.start();
  std::cout << server.port() << std::endl;
  std::cin.ignore(std::numeric_limits<std::streamsize>::max());
  server.stop();
  return 0;
}
