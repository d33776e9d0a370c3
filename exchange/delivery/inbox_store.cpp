#include "exchange/delivery/inbox_store.h"

#include "base/text.h"

namespace exchange::delivery::inbox_store {

namespace {

constexpr std::size_t kMostCode = 64;
constexpr std::size_t kMostDocumentId = 500;
constexpr std::size_t kMostCodeText = 200;
constexpr std::size_t kMostDateText = 40;
constexpr std::size_t kMostStatusCode = 20;
constexpr std::size_t kMostReason = 600;

constexpr const char* kFindKnown = R"(/* delivery.findKnown */
SELECT state FROM exchange_inbox WHERE axis_doc_id = ? LIMIT 1)";

constexpr const char* kAdd = R"(/* delivery.addInbox */
INSERT INTO exchange_inbox (axis_doc_id, kind, state, same_key, duplicate_of, from_code,
                            from_canonical, receiver, document_id, code_text, promulgated_on,
                            promulgated_text, business_kind, status_code, reason, answers_inbox,
                            blob_sha256, blob_size, report, arrived_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))";

constexpr const char* kSetDocument = R"(/* delivery.setInboxDocument */
UPDATE exchange_inbox SET document_ref = ? WHERE inbox_id = ?)";

constexpr const char* kAcknowledged = R"(/* delivery.setAcknowledged */
UPDATE exchange_inbox SET acknowledged_at = ? WHERE axis_doc_id = ? AND acknowledged_at IS NULL)";

constexpr const char* kUnacknowledged = R"(/* delivery.unacknowledged */
SELECT axis_doc_id FROM exchange_inbox WHERE acknowledged_at IS NULL AND kind = ? LIMIT 1000)";

constexpr const char* kFindDocument = R"(/* delivery.findInbox */
SELECT inbox_id, from_code, receiver, document_id, code_text, promulgated_text, promulgated_on,
       document_ref
FROM exchange_inbox WHERE inbox_id = ? AND kind = 1)";

constexpr const char* kFindSame = R"(/* delivery.findSameInbox */
SELECT inbox_id FROM exchange_inbox WHERE same_key = ?)";

constexpr const char* kHasDocumentId = R"(/* delivery.hasDocumentId */
SELECT 1 FROM exchange_inbox
WHERE document_id = ? AND from_canonical = ? AND receiver = ? AND kind = 1 AND state = 1
  AND business_kind = 0 LIMIT 1)";

constexpr const char* kFindAskedById = R"(/* delivery.findAskedById */
SELECT inbox_id, from_code, receiver, document_id, code_text, promulgated_text, promulgated_on,
       document_ref
FROM exchange_inbox
WHERE document_id = ? AND from_canonical = ? AND receiver = ? AND kind = 1 AND state IN (1, 2)
ORDER BY inbox_id DESC LIMIT 1)";

constexpr const char* kFindAskedByCode = R"(/* delivery.findAskedByCode */
SELECT inbox_id, from_code, receiver, document_id, code_text, promulgated_text, promulgated_on,
       document_ref
FROM exchange_inbox
WHERE code_text = ? AND from_canonical = ? AND receiver = ? AND (? IS NULL OR promulgated_on = ?)
  AND kind = 1 AND state IN (1, 2)
ORDER BY inbox_id DESC LIMIT 1)";

constexpr const char* kLatestRecall = R"(/* delivery.latestRecall */
SELECT COALESCE(MAX(inbox_id), 0) FROM exchange_inbox WHERE answers_inbox = ?)";

// Taken when nobody has it, when its holder's time is over, or when the same process asks again.
constexpr const char* kClaimFetch = R"(/* delivery.claimFetch */
INSERT INTO exchange_fetch (axis_doc_id, claimed_by, claimed_until, attempts)
VALUES (?, ?, ?, 1)
ON DUPLICATE KEY UPDATE
  attempts = IF(claimed_until < ?, attempts + 1, attempts),
  claimed_by = IF(claimed_until < ?, VALUES(claimed_by), claimed_by),
  claimed_until = IF(claimed_until < ?, VALUES(claimed_until), claimed_until))";

constexpr const char* kFetchHolder = R"(/* delivery.fetchHolder */
SELECT 1 FROM exchange_fetch WHERE axis_doc_id = ? AND claimed_by = ? AND claimed_until = ?)";

constexpr const char* kReleaseFetches = R"(/* delivery.releaseFetches */
UPDATE exchange_fetch SET claimed_by = NULL, claimed_until = ?
WHERE claimed_by LIKE ?)";

constexpr const char* kDeferFetch = R"(/* delivery.deferFetch */
UPDATE exchange_fetch SET claimed_by = NULL, claimed_until = ? WHERE axis_doc_id = ?)";

constexpr const char* kFetchAttempts = R"(/* delivery.fetchAttempts */
SELECT attempts FROM exchange_fetch WHERE axis_doc_id = ?)";

constexpr const char* kCountUnreadable = R"(/* delivery.countUnreadable */
UPDATE exchange_fetch SET unreadable = IF(unreadable_sha256 = ?, unreadable + 1, 1),
  unreadable_sha256 = ? WHERE axis_doc_id = ?)";

constexpr const char* kUnreadable = R"(/* delivery.unreadable */
SELECT unreadable FROM exchange_fetch WHERE axis_doc_id = ?)";

