#include "exchange/delivery/outbox.h"

#include <algorithm>

#include "base/crypto/digest.h"
#include "base/text.h"
#include "exchange/axis/protocol.h"
#include "exchange/delivery/delivery_ledger.h"
#include "exchange/delivery/envelope_json_internal.h"
#include "exchange/delivery/inbox_store.h"
#include "exchange/delivery/outbox_store.h"
#include "exchange/envelope/writer.h"

namespace exchange::delivery {

namespace {

using base::RefusalKind;

constexpr const char* kRecallCode = "13";
constexpr std::size_t kMostDescription = 500;  // What receivers take.

std::string keyOf(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    text += std::to_string(part.size()) + ":" + part;
  }
  return base::sha256Hex(text);
}

std::string defaultDocumentId(const DocumentEnvelope& envelope) {
  const auto& day = envelope.promulgationDate.day;
  return envelope.from.organId + "," + (day ? base::slashDate(*day) : std::string()) + "," +
         envelope.code.text();
}

BusinessKind kindOf(const DocumentEnvelope& envelope) {
  return envelope.business.kind.value_or(BusinessKind::New);
}

std::vector<ledger::NewReceiver> receiversOf(base::db::Session& session, OrganDirectory& organs,
                                             const DocumentEnvelope& envelope) {
  std::vector<ledger::NewReceiver> receivers;
  for (const Organ& organ : envelope.to) {
    receivers.push_back({organ.organId, organs.canonical(session, organ.organId), organ.name});
  }
  return receivers;
}

std::string documentKey(base::db::Session& session, OrganDirectory& organs,
                        const DocumentEnvelope& envelope,
                        const std::vector<ledger::NewReceiver>& receivers) {
  std::vector<std::string> codes;
  for (const ledger::NewReceiver& receiver : receivers) {
    codes.push_back(receiver.canonical);
  }
  std::sort(codes.begin(), codes.end());
  std::vector<std::string> parts = {"document", organs.canonical(session, envelope.from.organId),
                                    envelope.documentId,
                                    std::to_string(static_cast<int>(kindOf(envelope)))};
  parts.insert(parts.end(), codes.begin(), codes.end());
  return keyOf(parts);
}

StatusEnvelope answerEnvelope(base::db::Session& session, OrganDirectory& organs,
                              const inbox_store::ArrivedDocument& arrived, const Answer& answer,
                              base::Instant now) {
  return StatusEnvelope{
      .from = organs.describe(session, arrived.receiver),
      .responseFor = {.organId = arrived.from,
                      .code = arrived.codeText,
                      .promulgationDate = {.text = arrived.promulgatedText,
                                           .day = arrived.promulgated,
                                           .standard = arrived.promulgated.has_value()},
                      .documentId = arrived.documentId},
      .staff = answer.staff,
      .statusCode = answer.statusCode,
      .description = base::firstCharacters(answer.description, kMostDescription),
      .timestamp = EnvelopeTime::of(now)};
}

base::Result<void> mayAskBack(const std::optional<ledger::Found>& found) {
  if (!found) {
    return base::refuse(RefusalKind::NotFound, "delivery.unknown_delivery");
  }
  switch (found->state) {
    case DeliveryState::Accepted:
    case DeliveryState::Failed:
      return base::refuse(RefusalKind::Conflict, "delivery.not_sent");
    case DeliveryState::RecallAsked:
      return base::refuse(RefusalKind::Conflict, "delivery.recall_pending");
    case DeliveryState::RecallAgreed:
      return base::refuse(RefusalKind::Conflict, "delivery.recalled");
    case DeliveryState::Sent:
    case DeliveryState::Delivered:
    case DeliveryState::Refused:
    case DeliveryState::Registered:
    case DeliveryState::Assigned:
    case DeliveryState::InProgress:
    case DeliveryState::Completed:
    case DeliveryState::RecallRefused:
    case DeliveryState::Other:
      return {};
  }
  return {};
}

}  // namespace

Outbox::Outbox(const base::Clock& clock, OrganDirectory& organs)
    : clock_(&clock), organs_(&organs) {}

