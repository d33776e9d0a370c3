// The rows of messages that arrived. A repository: takes a session, the caller owns the
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
enum class InboxState : std::uint8_t {
  Arrived = 1,
  Refused = 2,
  Duplicate = 3,
  Unreadable = 4,
  Orphan = 5  ///< A status about a document that we do not have.
};

struct NewInboxRow {
  std::string axisDocId;
  axis::MessageKind kind = axis::MessageKind::Document;
  InboxState state = InboxState::Arrived;
  std::string sameKey;  ///< Empty: none.
  InboxId duplicateOf;
  std::string from;
  std::string fromCanonical;
  std::string receiver;
  std::string documentId;
  std::string codeText;
  EnvelopeDate promulgated;
  std::optional<BusinessKind> business;
  std::string statusCode;
  std::string reason;
  InboxId answersInbox;
  base::BlobRef blob;
  std::string report = "{}";
};

namespace inbox_store {

/// What became of a message that the axis lists.
struct Known {
  bool unreadable = false;
};
[[nodiscard]] std::optional<Known> findKnown(base::db::Session& session,
                                             const std::string& axisDocId);
[[nodiscard]] InboxId add(base::db::Session& session, const NewInboxRow& row, base::Instant now);
void setDocument(base::db::Session& session, InboxId id, DocumentRef document);
void setAcknowledged(base::db::Session& session, const std::string& axisDocId, base::Instant now);
/// What we have recorded and not noted as acknowledged.
[[nodiscard]] std::vector<std::string> unacknowledged(base::db::Session& session,
                                                      axis::MessageKind kind);

/// What an answer to a received document has to say of it.
struct ArrivedDocument {
  InboxId id;
  std::string from;
  std::string receiver;
  std::string documentId;
  std::string codeText;
  std::string promulgatedText;
  std::optional<base::LocalDate> promulgated;
  DocumentRef document = 0;
};
[[nodiscard]] std::optional<ArrivedDocument> findDocument(base::db::Session& session, InboxId id);
/// The one with this key, whatever became of it.
[[nodiscard]] std::optional<InboxId> findSame(base::db::Session& session,
                                              const std::string& sameKey);
/// True when this sender's id arrived at `receiver` before.
[[nodiscard]] bool hasDocumentId(base::db::Session& session, const std::string& fromCanonical,
                                 const std::string& documentId, const std::string& receiver);
/// The received document that a status 13 of `fromCanonical` is about: by id, else by code and day.
[[nodiscard]] std::optional<ArrivedDocument> findAsked(base::db::Session& session,
                                                       const std::string& fromCanonical,
                                                       const std::string& receiver,
                                                       const ResponseFor& responseFor);
/// The latest status 13 about a received document; 0 for none.
[[nodiscard]] std::int64_t latestRecall(base::db::Session& session, InboxId document);

// Claims on messages that are being fetched.
[[nodiscard]] bool claimFetch(base::db::Session& session, const std::string& axisDocId,
                              const std::string& node, base::Instant now, base::Instant until);
void releaseFetches(base::db::Session& session, const std::string& node, base::Instant now);
/// Ends the claim; the message is not fetched again before `next`.
void deferFetch(base::db::Session& session, const std::string& axisDocId, base::Instant next);
[[nodiscard]] int fetchAttempts(base::db::Session& session, const std::string& axisDocId);
/// Counts how often these bytes could not be read.
[[nodiscard]] int countUnreadable(base::db::Session& session, const std::string& axisDocId,
                                  const std::string& sha256);
void endFetch(base::db::Session& session, const std::string& axisDocId);

}  // namespace inbox_store

}  // namespace exchange::delivery
