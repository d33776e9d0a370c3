// One attempt at one claimed message: its bytes are made and kept, sent, and the outcome recorded
// together with what the office is told. Knows no threads. Folder-internal.
#pragma once

#include <string>

#include "base/blob/blob_store.h"
#include "base/clock.h"
#include "base/db/database.h"
#include "exchange/axis/axis.h"
#include "exchange/delivery/outbox_store.h"
#include "exchange/delivery/outbox_worker.h"
#include "exchange/delivery/ports.h"

namespace exchange::delivery {

/// What one attempt showed about the axis.
enum class Attempt : std::uint8_t {
  Answered,  ///< The axis spoke: sent, or refused for good.
  Silent,    ///< Nothing, or nonsense, came back.
  NotTried   ///< It did not come to sending.
};

class Sending {
 public:
  Sending(base::db::Database& database, base::BlobStore& blobs, const base::Clock& clock,
          SigningKeys& keys, DeliveryEvents& events, const OutboxWorkerOptions& options);

  /// Throws when the database or the disk is away (base::Unavailable); the claim then lapses. Any
  /// other failure is the message's own: it is put off as if the axis had not answered it, and
  /// given up in the end, so that it stands in nobody's way.
  Attempt attempt(const ClaimedMessage& message, const std::string& token, axis::Axis& axis);

 private:
  Attempt makeAndSend(const ClaimedMessage& message, const std::string& token, axis::Axis& axis);
  base::Result<base::BlobRef> make(const ClaimedMessage& message);
  void settleSent(const ClaimedMessage& message, const std::string& docId);
  void settleFault(const ClaimedMessage& message, const SendFault& fault, bool permanent);
  void giveUp(const ClaimedMessage& message, const SendFault& fault);
  void tellGivenUp(base::db::Session& session, const ClaimedMessage& message,
                   const SendFault& fault, base::Instant now);

  base::db::Database* database_;
  base::BlobStore* blobs_;
  const base::Clock* clock_;
  SigningKeys* keys_;
  DeliveryEvents* events_;
  const OutboxWorkerOptions* options_;
};

/// A random number in 0..1.
[[nodiscard]] double chance();

}  // namespace exchange::delivery
