// The hub's rows about messages and their receivers. A repository: takes a session, the caller owns
// the transaction. Knows no protocol. Safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/blob/blob_store.h"
#include "base/db/database.h"
#include "base/time.h"
#include "exchange/axis/protocol.h"

namespace exchange::hub {

struct NewMessage {
  std::string docId;
  std::string sameKey;  ///< What a second sending of the same has in common with the first.
  axis::MessageKind kind = axis::MessageKind::Document;
  std::string systemId;
  std::string from;
  std::string documentId;
  std::string title;
  std::string notation;
  base::BlobRef blob;
};

struct NewDelivery {
  std::string docId;
  std::string to;
  std::string systemId;
};

struct QueuedMessage {
  std::string docId;
  axis::MessageKind kind = axis::MessageKind::Document;
  std::string from;
  std::string to;
  axis::TransportState state = axis::TransportState::Initial;
  std::string description;
  base::Instant createdAt{};
  base::Instant updatedAt{};
};

struct SentRow {
  axis::MessageKind kind = axis::MessageKind::Document;
  std::string title;
  std::string notation;
  std::string from;
  std::string to;
  std::string senderDocId;
  std::string receiverDocId;
  base::Instant sentAt{};
  base::Instant receivedAt{};
  axis::TransportState state = axis::TransportState::Initial;
  std::string description;
};

/// What a list is narrowed to; empty fields narrow nothing.
struct ListFilter {
  std::optional<axis::MessageKind> kind;
  std::optional<base::Instant> from;
  std::optional<base::Instant> until;  ///< Exclusive.
  std::string docId;
  std::size_t most = 1000;
};

namespace message_store {

/// The docId that the same message got before.
[[nodiscard]] std::optional<std::string> findSame(base::db::Session& session,
                                                  const std::string& sameKey);
/// Throws base::db::DuplicateKey when somebody has just sent the same.
void add(base::db::Session& session, const NewMessage& message,
         const std::vector<NewDelivery>& deliveries, base::Instant now);
/// What waits for `systemId`, oldest first.
[[nodiscard]] std::vector<QueuedMessage> queued(base::db::Session& session,
                                                const std::string& systemId,
                                                const ListFilter& filter);
[[nodiscard]] std::int64_t countQueued(base::db::Session& session, const std::string& systemId,
                                       axis::MessageKind kind);
/// Over all systems.
[[nodiscard]] std::int64_t depth(base::db::Session& session, axis::MessageKind kind);
/// What `systemId` sent, newest first; one row for each receiver.
[[nodiscard]] std::vector<SentRow> sent(base::db::Session& session, const std::string& systemId,
                                        const ListFilter& filter);
/// The envelope behind a receiver's docId; empty when it is not this system's.
[[nodiscard]] std::optional<base::BlobRef> findBlob(base::db::Session& session,
                                                    const std::string& systemId,
                                                    const std::string& docId);
/// False when there is no such docId for this system. `processing` never undoes `done` or `fail`.
[[nodiscard]] bool setState(base::db::Session& session, const std::string& systemId,
                            const std::string& docId, axis::TransportState state,
                            const std::string& description, base::Instant now);

}  // namespace message_store

}  // namespace exchange::hub
