#include "exchange/delivery/delivery_ledger.h"

#include <algorithm>

#include "base/text.h"
#include "exchange/delivery/timeline.h"

namespace exchange::delivery::ledger {

namespace {

constexpr std::size_t kMostDescription = 1000;
constexpr std::size_t kMostCode = 20;

constexpr const char* kAddReceivers = R"(/* delivery.addReceivers */
INSERT IGNORE INTO exchange_receiver (outbox_id, organ_id, organ_canonical, organ_name, state,
                                      state_since) VALUES)";

constexpr const char* kAcceptNew = R"(/* delivery.acceptNew */
INSERT INTO delivery_event (receiver_id, state, told_at, happened_at, learnt_at)
SELECT r.receiver_id, 1, ?, ?, ? FROM exchange_receiver r
WHERE r.outbox_id = ?
  AND NOT EXISTS (SELECT 1 FROM delivery_event e WHERE e.receiver_id = r.receiver_id))";

constexpr const char* kLockReceivers = R"(/* delivery.lockReceivers */
SELECT receiver_id, organ_id, state FROM exchange_receiver WHERE outbox_id = ?
ORDER BY receiver_id FOR UPDATE)";

// What the receiver told may be known before we learn that the axis has the message (its answer
// was lost): then our own event stands before it.
constexpr const char* kSettleEvents = R"(/* delivery.settleEvents */
INSERT IGNORE INTO delivery_event (receiver_id, state, told_at, happened_at, learnt_at, description)
SELECT r.receiver_id, ?, ?,
       LEAST(?, COALESCE((SELECT MIN(e.happened_at) FROM delivery_event e
                          WHERE e.receiver_id = r.receiver_id AND e.status_code <> ''), ?)),
       ?, ?
FROM exchange_receiver r WHERE r.outbox_id = ?)";

constexpr const char* kSettleStates = R"(/* delivery.settleStates */
UPDATE exchange_receiver SET state = ?, state_since = ? WHERE outbox_id = ? AND state IN (1, 12))";

constexpr const char* kAcceptAgain = R"(/* delivery.acceptAgain */
INSERT IGNORE INTO delivery_event (receiver_id, state, told_at, happened_at, learnt_at)
SELECT r.receiver_id, 1, ?, ?, ? FROM exchange_receiver r WHERE r.outbox_id = ? AND r.state = 12)";

constexpr const char* kUnfail = R"(/* delivery.unfail */
UPDATE exchange_receiver SET state = 1, state_since = ? WHERE outbox_id = ? AND state = 12)";

constexpr const char* kFindByDocumentId = R"(/* delivery.findByDocumentId */
SELECT r.receiver_id, o.outbox_id, o.document_ref, r.organ_id, r.state
FROM exchange_outbox o JOIN exchange_receiver r ON r.outbox_id = o.outbox_id
WHERE o.kind = 1 AND o.document_id = ? AND r.organ_canonical = ?
ORDER BY o.outbox_id DESC LIMIT 1)";

constexpr const char* kFindByCode = R"(/* delivery.findByCode */
SELECT r.receiver_id, o.outbox_id, o.document_ref, r.organ_id, r.state
FROM exchange_outbox o JOIN exchange_receiver r ON r.outbox_id = o.outbox_id
WHERE o.kind = 1 AND o.code_text = ? AND r.organ_canonical = ? AND (? IS NULL OR o.promulgated_on = ?)
ORDER BY o.outbox_id DESC LIMIT 1)";

constexpr const char* kLockByDocument = R"(/* delivery.lockByDocument */
SELECT r.receiver_id, o.outbox_id, o.document_ref, r.organ_id, r.state
FROM exchange_outbox o JOIN exchange_receiver r ON r.outbox_id = o.outbox_id
WHERE o.kind = 1 AND o.document_ref = ? AND r.organ_canonical = ?
ORDER BY o.outbox_id DESC LIMIT 1 FOR UPDATE)";

constexpr const char* kFindByOrgan = R"(/* delivery.findByOrgan */
SELECT r.receiver_id, o.outbox_id, o.document_ref, r.organ_id, r.state
FROM exchange_outbox o JOIN exchange_receiver r ON r.outbox_id = o.outbox_id
WHERE o.kind = 1 AND o.document_ref = ? AND r.organ_id = ?
ORDER BY o.outbox_id DESC LIMIT 1)";

constexpr const char* kLockReceiver = R"(/* delivery.lockReceiver */
SELECT state FROM exchange_receiver WHERE receiver_id = ? FOR UPDATE)";

constexpr const char* kEvents = R"(/* delivery.eventsOfReceiver */
SELECT state, status_code, happened_at, learnt_at, description FROM delivery_event
WHERE receiver_id = ?)";

constexpr const char* kAddEvent = R"(/* delivery.addEvent */
INSERT IGNORE INTO delivery_event (receiver_id, state, status_code, told_at, happened_at, learnt_at,
                                   description) VALUES (?, ?, ?, ?, ?, ?, ?))";

constexpr const char* kSetState = R"(/* delivery.setState */
UPDATE exchange_receiver SET state = ?, state_since = ? WHERE receiver_id = ?)";

std::optional<Found> foundOf(const std::optional<base::db::Row>& row) {
  if (!row) {
    return std::nullopt;
  }
  return Found{.receiver = row->integer(0),
               .outbox = row->id<OutboxId>(1),
               .document = row->maybeInteger(2).value_or(0),
               .organId = row->text(3),
               .state = row->code<DeliveryState>(4)};
}