base::Result<OutboxId> Outbox::enqueueDocument(base::db::Session& session,
                                               OutgoingDocument document) {
  const base::Instant now = clock_->now();
  DocumentEnvelope& envelope = document.envelope;
  if (envelope.documentId.empty()) {
    envelope.documentId = defaultDocumentId(envelope);
  }
  if (envelope.traces.empty()) {
    envelope.traces.push_back({envelope.from.organId, EnvelopeTime::of(now)});
  }
  if (auto checked = checkOutgoing(envelope, base::localDate(now)); !checked) {
    return tl::unexpected(checked.error());
  }
  if (!organs_->isOwn(session, envelope.from.organId)) {
    return base::refuse(RefusalKind::Forbidden, "delivery.foreign_sender", "from",
                        {{"code", envelope.from.organId}});
  }
  const auto receivers = receiversOf(session, *organs_, envelope);
  const OutboxId id =
      outbox_store::put(session,
                        NewOutboxRow{.sameKey = documentKey(session, *organs_, envelope, receivers),
                                     .kind = axis::MessageKind::Document,
                                     .document = document.document,
                                     .from = envelope.from.organId,
                                     .documentId = envelope.documentId,
                                     .codeText = envelope.code.text(),
                                     .promulgated = envelope.promulgationDate.day,
                                     .business = kindOf(envelope),
                                     .content = jsonText(envelope)},
                        now);
  ledger::addReceivers(session, id, receivers, now);
  return id;
}

base::Result<OutboxId> Outbox::enqueueStatus(base::db::Session& session, OutgoingStatus status) {
  if (auto checked = checkOutgoing(status.envelope); !checked) {
    return tl::unexpected(checked.error());
  }
  return outbox_store::put(session,
                           NewOutboxRow{.sameKey = keyOf({"status", status.key}),
                                        .kind = axis::MessageKind::Status,
                                        .document = status.document,
                                        .inbox = status.inbox.value_or(InboxId()),
                                        .from = status.envelope.from.organId,
                                        .documentId = status.envelope.responseFor.documentId,
                                        .codeText = status.envelope.responseFor.code,
                                        .statusCode = status.envelope.statusCode,
                                        .description = status.envelope.description,
                                        .content = jsonText(status.envelope)},
                           clock_->now());
}

base::Result<OutboxId> Outbox::answer(base::db::Session& session, const Answer& answer) {
  const auto arrived = inbox_store::findDocument(session, answer.inbox);
  if (!arrived) {
    return base::refuse(RefusalKind::NotFound, "delivery.unknown_inbox");
  }
  if (answer.statusCode == kRecallCode) {
    return base::refuse(RefusalKind::Invalid, "delivery.code_not_for_receiver", "statusCode",
                        {{"code", answer.statusCode}});
  }
  // 15 and 16 answer one request each; all other codes are said once.
  const bool answersRequest = answer.statusCode == "15" || answer.statusCode == "16";
  const std::int64_t request =
      answersRequest ? inbox_store::latestRecall(session, answer.inbox) : std::int64_t{0};
  return enqueueStatus(
      session,
      OutgoingStatus{.key = std::to_string(answer.inbox.value()) + "/" + answer.statusCode + "/" +
                            std::to_string(request),
                     .envelope = answerEnvelope(session, *organs_, *arrived, answer, clock_->now()),
                     .inbox = answer.inbox});
}

base::Result<OutboxId> Outbox::askBack(base::db::Session& session, DocumentRef document,
                                       const std::string& organId, const std::string& reason,
                                       const StaffInfo& staff) {
  const auto found = ledger::lockReceiver(session, document, organs_->canonical(session, organId));
  if (auto allowed = mayAskBack(found); !allowed) {
    return tl::unexpected(allowed.error());
  }
  const base::Instant now = clock_->now();
  const outbox_store::SentDocument sent = outbox_store::getDocument(session, found->outbox);
  // Status 13 turns the roles round: ResponseFor names the receiver.
  StatusEnvelope envelope{.from = organs_->describe(session, sent.from),
                          .responseFor = {.organId = found->organId,
                                          .code = sent.codeText,
                                          .promulgationDate = EnvelopeDate::of(sent.promulgated),
                                          .documentId = sent.documentId},
                          .staff = staff,
                          .statusCode = kRecallCode,
                          .description = reason,
                          .timestamp = EnvelopeTime::of(now)};
  auto id = enqueueStatus(session, OutgoingStatus{.key = "13/" + std::to_string(found->receiver) +
                                                         "/" + base::isoInstant(now),
                                                  .envelope = std::move(envelope),
                                                  .document = document});
  if (id) {
    static_cast<void>(ledger::note(session, *found, DeliveryState::RecallAsked, reason, now));
  }
  return id;
}

base::Result<void> Outbox::resend(base::db::Session& session, OutboxId outbox) {
  const base::Instant now = clock_->now();
  switch (outbox_store::reopen(session, outbox, now)) {
    case outbox_store::Reopened::Yes:
      ledger::acceptAgain(session, outbox, now);
      return {};
    case outbox_store::Reopened::Unknown:
      return base::refuse(RefusalKind::NotFound, "delivery.unknown_delivery");
    case outbox_store::Reopened::NotGivenUp:
      return base::refuse(RefusalKind::Conflict, "delivery.not_failed");
  }
  return {};
}

}  // namespace exchange::delivery
