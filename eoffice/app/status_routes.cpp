#include "eoffice/app/status_routes.h"

#include "eoffice/app/platform.h"

namespace eoffice::app {

using base::http::Method;
using base::http::Request;
using base::http::Response;

void addStatusRoutes(base::http::Router& router, base::Metrics& metrics,
                     std::function<bool()> ready) {
  router.add({.method = Method::Get,
              .pattern = "/healthz",
              .name = "status.health",
              .handler = [](Request&) { return Response::text("ok\n"); },
              .logged = base::log::Level::Debug});
  router.add({.method = Method::Get,
              .pattern = "/readyz",
              .name = "status.ready",
              .handler =
                  [ready = std::move(ready)](Request&) {
                    return ready() ? Response::text("ready\n") : Response::text("not ready\n", 503);
                  },
              .logged = base::log::Level::Debug});
  router.add({.method = Method::Get,
              .pattern = "/metrics",
              .name = "status.metrics",
              .handler =
                  [&metrics](Request&) {
                    auto response = Response::text(metrics.render());
                    response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                    return response;
                  },
              .logged = base::log::Level::Debug});
}

void addDatabaseGauges(base::Metrics& metrics, Store& store) {
  auto& database = store.database();
  metrics.gauge("eoffice_database_connections", "Connections to the database.", {{"state", "open"}},
                [&] { return static_cast<double>(database.pool().open); });
  metrics.gauge("eoffice_database_connections", "Connections to the database.", {{"state", "busy"}},
                [&] { return static_cast<double>(database.pool().busy); });
  metrics.gauge("eoffice_database_transaction_retries_total", "Transactions that began again.", {},
                [&] { return static_cast<double>(database.pool().retries); });
  if (const auto* own = store.own()) {
    metrics.gauge("eoffice_mariadb_restarts_total", "Restarts of the private MariaDB.", {},
                  [own] { return static_cast<double>(own->restarts()); });
  }
}

}  // namespace eoffice::app
