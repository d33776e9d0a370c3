// Takes in what waits at the axis: lists, fetches, keeps the bytes, reads and checks them, records
// the arrival together with our answer (01, or 02 with the reason), and only then tells the axis
// that it is done. Killed at any line it ends in the same state, because a message is listed until
// it is acknowledged and an arrival is recorded once.
// Several processes may run one.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/blob/blob_store.h"
#include "base/clock.h"
#include "base/db/database.h"
#include "base/metrics.h"
#include "exchange/delivery/outbox.h"
#include "exchange/delivery/ports.h"

namespace exchange::delivery {

struct InboxPollerOptions {
  std::string node = "node";  ///< Names this process in claims; the same after a restart.
  std::chrono::milliseconds interval{10'000};
  std::chrono::milliseconds longestPause{60'000};  ///< Between polls while the axis is away.
  std::chrono::seconds lease{120};                 ///< Of a claim on one message.
  int readAttempts = 3;  ///< Of an envelope that cannot be read, before the axis is told `fail`.
  std::filesystem::path temporary = "/tmp";
};

class InboxPoller {
 public:
  /// References outlive it; `verifier` may be null (signatures are then recorded as unchecked).
  /// `answered` is called after a transaction that put an answer into the outbox.
  InboxPoller(base::db::Database& database, base::BlobStore& blobs, const base::Clock& clock,
              base::Metrics& metrics, Outbox& outbox, OrganDirectory& organs,
              AttachmentInspector& inspector, const EnvelopeVerifier* verifier,
              DeliveryEvents& events, Sentence sentence, AxisFactory axis,
              std::function<void()> answered, InboxPollerOptions options);
  ~InboxPoller();

  void start();
  void stop();
  void wake();  ///< Poll now. Any thread.
  /// One poll, on this thread; the number of messages that were dealt with.
  std::size_t tick();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exchange::delivery
