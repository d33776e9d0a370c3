// Puts documents and statuses on their way: rows that are written in the caller's business
// transaction, with the message's id fixed before the first attempt. Sends nothing itself (see
// outbox_worker.h); after the commit, wake the worker. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/db/database.h"
#include "base/result.h"
#include "exchange/delivery/ports.h"
#include "exchange/delivery/states.h"
#include "exchange/envelope/model.h"

namespace exchange::delivery {

struct OutgoingDocument {
  DocumentRef document = 0;
  /// `from`, `to`, attachments (blobs that are kept already) and the rest. An empty documentId
  /// becomes `<OrganId>,<yyyy/MM/dd>,<number>/<notation>`; empty traces become the sender, now.
  DocumentEnvelope envelope;
};

/// Our answer to a document that arrived: 02, 03, 04, 05, 06, 15, 16.
struct Answer {
  InboxId inbox;
  std::string statusCode;
  std::string description;
  StaffInfo staff;
};

/// A status of any kind, whole. The same `key` is the same status: the second is not sent again.
struct OutgoingStatus {
  std::string key;
  StatusEnvelope envelope;
  std::optional<InboxId> inbox;  ///< The received document that it answers.
  DocumentRef document = 0;      ///< The sent document that it is about (13).
};

class Outbox {
 public:
  /// References outlive it.
  Outbox(const base::Clock& clock, OrganDirectory& organs);

  /// Idempotent: the same sender, documentId, operation and receivers give the row that is there.
  /// Refuses what checkOutgoing() refuses, and `delivery.foreign_sender`.
  base::Result<OutboxId> enqueueDocument(base::db::Session& session, OutgoingDocument document);
  /// Refuses what checkOutgoing() refuses.
  base::Result<OutboxId> enqueueStatus(base::db::Session& session, OutgoingStatus status);
  /// Idempotent by document and code. Refuses `delivery.unknown_inbox`,
  /// `delivery.code_not_for_receiver` (13 is the sender's).
  base::Result<OutboxId> answer(base::db::Session& session, const Answer& answer);
  /// Status 13 to one receiver. Refuses `delivery.unknown_delivery`, `delivery.not_sent` (it has
  /// not left yet), `delivery.recall_pending`, `delivery.recalled`.
  base::Result<OutboxId> askBack(base::db::Session& session, DocumentRef document,
                                 const std::string& organId, const std::string& reason,
                                 const StaffInfo& staff);
  /// Tries a failed document again, with the bytes and id it had. Refuses
  /// `delivery.unknown_delivery`, `delivery.not_failed`.
  base::Result<void> resend(base::db::Session& session, OutboxId outbox);

 private:
  const base::Clock* clock_;
  OrganDirectory* organs_;
};

/// Every receiver of everything that was sent for `document`, oldest first. Any thread.
[[nodiscard]] std::vector<ReceiverDelivery> deliveriesOf(base::db::Session& session,
                                                         DocumentRef document);

/// What we answered to a received document, oldest first; `sentAt` empty while it waits.
struct SentAnswer {
  std::string statusCode;
  std::string description;
  base::Instant acceptedAt{};
  std::optional<base::Instant> sentAt;
  bool failed = false;
};
[[nodiscard]] std::vector<SentAnswer> answersOf(base::db::Session& session, InboxId inbox);

}  // namespace exchange::delivery
