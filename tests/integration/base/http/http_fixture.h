// A server on a free port with routes that show what a handler got.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "base/blob/blob_store.h"
#include "base/http/client.h"
#include "base/http/server.h"
#include "base/metrics.h"
#include "tests/support/raw_http.h"
#include "tests/support/temporary_folder.h"

namespace tests {

/// Calls the handler; faults are their number's name.
class PlainDispatcher : public base::http::Dispatcher {
 public:
  base::http::Response dispatch(const base::http::Route& route,
                                base::http::Request& request) override {
    return route.handler(request);
  }
  base::http::Response fault(base::http::Fault fault, const base::http::Request& request) override;
};

class HttpTest : public testing::Test {
 protected:
  HttpTest() : blobs_(folder_.path() / "blobs", 0) {}

  /// Adds a route before start().
  void route(base::http::Method method, const std::string& pattern, base::http::Handler handler,
             std::uint64_t bodyLimit = 1 << 20);
  void start();
  void stop() { server_->stop(); }
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] RawAnswer get(const std::string& target, const std::string& headers = "");
  [[nodiscard]] base::http::ClientOptions clientOptions(const std::string& path = "") const;

  TemporaryFolder folder_;
  base::BlobStore blobs_;
  base::SystemClock clock_;
  base::Metrics metrics_;
  base::http::Router router_;
  PlainDispatcher dispatcher_;
  base::http::ServerOptions options_;
  std::unique_ptr<base::http::Server> server_;
};

}  // namespace tests