std::vector<DeliveryEvent> eventsOf(base::db::Session& session, std::int64_t receiver) {
  std::vector<DeliveryEvent> events;
  for (const base::db::Row& row : session.query(kEvents, {receiver})) {
    events.push_back(DeliveryEvent{.state = row.code<DeliveryState>(0),
                                   .statusCode = row.text(1),
                                   .at = row.instant(2),
                                   .learntAt = row.instant(3),
                                   .description = row.text(4)});
  }
  return events;
}

/// Adds the event and moves the receiver's state to what now is the latest. Empty when the event
/// was there.
std::optional<DeliveryChange> add(base::db::Session& session, const Found& receiver,
                                  DeliveryEvent event, base::Instant told,
                                  std::vector<DeliveryEvent> known) {
  const auto before = session.get(kLockReceiver, {receiver.receiver}).code<DeliveryState>(0);
  event.description = base::firstCharacters(event.description, kMostDescription);
  const std::uint64_t added =
      session.execute(kAddEvent, {receiver.receiver, event.state, event.statusCode, told, event.at,
                                  event.learntAt, event.description});
  if (added == 0) {
    return std::nullopt;
  }
  known.push_back(event);
  const DeliveryEvent& now = latest(known);
  session.execute(kSetState, {now.state, now.at, receiver.receiver});
  return DeliveryChange{.document = receiver.document,
                        .organId = receiver.organId,
                        .event = event,
                        .before = before,
                        .now = now.state};
}

}  // namespace

void addReceivers(base::db::Session& session, OutboxId outbox,
                  const std::vector<NewReceiver>& receivers, base::Instant now) {
  std::vector<base::db::Params> rows;
  for (const NewReceiver& receiver : receivers) {
    rows.push_back({outbox, receiver.organId, receiver.canonical, receiver.name,
                    DeliveryState::Accepted, now});
  }
  session.insertMany(kAddReceivers, rows);
  session.execute(kAcceptNew, {now, now, now, outbox});
}

std::vector<DeliveryChange> settleAll(base::db::Session& session, OutboxId outbox,
                                      DocumentRef document, DeliveryState state,
                                      const std::string& description, base::Instant now) {
  const auto rows = session.query(kLockReceivers, {outbox});
  const std::string told = base::firstCharacters(description, kMostDescription);
  session.execute(kSettleEvents, {state, now, now, now, now, told, outbox});
  session.execute(kSettleStates, {state, now, outbox});
  std::vector<DeliveryChange> changes;
  for (const base::db::Row& row : rows) {
    const auto before = row.code<DeliveryState>(2);
    const bool moves = before == DeliveryState::Accepted || before == DeliveryState::Failed;
    changes.push_back(
        DeliveryChange{.document = document,
                       .organId = row.text(1),
                       .event = {.state = state, .at = now, .learntAt = now, .description = told},
                       .before = before,
                       .now = moves ? state : before});
  }
  return changes;
}

void acceptAgain(base::db::Session& session, OutboxId outbox, base::Instant now) {
  session.execute(kAcceptAgain, {now, now, now, outbox});
  session.execute(kUnfail, {now, outbox});
}

std::optional<Found> findAnswered(base::db::Session& session, const std::string& canonical,
                                  const ResponseFor& responseFor) {
  if (!responseFor.documentId.empty()) {
    if (auto found =
            foundOf(session.find(kFindByDocumentId, {responseFor.documentId, canonical}))) {
      return found;
    }
  }
  if (responseFor.code.empty()) {
    return std::nullopt;
  }
  const auto& day = responseFor.promulgationDate.day;
  return foundOf(session.find(kFindByCode, {responseFor.code, canonical, day, day}));
}

std::optional<Found> lockReceiver(base::db::Session& session, DocumentRef document,
                                  const std::string& canonical) {
  return foundOf(session.find(kLockByDocument, {document, canonical}));
}

std::optional<Found> findByOrgan(base::db::Session& session, DocumentRef document,
                                 const std::string& organId) {
  return foundOf(session.find(kFindByOrgan, {document, organId}));
}

// R-52: each state with its time, kept for each receiver, whatever order it comes in.
std::optional<DeliveryChange> tell(base::db::Session& session, const Found& receiver,
                                   const ToldStatus& status) {
  static_cast<void>(session.get(kLockReceiver, {receiver.receiver}));
  auto known = eventsOf(session, receiver.receiver);
  const DeliveryState state = stateOfStatusCode(status.code);
  const DeliveryEvent event{.state = state,
                            .statusCode = base::firstCharacters(status.code, kMostCode),
                            .at = placed(state, status.told, status.learnt, known),
                            .learntAt = status.learnt,
                            .description = status.description};
  return add(session, receiver, event, status.told, std::move(known));
}

DeliveryChange note(base::db::Session& session, const Found& receiver, DeliveryState state,
                    const std::string& description, base::Instant now) {
  static_cast<void>(session.get(kLockReceiver, {receiver.receiver}));
  const DeliveryEvent event{
      .state = state, .statusCode = {}, .at = now, .learntAt = now, .description = description};
  auto change = add(session, receiver, event, now, eventsOf(session, receiver.receiver));
  return change.value_or(DeliveryChange{.document = receiver.document,
                                        .organId = receiver.organId,
                                        .event = event,
                                        .before = receiver.state,
                                        .now = state});
}

}  // namespace exchange::delivery::ledger
