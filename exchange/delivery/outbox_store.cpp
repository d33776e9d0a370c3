#include "exchange/delivery/outbox_store.h"

#include "base/text.h"

namespace exchange::delivery::outbox_store {

namespace {

constexpr std::size_t kMostError = 600;
constexpr std::size_t kMostErrorCode = 60;
constexpr std::size_t kMostDescription = 1000;

constexpr const char* kPut = R"(/* delivery.putOutbox */
INSERT INTO exchange_outbox (same_key, kind, document_ref, inbox_id, from_code, document_id,
                             code_text, promulgated_on, business_kind, status_code, description,
                             content, next_attempt_at, tried_since, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE outbox_id = LAST_INSERT_ID(outbox_id))";

// Both in the order of the index exchange_outbox_turn, so that no more rows are locked than are
// looked at.
constexpr const char* kFindFresh = R"(/* delivery.findFresh */
SELECT outbox_id FROM exchange_outbox
WHERE state = 1 AND tried = 0 AND next_attempt_at <= ?
  AND (claimed_until IS NULL OR claimed_until < ?)
ORDER BY next_attempt_at, outbox_id LIMIT 1 FOR UPDATE SKIP LOCKED)";

constexpr const char* kFindDeferred = R"(/* delivery.findDeferred */
SELECT outbox_id FROM exchange_outbox
WHERE state = 1 AND tried = 1 AND next_attempt_at <= ?
  AND (claimed_until IS NULL OR claimed_until < ?)
ORDER BY next_attempt_at, outbox_id LIMIT 1 FOR UPDATE SKIP LOCKED)";

constexpr const char* kClaim = R"(/* delivery.claimOutbox */
UPDATE exchange_outbox SET claimed_by = ?,
  claimed_until = TIMESTAMPADD(SECOND, COALESCE(blob_size, 0) DIV 1048576, ?) WHERE outbox_id = ?)";

constexpr const char* kClaimed = R"(/* delivery.claimedOutbox */
SELECT outbox_id, kind, document_ref, inbox_id, from_code, document_id, status_code, content,
       blob_sha256, blob_size, attempts, tried_since
FROM exchange_outbox WHERE outbox_id = ?)";

constexpr const char* kRelease = R"(/* delivery.releaseOutbox */
UPDATE exchange_outbox SET claimed_by = NULL, claimed_until = NULL
WHERE state = 1 AND claimed_by LIKE ?)";

constexpr const char* kSetBlob = R"(/* delivery.setBlob */
UPDATE exchange_outbox SET blob_sha256 = ?, blob_size = ?, claimed_until = ?
WHERE outbox_id = ? AND claimed_by = ? AND blob_sha256 IS NULL)";

constexpr const char* kFindBlob = R"(/* delivery.findOutboxBlob */
SELECT blob_sha256, blob_size FROM exchange_outbox WHERE outbox_id = ?)";

constexpr const char* kSetSent = R"(/* delivery.setSent */
UPDATE exchange_outbox SET state = 2, axis_doc_id = ?, settled_at = ?, attempts = attempts + 1,
  claimed_by = NULL, claimed_until = NULL, error_code = '', error_text = ''
WHERE outbox_id = ? AND state = 1)";

constexpr const char* kSetGivenUp = R"(/* delivery.setGivenUp */
UPDATE exchange_outbox SET state = 3, error_code = ?, error_text = ?, settled_at = ?,
  attempts = attempts + 1, claimed_by = NULL, claimed_until = NULL
WHERE outbox_id = ? AND state = 1)";

constexpr const char* kSetDeferred = R"(/* delivery.setDeferred */
UPDATE exchange_outbox SET error_code = ?, error_text = ?, next_attempt_at = ?,
  attempts = attempts + 1, claimed_by = NULL, claimed_until = NULL
WHERE outbox_id = ? AND state = 1)";

constexpr const char* kHasten = R"(/* delivery.hasten */
UPDATE exchange_outbox SET next_attempt_at = ?
WHERE state = 1 AND tried = 1 AND next_attempt_at > ?
  AND error_code IN ('transport', 'garbled'))";

constexpr const char* kReopen = R"(/* delivery.reopen */
UPDATE exchange_outbox SET state = 1, attempts = 0, next_attempt_at = ?, tried_since = ?,
  error_code = '', error_text = '', settled_at = NULL
WHERE outbox_id = ? AND state = 3)";

constexpr const char* kGetDocument = R"(/* delivery.getSentDocument */
SELECT from_code, document_id, code_text, promulgated_on FROM exchange_outbox WHERE outbox_id = ?)";

