#include "exchange/hub/message_store.h"

#include "base/text.h"

namespace exchange::hub::message_store {

namespace {

constexpr std::size_t kMostTitle = 500;
constexpr std::size_t kMostNotation = 200;

constexpr const char* kFindSame = R"(/* hub.findSame */
SELECT doc_id FROM hub_message WHERE same_key = ?)";

constexpr const char* kAddMessage = R"(/* hub.addMessage */
INSERT INTO hub_message (doc_id, same_key, kind, system_id, from_code, document_id, title, notation,
                         blob_sha256, blob_size, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))";

constexpr const char* kAddDeliveries = R"(/* hub.addDeliveries */
INSERT INTO hub_delivery (doc_id, message_id, kind, to_code, system_id, state, created_at,
                          updated_at) VALUES)";

constexpr const char* kQueued = R"(/* hub.queued */
SELECT d.doc_id, d.kind, m.from_code, d.to_code, d.state, d.description, d.created_at, d.updated_at
FROM hub_delivery d JOIN hub_message m ON m.message_id = d.message_id
WHERE d.system_id = ? AND d.kind IN (?, ?) AND d.state IN (1, 2)
  AND d.created_at >= ? AND d.created_at < ?
ORDER BY d.delivery_id LIMIT ?)";

constexpr const char* kCountQueued = R"(/* hub.countQueued */
SELECT COUNT(*) FROM hub_delivery WHERE system_id = ? AND kind = ? AND state IN (1, 2))";

constexpr const char* kDepth = R"(/* hub.depth */
SELECT COUNT(*) FROM hub_delivery WHERE state IN (1, 2) AND kind = ?)";

constexpr const char* kSent = R"(/* hub.sent */
SELECT m.kind, m.title, m.notation, m.from_code, d.to_code, m.doc_id, d.doc_id, m.created_at,
       d.updated_at, d.state, d.description
FROM hub_message m JOIN hub_delivery d ON d.message_id = m.message_id
WHERE m.system_id = ? AND m.kind IN (?, ?) AND m.created_at >= ? AND m.created_at < ?
  AND (? = '' OR m.doc_id = ?)
ORDER BY m.message_id DESC, d.delivery_id LIMIT ?)";

constexpr const char* kFindBlob = R"(/* hub.findBlob */
SELECT m.blob_sha256, m.blob_size
FROM hub_delivery d JOIN hub_message m ON m.message_id = d.message_id
WHERE d.doc_id = ? AND d.system_id = ?)";

constexpr const char* kFindState = R"(/* hub.findState */
SELECT state FROM hub_delivery WHERE doc_id = ? AND system_id = ? FOR UPDATE)";

constexpr const char* kSetState = R"(/* hub.setState */
UPDATE hub_delivery SET state = ?, description = ?, updated_at = ? WHERE doc_id = ?)";

constexpr base::Instant kEver = base::Instant(
    std::chrono::sys_days(std::chrono::year(1970) / std::chrono::month(1) / std::chrono::day(1)));
constexpr base::Instant kNever = base::Instant(
    std::chrono::sys_days(std::chrono::year(9999) / std::chrono::month(1) / std::chrono::day(1)));

bool isFinal(axis::TransportState state) {
  return state == axis::TransportState::Done || state == axis::TransportState::Fail;
}

}  // namespace

std::optional<std::string> findSame(base::db::Session& session, const std::string& sameKey) {
  const auto row = session.find(kFindSame, {sameKey});
  return row ? std::optional(row->text(0)) : std::nullopt;
}

void add(base::db::Session& session, const NewMessage& message,
         const std::vector<NewDelivery>& deliveries, base::Instant now) {
  const std::int64_t id = session.insert(
      kAddMessage, {message.docId, message.sameKey, message.kind, message.systemId, message.from,
                    base::firstCharacters(message.documentId, kMostTitle),
                    base::firstCharacters(message.title, kMostTitle),
                    base::firstCharacters(message.notation, kMostNotation), message.blob.sha256,
                    message.blob.size, now});
  std::vector<base::db::Params> rows;
  for (const NewDelivery& delivery : deliveries) {
    rows.push_back({delivery.docId, id, message.kind, delivery.to, delivery.systemId,
                    axis::TransportState::Initial, now, now});
  }
  session.insertMany(kAddDeliveries, rows);
}

std::vector<QueuedMessage> queued(base::db::Session& session, const std::string& systemId,
                                  const ListFilter& filter) {
  std::vector<QueuedMessage> messages;
  const auto rows = session.query(
      kQueued, {systemId, filter.kind.value_or(axis::MessageKind::Document),
                filter.kind.value_or(axis::MessageKind::Status), filter.from.value_or(kEver),
                filter.until.value_or(kNever), filter.most});
  for (const base::db::Row& row : rows) {
    messages.push_back(QueuedMessage{.docId = row.text(0),
                                     .kind = row.code<axis::MessageKind>(1),
                                     .from = row.text(2),
                                     .to = row.text(3),
                                     .state = row.code<axis::TransportState>(4),
                                     .description = row.text(5),
                                     .createdAt = row.instant(6),
                                     .updatedAt = row.instant(7)});
  }
  return messages;
}

std::int64_t countQueued(base::db::Session& session, const std::string& systemId,
                         axis::MessageKind kind) {
  return session.get(kCountQueued, {systemId, kind}).integer(0);
}

std::int64_t depth(base::db::Session& session, axis::MessageKind kind) {
  return session.get(kDepth, {kind}).integer(0);
}

std::vector<SentRow> sent(base::db::Session& session, const std::string& systemId,
                          const ListFilter& filter) {
  std::vector<SentRow> sentRows;
  const auto rows = session.query(
      kSent, {systemId, filter.kind.value_or(axis::MessageKind::Document),
              filter.kind.value_or(axis::MessageKind::Status), filter.from.value_or(kEver),
              filter.until.value_or(kNever), filter.docId, filter.docId, filter.most});
  for (const base::db::Row& row : rows) {
    sentRows.push_back(SentRow{.kind = row.code<axis::MessageKind>(0),
                               .title = row.text(1),
                               .notation = row.text(2),
                               .from = row.text(3),
                               .to = row.text(4),
                               .senderDocId = row.text(5),
                               .receiverDocId = row.text(6),
                               .sentAt = row.instant(7),
                               .receivedAt = row.instant(8),
                               .state = row.code<axis::TransportState>(9),
                               .description = row.text(10)});
  }
  return sentRows;
}

std::optional<base::BlobRef> findBlob(base::db::Session& session, const std::string& systemId,
                                      const std::string& docId) {
  const auto row = session.find(kFindBlob, {docId, systemId});
  if (!row) {
    return std::nullopt;
  }
  return base::BlobRef{row->text(0), static_cast<std::uint64_t>(row->integer(1))};
}

bool setState(base::db::Session& session, const std::string& systemId, const std::string& docId,
              axis::TransportState state, const std::string& description, base::Instant now) {
  const auto row = session.find(kFindState, {docId, systemId});
  if (!row) {
    return false;
  }
  const auto before = row->code<axis::TransportState>(0);
  const bool goesBack = isFinal(before) && !isFinal(state);
  if (before != state && !goesBack) {
    session.execute(kSetState, {state, description, now, docId});
  }
  return true;
}

}  // namespace exchange::hub::message_store
