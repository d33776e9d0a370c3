// The rows about receivers and what happened to them. A repository: takes a session, the caller
// owns the transaction and tells the office what changed. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "exchange/delivery/ports.h"
#include "exchange/delivery/states.h"

namespace exchange::delivery::ledger {

struct NewReceiver {
  std::string organId;
  std::string canonical;
  std::string name;
};

/// A status that the receiver told us.
struct ToldStatus {
  std::string code;
  base::Instant told{};
  base::Instant learnt{};
  std::string description;
};

/// Idempotent: receivers that are there stay as they are.
void addReceivers(base::db::Session& session, OutboxId outbox,
                  const std::vector<NewReceiver>& receivers, base::Instant now);
/// All receivers that have not told us anything yet become Sent or Failed; returns one change each.
[[nodiscard]] std::vector<DeliveryChange> settleAll(base::db::Session& session, OutboxId outbox,
                                                    DocumentRef document, DeliveryState state,
                                                    const std::string& description,
                                                    base::Instant now);
/// Failed receivers become Accepted again.
void acceptAgain(base::db::Session& session, OutboxId outbox, base::Instant now);

/// A receiver's row and whose it is.
struct Found {
  std::int64_t receiver = 0;
  OutboxId outbox;
  DocumentRef document = 0;
  std::string organId;
  DeliveryState state = DeliveryState::Accepted;
};

/// The newest document to `canonical` with this DocumentId; without it, the newest with this code
/// and day (or, when the day could not be read, this code).
[[nodiscard]] std::optional<Found> findAnswered(base::db::Session& session,
                                                const std::string& canonical,
                                                const ResponseFor& responseFor);
/// The newest one to `canonical` for `document`, locked: what is decided on its state stays true.
[[nodiscard]] std::optional<Found> lockReceiver(base::db::Session& session, DocumentRef document,
                                                const std::string& canonical);
/// The same by the code that the envelope named.
[[nodiscard]] std::optional<Found> findByOrgan(base::db::Session& session, DocumentRef document,
                                               const std::string& organId);
/// Records what the receiver told; empty when it is known already.
[[nodiscard]] std::optional<DeliveryChange> tell(base::db::Session& session, const Found& receiver,
                                                 const ToldStatus& status);
/// Records what we did ourselves to one receiver (RecallAsked, Failed).
[[nodiscard]] DeliveryChange note(base::db::Session& session, const Found& receiver,
                                  DeliveryState state, const std::string& description,
                                  base::Instant now);

}  // namespace exchange::delivery::ledger