constexpr const char* kDepth = R"(/* delivery.outboxDepth */
SELECT COALESCE(SUM(state = 1 AND tried = 0), 0), COALESCE(SUM(state = 1 AND tried = 1), 0),
       COALESCE(SUM(state = 3), 0)
FROM exchange_outbox WHERE state IN (1, 3))";

std::optional<std::int64_t> orNull(std::int64_t number) {
  return number == 0 ? std::nullopt : std::optional(number);
}

std::optional<base::BlobRef> blobOf(const base::db::Row& row, std::size_t first) {
  if (row.isNull(first)) {
    return std::nullopt;
  }
  return base::BlobRef{row.text(first), static_cast<std::uint64_t>(row.integer(first + 1))};
}

}  // namespace

OutboxId put(base::db::Session& session, const NewOutboxRow& row, base::Instant now) {
  return OutboxId(session.insert(
      kPut,
      {row.sameKey, row.kind, orNull(row.document), row.inbox, row.from, row.documentId,
       row.codeText, row.promulgated, row.business, row.statusCode,
       base::firstCharacters(row.description, kMostDescription), row.content, now, now, now}));
}

std::optional<ClaimedMessage> claim(base::db::Session& session, Age age, const std::string& token,
                                    base::Instant now, base::Instant until) {
  const auto due = session.find(age == Age::Fresh ? kFindFresh : kFindDeferred, {now, now});
  if (!due) {
    return std::nullopt;
  }
  const std::int64_t id = due->integer(0);
  session.execute(kClaim, {token, until, id});
  const base::db::Row row = session.get(kClaimed, {id});
  return ClaimedMessage{.id = row.id<OutboxId>(0),
                        .kind = row.code<axis::MessageKind>(1),
                        .document = row.maybeInteger(2).value_or(0),
                        .inbox = row.id<InboxId>(3),
                        .from = row.text(4),
                        .documentId = row.text(5),
                        .statusCode = row.text(6),
                        .content = row.text(7),
                        .blob = blobOf(row, 8),
                        .attempts = static_cast<int>(row.integer(10)),
                        .triedSince = row.instant(11)};
}

std::uint64_t releaseClaims(base::db::Session& session, const std::string& node) {
  return session.execute(kRelease, {node + "/%"});
}

bool setBlob(base::db::Session& session, OutboxId id, const base::BlobRef& blob,
             const std::string& token, base::Instant until) {
  return session.execute(kSetBlob, {blob.sha256, blob.size, until, id, token}) == 1;
}

std::optional<base::BlobRef> findBlob(base::db::Session& session, OutboxId id) {
  return blobOf(session.get(kFindBlob, {id}), 0);
}

bool setSent(base::db::Session& session, OutboxId id, const std::string& axisDocId,
             base::Instant now) {
  return session.execute(kSetSent, {axisDocId, now, id}) == 1;
}

bool setGivenUp(base::db::Session& session, OutboxId id, const SendFault& fault,
                base::Instant now) {
  return session.execute(kSetGivenUp, {base::firstCharacters(fault.code, kMostErrorCode),
                                       base::firstCharacters(fault.text, kMostError), now, id}) ==
         1;
}

void setDeferred(base::db::Session& session, OutboxId id, const SendFault& fault,
                 base::Instant next) {
  session.execute(kSetDeferred, {base::firstCharacters(fault.code, kMostErrorCode),
                                 base::firstCharacters(fault.text, kMostError), next, id});
}

std::uint64_t hasten(base::db::Session& session, base::Instant now) {
  return session.execute(kHasten, {now, now});
}

Reopened reopen(base::db::Session& session, OutboxId id, base::Instant now) {
  if (session.execute(kReopen, {now, now, id}) == 1) {
    return Reopened::Yes;
  }
  return session.find(kFindBlob, {id}) ? Reopened::NotGivenUp : Reopened::Unknown;
}

SentDocument getDocument(base::db::Session& session, OutboxId id) {
  const base::db::Row row = session.get(kGetDocument, {id});
  return SentDocument{.from = row.text(0),
                      .documentId = row.text(1),
                      .codeText = row.text(2),
                      .promulgated = row.date(3)};
}

Depth depth(base::db::Session& session) {
  const base::db::Row row = session.get(kDepth);
  return Depth{.fresh = row.integer(0), .deferred = row.integer(1), .givenUp = row.integer(2)};
}

}  // namespace exchange::delivery::outbox_store
