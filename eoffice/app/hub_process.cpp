#include "base/log.h"
#include "eoffice/app/office_process.h"
#include "eoffice/app/platform.h"
#include "eoffice/app/process_parts.h"
#include "eoffice/app/status_routes.h"
#include "eoffice/app/upkeep.h"
#include "exchange/hub/hub.h"

namespace eoffice::app {

struct HubProcess::Parts {
  explicit Parts(const base::Config& given) : config(given) {
    configureLog(config, *clock);
    store.migrate(config, Kind::Hub);
    addDatabaseGauges(metrics, store);
    addStatusRoutes(router, metrics, [this] { return store.database().answers(); });
    hub.addRoutes(router);
    server = std::make_unique<base::http::Server>(serverOptions(config), router, dispatcher,
                                                  metrics, *clock);
  }

  const base::Config& config;
  std::unique_ptr<base::Clock> clock = makeClock(config);
  base::Metrics metrics;
  Store store{config, Borrowing::Refused};
  base::BlobStore blobs = blobStore(config);
  exchange::hub::Hub hub{store.database(), blobs, *clock, metrics, hubOptions(config)};
  exchange::hub::HubDispatcher dispatcher;
  Upkeep upkeep{{{"hub.purge", [this] { hub.purge(); }}}};
  base::http::Router router;
  std::unique_ptr<base::http::Server> server;
};

HubProcess::HubProcess(const base::Config& config) : parts_(std::make_unique<Parts>(config)) {}
HubProcess::~HubProcess() = default;

void HubProcess::run() {
  parts_->upkeep.start();
  parts_->server->start();
  base::log::info("hub.started", {{"port", parts_->server->port()}});
  awaitStopSignal();
  base::log::info("hub.stopping");
  parts_->server->stop();
  parts_->upkeep.stop();
}

}  // namespace eoffice::app