constexpr const char* kEndFetch = R"(/* delivery.endFetch */
DELETE FROM exchange_fetch WHERE axis_doc_id = ?)";

std::optional<std::string> orNull(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<ArrivedDocument> arrivedOf(const std::optional<base::db::Row>& row) {
  if (!row) {
    return std::nullopt;
  }
  return ArrivedDocument{.id = row->id<InboxId>(0),
                         .from = row->text(1),
                         .receiver = row->text(2),
                         .documentId = row->text(3),
                         .codeText = row->text(4),
                         .promulgatedText = row->text(5),
                         .promulgated = row->maybeDate(6),
                         .document = row->maybeInteger(7).value_or(0)};
}

}  // namespace

std::optional<Known> findKnown(base::db::Session& session, const std::string& axisDocId) {
  const auto row = session.find(kFindKnown, {axisDocId});
  if (!row) {
    return std::nullopt;
  }
  return Known{.unreadable = row->code<InboxState>(0) == InboxState::Unreadable};
}

InboxId add(base::db::Session& session, const NewInboxRow& row, base::Instant now) {
  return InboxId(session.insert(kAdd, {row.axisDocId,
                                       row.kind,
                                       row.state,
                                       orNull(row.sameKey),
                                       row.duplicateOf,
                                       base::firstCharacters(row.from, kMostCode),
                                       base::firstCharacters(row.fromCanonical, kMostCode),
                                       row.receiver,
                                       base::firstCharacters(row.documentId, kMostDocumentId),
                                       base::firstCharacters(row.codeText, kMostCodeText),
                                       row.promulgated.day,
                                       base::firstCharacters(row.promulgated.text, kMostDateText),
                                       row.business,
                                       base::firstCharacters(row.statusCode, kMostStatusCode),
                                       base::firstCharacters(row.reason, kMostReason),
                                       row.answersInbox,
                                       row.blob.sha256,
                                       row.blob.size,
                                       row.report,
                                       now}));
}

void setDocument(base::db::Session& session, InboxId id, DocumentRef document) {
  session.execute(kSetDocument, {document, id});
}

void setAcknowledged(base::db::Session& session, const std::string& axisDocId, base::Instant now) {
  session.execute(kAcknowledged, {now, axisDocId});
}

std::vector<std::string> unacknowledged(base::db::Session& session, axis::MessageKind kind) {
  std::vector<std::string> docIds;
  for (const base::db::Row& row : session.query(kUnacknowledged, {kind})) {
    docIds.push_back(row.text(0));
  }
  return docIds;
}

std::optional<ArrivedDocument> findDocument(base::db::Session& session, InboxId id) {
  return arrivedOf(session.find(kFindDocument, {id}));
}

std::optional<InboxId> findSame(base::db::Session& session, const std::string& sameKey) {
  const auto row = session.find(kFindSame, {sameKey});
  return row ? std::optional(row->id<InboxId>(0)) : std::nullopt;
}

bool hasDocumentId(base::db::Session& session, const std::string& fromCanonical,
                   const std::string& documentId, const std::string& receiver) {
  return !documentId.empty() &&
         session.find(kHasDocumentId, {documentId, fromCanonical, receiver}).has_value();
}

std::optional<ArrivedDocument> findAsked(base::db::Session& session,
                                         const std::string& fromCanonical,
                                         const std::string& receiver,
                                         const ResponseFor& responseFor) {
  if (!responseFor.documentId.empty()) {
    if (auto found = arrivedOf(
            session.find(kFindAskedById, {responseFor.documentId, fromCanonical, receiver}))) {
      return found;
    }
  }
  if (responseFor.code.empty()) {
    return std::nullopt;
  }
  const auto& day = responseFor.promulgationDate.day;
  return arrivedOf(
      session.find(kFindAskedByCode, {responseFor.code, fromCanonical, receiver, day, day}));
}

std::int64_t latestRecall(base::db::Session& session, InboxId document) {
  return session.get(kLatestRecall, {document}).integer(0);
}

bool claimFetch(base::db::Session& session, const std::string& axisDocId, const std::string& node,
                base::Instant now, base::Instant until) {
  session.execute(kClaimFetch, {axisDocId, node, until, now, now, now});
  return session.find(kFetchHolder, {axisDocId, node, until}).has_value();
}

void releaseFetches(base::db::Session& session, const std::string& node, base::Instant now) {
  session.execute(kReleaseFetches, {now - std::chrono::microseconds(1), node + "/%"});
}

void deferFetch(base::db::Session& session, const std::string& axisDocId, base::Instant next) {
  session.execute(kDeferFetch, {next, axisDocId});
}

int fetchAttempts(base::db::Session& session, const std::string& axisDocId) {
  const auto row = session.find(kFetchAttempts, {axisDocId});
  return row ? static_cast<int>(row->integer(0)) : 0;
}

int countUnreadable(base::db::Session& session, const std::string& axisDocId,
                    const std::string& sha256) {
  session.execute(kCountUnreadable, {sha256, sha256, axisDocId});
  const auto row = session.find(kUnreadable, {axisDocId});
  return row ? static_cast<int>(row->integer(0)) : 0;
}

void endFetch(base::db::Session& session, const std::string& axisDocId) {
  session.execute(kEndFetch, {axisDocId});
}

}  // namespace exchange::delivery::inbox_store
