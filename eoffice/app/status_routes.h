// What machines ask a service about itself: /healthz (it lives), /readyz (it can work), /metrics.
// No sign-in: they show numbers and states, never contents.
#pragma once

#include <functional>

#include "base/http/router.h"
#include "base/metrics.h"

namespace eoffice::app {

class Store;

/// `ready` is called for each /readyz; it must be quick.
void addStatusRoutes(base::http::Router& router, base::Metrics& metrics,
                     std::function<bool()> ready);

/// Gauges of the connection pool and the private server.
void addDatabaseGauges(base::Metrics& metrics, Store& store);

}  // namespace eoffice::app
