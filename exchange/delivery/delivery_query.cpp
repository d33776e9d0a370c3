// What pages and the API show of deliveries and answers.
#include <map>

#include "exchange/delivery/outbox.h"
#include "exchange/delivery/outbox_store.h"
#include "exchange/delivery/timeline.h"

namespace exchange::delivery {

namespace {

constexpr const char* kReceivers = R"(/* delivery.deliveriesOf */
SELECT r.receiver_id, r.outbox_id, r.organ_id, r.organ_name, r.state, r.state_since, o.attempts,
       o.state, o.next_attempt_at, o.error_code, o.error_text
FROM exchange_outbox o JOIN exchange_receiver r ON r.outbox_id = o.outbox_id
WHERE o.document_ref = ? AND o.kind = 1
ORDER BY o.outbox_id, r.receiver_id)";

constexpr const char* kEvents = R"(/* delivery.eventsOf */
SELECT e.receiver_id, e.state, e.status_code, e.happened_at, e.learnt_at, e.description
FROM exchange_outbox o JOIN exchange_receiver r ON r.outbox_id = o.outbox_id
JOIN delivery_event e ON e.receiver_id = r.receiver_id
WHERE o.document_ref = ? AND o.kind = 1)";

constexpr const char* kAnswers = R"(/* delivery.answersOf */
SELECT status_code, description, created_at, state, settled_at FROM exchange_outbox
WHERE inbox_id = ? AND kind = 2 ORDER BY outbox_id)";

ReceiverDelivery deliveryOf(const base::db::Row& row) {
  const auto state = row.code<DeliveryState>(4);
  const bool waiting = row.code<OutboxState>(7) == OutboxState::Waiting;
  const std::string& code = row.text(9);
  return ReceiverDelivery{.outbox = row.id<OutboxId>(1),
                          .organId = row.text(2),
                          .organName = row.text(3),
                          .state = state,
                          .since = row.instant(5),
                          .waits = waitsFor(state),
                          .attempts = static_cast<int>(row.integer(6)),
                          .nextAttempt = waiting ? std::optional(row.instant(8)) : std::nullopt,
                          .lastError = code.empty() ? std::string() : code + ": " + row.text(10)};
}

}  // namespace

std::vector<ReceiverDelivery> deliveriesOf(base::db::Session& session, DocumentRef document) {
  std::vector<ReceiverDelivery> deliveries;
  std::map<std::int64_t, std::size_t> byReceiver;
  for (const base::db::Row& row : session.query(kReceivers, {document})) {
    byReceiver[row.integer(0)] = deliveries.size();
    deliveries.push_back(deliveryOf(row));
  }
  for (const base::db::Row& row : session.query(kEvents, {document})) {
    const auto found = byReceiver.find(row.integer(0));
    if (found != byReceiver.end()) {
      deliveries[found->second].events.push_back(DeliveryEvent{.state = row.code<DeliveryState>(1),
                                                               .statusCode = row.text(2),
                                                               .at = row.instant(3),
                                                               .learntAt = row.instant(4),
                                                               .description = row.text(5)});
    }
  }
  for (ReceiverDelivery& delivery : deliveries) {
    std::sort(delivery.events.begin(), delivery.events.end(), happenedBefore);
  }
  return deliveries;
}

std::vector<SentAnswer> answersOf(base::db::Session& session, InboxId inbox) {
  std::vector<SentAnswer> answers;
  for (const base::db::Row& row : session.query(kAnswers, {inbox})) {
    const auto state = row.code<OutboxState>(3);
    answers.push_back(
        SentAnswer{.statusCode = row.text(0),
                   .description = row.text(1),
                   .acceptedAt = row.instant(2),
                   .sentAt = state == OutboxState::Sent ? row.maybeInstant(4) : std::nullopt,
                   .failed = state == OutboxState::GivenUp});
  }
  return answers;
}

}  // namespace exchange::delivery
