#include "tests/integration/base/http/http_fixture.h"

namespace tests {

using namespace base::http;

Response PlainDispatcher::fault(Fault fault, const Request&) {
  switch (fault) {
    case Fault::BadRequest:
      return Response::text("bad request", 400);
    case Fault::NotFound:
      return Response::text("not found", 404);
    case Fault::MethodNotAllowed:
      return Response::text("not by this method", 405);
    case Fault::TooLarge:
      return Response::text("too large", 413);
    case Fault::HeadersTooLarge:
      return Response::text("headers too large", 431);
    case Fault::Timeout:
      return Response::text("too slow", 408);
    case Fault::Internal:
      return Response::text("internal", 500);
    case Fault::Unavailable:
      return Response::text("unavailable", 503);
  }
  return Response::text("no such fault", 500);
}

void HttpTest::route(Method method, const std::string& pattern, Handler handler,
                     std::uint64_t bodyLimit) {
  Route added;
  added.method = method;
  added.pattern = pattern;
  added.name = pattern;
  added.handler = std::move(handler);
  added.bodyLimit = bodyLimit;
  router_.add(std::move(added));
}

void HttpTest::start() {
  options_.port = 0;
  server_ = std::make_unique<Server>(options_, router_, dispatcher_, metrics_, clock_);
  server_->start();
}

RawAnswer HttpTest::get(const std::string& target, const std::string& headers) {
  return ask(port(), "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
}

ClientOptions HttpTest::clientOptions(const std::string& path) const {
  ClientOptions options;
  options.baseUrl = "http://127.0.0.1:" + std::to_string(port()) + path;
  options.timeout = std::chrono::seconds(20);
  return options;
}

}  // namespace tests
