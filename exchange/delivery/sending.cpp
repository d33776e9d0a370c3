#include "exchange/delivery/sending.h"

#include "base/crypto/digest.h"
#include "base/failure.h"
#include "base/log.h"
#include "base/text.h"
#include "exchange/delivery/delivery_ledger.h"
#include "exchange/delivery/envelope_json_internal.h"
#include "exchange/delivery/pacing.h"
#include "exchange/envelope/writer.h"
#include "exchange/signature/signer.h"

namespace exchange::delivery {

namespace {

constexpr std::uint64_t kMebibyte = 1 << 20;

base::Result<void> write(const DocumentEnvelope& envelope, base::Instant now,
                         const EnvelopeSigner* signer, const base::BlobStore& blobs,
                         const Sink& out) {
  return signer != nullptr ? writeSignedEnvelope(envelope, now, *signer, blobs, out)
                           : writeEnvelope(envelope, base::localDate(now), blobs, out);
}

base::Result<void> write(const StatusEnvelope& envelope, base::Instant now,
                         const EnvelopeSigner* signer, const Sink& out) {
  return signer != nullptr ? writeSignedEnvelope(envelope, now, *signer, out)
                           : writeEnvelope(envelope, out);
}

std::string textOf(const base::Refusal& refusal) {
  std::string text = refusal.field;
  for (const auto& [name, value] : refusal.facts) {
    text += (text.empty() ? "" : ", ") + name + " " + value;
  }
  return text;
}

/// What a person can put right (a certificate) is tried again; what the envelope says is not.
bool isPermanent(const base::Refusal& refusal) { return refusal.code.rfind("envelope.", 0) == 0; }

}  // namespace

double chance() {
  const std::string bytes = base::randomBytes(2);
  return (static_cast<unsigned char>(bytes[0]) * 256 + static_cast<unsigned char>(bytes[1])) /
         65535.0;
}

Sending::Sending(base::db::Database& database, base::BlobStore& blobs, const base::Clock& clock,
                 SigningKeys& keys, DeliveryEvents& events, const OutboxWorkerOptions& options)
    : database_(&database),
      blobs_(&blobs),
      clock_(&clock),
      keys_(&keys),
      events_(&events),
      options_(&options) {}

base::Result<base::BlobRef> Sending::make(const ClaimedMessage& message) {
  const base::Instant now = clock_->now();
  const EnvelopeSigner* signer = keys_->signerFor(message.from);
  const auto writer = blobs_->begin();
  const Sink out = [&](std::string_view bytes) { writer->write(bytes); };
  const auto written = message.kind == axis::MessageKind::Document
                           ? write(documentOfJson(message.content), now, signer, *blobs_, out)
                           : write(statusOfJson(message.content), now, signer, out);
  if (!written) {
    return tl::unexpected(written.error());
  }
  return writer->keep();
}

Attempt Sending::attempt(const ClaimedMessage& message, const std::string& token,
                         axis::Axis& axis) {
  try {
    return makeAndSend(message, token, axis);
  } catch (const std::exception& error) {
    if (dynamic_cast<const base::Unavailable*>(&error) != nullptr) {
      throw;
    }
    base::log::error("delivery.message_failed",
                     {{"outbox", message.id.value()}, {"reason", error.what()}});
    settleFault(message, {"failure", error.what()}, false);
    return Attempt::NotTried;
  }
}

Attempt Sending::makeAndSend(const ClaimedMessage& message, const std::string& token,
                             axis::Axis& axis) {
  std::optional<base::BlobRef> blob = message.blob;
  if (!blob) {
    const auto made = make(message);
    if (!made) {
      settleFault(message, {made.error().code, textOf(made.error())}, isPermanent(made.error()));
      return Attempt::NotTried;
    }
    const base::Instant until =
        clock_->now() + options_->lease + std::chrono::seconds(made->size / kMebibyte);
    // Whoever kept bytes first, those are sent.
    blob = database_->transact([&](base::db::Session& session) {
      return outbox_store::setBlob(session, message.id, *made, token, until)
                 ? std::optional(*made)
                 : outbox_store::findBlob(session, message.id);
    });
    if (!blob) {
      return Attempt::NotTried;  // The claim lapsed before anybody kept bytes.
    }
  }
  const auto sent = axis.sendEdoc(axis::OutgoingMessage{.kind = message.kind,
                                                        .from = message.from,
                                                        .to = {},
                                                        .file = blobs_->path(blob->sha256),
                                                        .digest = base::bytesOfHex(blob->sha256)});
  if (sent) {
    settleSent(message, *sent);
    return Attempt::Answered;
  }
  const axis::AxisFault& fault = sent.error();
  settleFault(message, {fault.code, fault.description},
              fault.kind == axis::AxisFault::Kind::Permanent);
  const bool silent = fault.code == "transport" || fault.code == "garbled";
  return silent ? Attempt::Silent : Attempt::Answered;
}

void Sending::settleSent(const ClaimedMessage& message, const std::string& docId) {
  const base::Instant now = clock_->now();
  database_->transact([&](base::db::Session& session) {
    if (!outbox_store::setSent(session, message.id, docId, now) ||
        message.kind != axis::MessageKind::Document) {
      return;
    }
    for (const DeliveryChange& change : ledger::settleAll(session, message.id, message.document,
                                                          DeliveryState::Sent, docId, now)) {
      events_->deliveryChanged(session, change);
    }
  });
  base::log::info("delivery.sent", {{"outbox", message.id.value()},
                                    {"kind", axis::wireName(message.kind)},
                                    {"attempt", message.attempts + 1},
                                    {"doc_id", docId}});
}

void Sending::settleFault(const ClaimedMessage& message, const SendFault& fault, bool permanent) {
  const base::Instant now = clock_->now();
  if (permanent || now - message.triedSince >= options_->giveUpAfter) {
    giveUp(message, fault);
    return;
  }
  const auto wait =
      backOff(message.attempts + 1, options_->firstRetry, options_->longestRetry, chance());
  database_->transact([&](base::db::Session& session) {
    outbox_store::setDeferred(session, message.id, fault, now + wait);
  });
  base::log::warning("delivery.deferred", {{"outbox", message.id.value()},
                                           {"attempt", message.attempts + 1},
                                           {"code", fault.code},
                                           {"reason", fault.text},
                                           {"seconds", wait.count() / 1000}});
}

void Sending::giveUp(const ClaimedMessage& message, const SendFault& fault) {
  const base::Instant now = clock_->now();
  database_->transact([&](base::db::Session& session) {
    if (outbox_store::setGivenUp(session, message.id, fault, now)) {
      tellGivenUp(session, message, fault, now);
    }
  });
  base::log::error("delivery.given_up", {{"outbox", message.id.value()},
                                         {"attempt", message.attempts + 1},
                                         {"code", fault.code},
                                         {"reason", fault.text}});
}

void Sending::tellGivenUp(base::db::Session& session, const ClaimedMessage& message,
                          const SendFault& fault, base::Instant now) {
  const std::string why = fault.code + ": " + fault.text;
  if (message.kind == axis::MessageKind::Document) {
    for (const DeliveryChange& change : ledger::settleAll(session, message.id, message.document,
                                                          DeliveryState::Failed, why, now)) {
      events_->deliveryChanged(session, change);
    }
  } else if (message.inbox.valid()) {
    events_->answerFailed(session, message.inbox, message.statusCode, why);
  } else if (message.document != 0) {
    const std::string organ = statusOfJson(message.content).responseFor.organId;
    if (const auto found = ledger::findByOrgan(session, message.document, organ)) {
      events_->deliveryChanged(session,
                               ledger::note(session, *found, DeliveryState::Failed, why, now));
    }
  }
}

}  // namespace exchange::delivery
