#include "base/http/meters.h"

#include <algorithm>

#include "base/log.h"

namespace base::http {

Meters::PerRoute Meters::declare(Metrics& metrics, const std::string& route) {
  static const std::vector<double> kBounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                              0.25,  0.5,    1,     2.5,  5,     10};
  PerRoute meters{};
  for (std::size_t i = 0; i < meters.byClass.size(); ++i) {
    meters.byClass[i] =
        &metrics.counter("http_requests_total", "Requests answered.",
                         {{"route", route}, {"status", std::to_string(i + 1) + "xx"}});
  }
  meters.seconds = &metrics.histogram("http_request_seconds",
                                      "From the request's head to the last byte of its answer.",
                                      kBounds, {{"route", route}});
  return meters;
}

Meters::Meters(const Router& router, Metrics& metrics)
    : router_(router),
      gauges_(std::make_shared<Gauges>()),
      received_(metrics.counter("http_received_bytes_total", "Bytes of requests, heads included.")),
      sent_(metrics.counter("http_sent_bytes_total", "Bytes of answers, heads included.")),
      refused_(metrics.counter("http_refused_connections_total",
                               "Connections that found the server full.")) {
  for (const Route& route : router.routes()) routes_.push_back(declare(metrics, route.name));
  routes_.push_back(declare(metrics, "none"));
  metrics.gauge("http_requests_in_flight", "Requests at work.", {},
                [gauges = gauges_] { return static_cast<double>(gauges->inFlight); });
  metrics.gauge("http_connections", "Connections open, idle ones included.", {},
                [gauges = gauges_] { return static_cast<double>(gauges->connections); });
}

void Meters::finished(const Finished& request) {
  const std::size_t index = request.route
                                ? static_cast<std::size_t>(request.route - router_.routes().data())
                                : routes_.size() - 1;
  const PerRoute& meters = routes_[index];
  meters.byClass[static_cast<std::size_t>(std::clamp(request.status / 100, 1, 5) - 1)]->add();
  meters.seconds->observe(std::chrono::duration<double>(request.took).count());
  received_.add(static_cast<double>(request.received));
  sent_.add(static_cast<double>(request.sent));
  const bool good = request.route != nullptr && request.status < 400;
  log::write(good ? request.route->logged : log::Level::Info, "http.request",
             {{"route", request.route ? request.route->name : std::string("none")},
              {"method", request.method},
              {"status", request.status},
              {"us", std::chrono::duration_cast<std::chrono::microseconds>(request.took).count()},
              {"in", request.received},
              {"out", request.sent}});
}

}  // namespace base::http
