// Hands the outbox's rows to the axis: claims one, builds and signs its envelope once (the bytes
// are kept before the first attempt, so each retry sends the same), sends, records. Several
// processes may run one; a killed one's claims lapse, and are released when it starts again.
//
// Discipline as in Postfix: what was never tried and what was are taken one for one; the axis is
// spoken to by few at a time, more while it answers; when it does not, everything waits and one
// message at a time asks whether it is back.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/blob/blob_store.h"
#include "base/clock.h"
#include "base/db/database.h"
#include "base/metrics.h"
#include "exchange/delivery/ports.h"

namespace exchange::delivery {

struct OutboxWorkerOptions {
  std::string node = "node";  ///< Names this process in claims; the same after a restart.
  std::size_t threads = 4;    ///< The most that are sent at once.
  std::chrono::milliseconds look{1000};  ///< How often rows are looked for without a wake().
  std::chrono::seconds lease{30};        ///< Of a claim; a second more for each MiB of the message.
  std::chrono::milliseconds firstRetry{1000};       ///< Doubles with each attempt, with jitter …
  std::chrono::milliseconds longestRetry{900'000};  ///< … up to this.
  std::chrono::hours giveUpAfter{5 * 24};
};

class OutboxWorker {
 public:
  /// References outlive it. Nothing runs before start(); tick() needs no start().
  OutboxWorker(base::db::Database& database, base::BlobStore& blobs, const base::Clock& clock,
               base::Metrics& metrics, SigningKeys& keys, DeliveryEvents& events, AxisFactory axis,
               OutboxWorkerOptions options);
  ~OutboxWorker();

  void start();
  void stop();
  /// There may be something: look now. Call after the commit; cheap; any thread.
  void wake();
  /// Everything that is due, on this thread; the number of messages that were tried. For tests and
  /// for draining at shutdown.
  std::size_t tick();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exchange::delivery
