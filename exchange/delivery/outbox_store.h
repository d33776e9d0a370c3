// The rows of messages that wait to be sent. A repository: takes a session, the caller owns the
// transaction. Safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/blob/blob_store.h"
#include "base/db/database.h"
#include "exchange/axis/protocol.h"
#include "exchange/delivery/states.h"
#include "exchange/envelope/model.h"

namespace exchange::delivery {

/// Stored: never renumber.
enum class OutboxState : std::uint8_t { Waiting = 1, Sent = 2, GivenUp = 3 };

struct NewOutboxRow {
  std::string sameKey;
  axis::MessageKind kind = axis::MessageKind::Document;
  DocumentRef document = 0;  ///< 0: none.
  InboxId inbox;
  std::string from;
  std::string documentId;
  std::string codeText;
  std::optional<base::LocalDate> promulgated;
  BusinessKind business = BusinessKind::New;
  std::string statusCode;
  std::string description;
  std::string content;
};

/// A row that a worker has claimed.
struct ClaimedMessage {
  OutboxId id;
  axis::MessageKind kind = axis::MessageKind::Document;
  DocumentRef document = 0;
  InboxId inbox;
  std::string from;
  std::string documentId;
  std::string statusCode;
  std::string content;
  std::optional<base::BlobRef> blob;
  int attempts = 0;
  base::Instant triedSince{};
};

struct SendFault {
  std::string code;
  std::string text;
};

namespace outbox_store {

/// The id of the row with this key: the new one or the one that is there.
[[nodiscard]] OutboxId put(base::db::Session& session, const NewOutboxRow& row, base::Instant now);

/// Which rows a claim takes: what was never tried, or what was.
enum class Age : std::uint8_t { Fresh, Deferred };
/// Claims the oldest that is due; several workers never get the same one. `until`: for a second
/// more for each MiB of bytes that are kept already.
[[nodiscard]] std::optional<ClaimedMessage> claim(base::db::Session& session, Age age,
                                                  const std::string& token, base::Instant now,
                                                  base::Instant until);
/// What a process of this name left claimed when it died.
std::uint64_t releaseClaims(base::db::Session& session, const std::string& node);
/// Keeps the bytes that every attempt sends; false when another worker did so first.
[[nodiscard]] bool setBlob(base::db::Session& session, OutboxId id, const base::BlobRef& blob,
                           const std::string& token, base::Instant until);
[[nodiscard]] std::optional<base::BlobRef> findBlob(base::db::Session& session, OutboxId id);
/// False when it is settled already.
[[nodiscard]] bool setSent(base::db::Session& session, OutboxId id, const std::string& axisDocId,
                           base::Instant now);
[[nodiscard]] bool setGivenUp(base::db::Session& session, OutboxId id, const SendFault& fault,
                              base::Instant now);
void setDeferred(base::db::Session& session, OutboxId id, const SendFault& fault,
                 base::Instant next);
/// What waits only because the axis was away is due now.
std::uint64_t hasten(base::db::Session& session, base::Instant now);
enum class Reopened : std::uint8_t { Yes, Unknown, NotGivenUp };
[[nodiscard]] Reopened reopen(base::db::Session& session, OutboxId id, base::Instant now);

/// What a status about a sent document has to say of it.
struct SentDocument {
  std::string from;
  std::string documentId;
  std::string codeText;
  base::LocalDate promulgated;
};
[[nodiscard]] SentDocument getDocument(base::db::Session& session, OutboxId id);

struct Depth {
  std::int64_t fresh = 0;
  std::int64_t deferred = 0;
  std::int64_t givenUp = 0;
};
[[nodiscard]] Depth depth(base::db::Session& session);

}  // namespace outbox_store

}  // namespace exchange::delivery
