// What the server counts and logs of each request. Safe from any thread. Internal to base/http.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/router.h"
#include "base/metrics.h"

namespace base::http {

/// One finished request.
struct Finished {
  const Route* route = nullptr;  ///< Null: none was found.
  std::string_view method;
  int status = 0;
  std::chrono::nanoseconds took{};
  std::uint64_t received = 0;  ///< Bytes, heads included.
  std::uint64_t sent = 0;
};

class Meters {
 public:
  /// The router is complete: its routes are counted by their names.
  Meters(const Router& router, Metrics& metrics);
  void finished(const Finished& request);

  /// While it lives, a request is in flight.
  class InFlight {
   public:
    explicit InFlight(Meters& meters) : count_(meters.gauges_->inFlight) { ++count_; }
    ~InFlight() { --count_; }
    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;

   private:
    std::atomic<int>& count_;
  };
  void connections(int change) { gauges_->connections += change; }
  void refused() { refused_.add(); }

 private:
  struct PerRoute {
    std::array<Counter*, 5> byClass;  ///< 1xx to 5xx.
    Histogram* seconds;
  };
  /// Outlives the server: the metrics page may still ask.
  struct Gauges {
    std::atomic<int> inFlight{0};
    std::atomic<int> connections{0};
  };
  [[nodiscard]] static PerRoute declare(Metrics& metrics, const std::string& route);

  const Router& router_;
  std::shared_ptr<Gauges> gauges_;
  Counter& received_;
  Counter& sent_;
  Counter& refused_;
  std::vector<PerRoute> routes_;  ///< As in the router; the last is for requests without a route.
};

}  // namespace base::http
