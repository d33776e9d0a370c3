// What is written down of one message: a document, a status, or bytes that nobody can read.
#include <algorithm>

#include "base/log.h"
#include "exchange/delivery/arrival_check.h"
#include "exchange/delivery/delivery_ledger.h"
#include "exchange/delivery/receiving.h"

namespace exchange::delivery {

namespace {

constexpr const char* kArrived = "01";
constexpr const char* kRefused = "02";
constexpr const char* kRecall = "13";
constexpr const char* kDialectRefused = "envelope.dialect_refused";

/// The own agencies that the envelope names, canonical, each once.
std::vector<std::string> ownReceivers(base::db::Session& session, OrganDirectory& organs,
                                      const DocumentEnvelope& document) {
  std::vector<std::string> own;
  for (const Organ& organ : document.to) {
    if (!axis::isCode(organ.organId) || !organs.isOwn(session, organ.organId)) {
      continue;
    }
    const std::string code = organs.canonical(session, organ.organId);
    if (std::find(own.begin(), own.end(), code) == own.end()) {
      own.push_back(code);
    }
  }
  return own;
}

/// For whom this copy of the message is: the one that the axis names, or else all of ours. Empty
/// when none of ours stands in the envelope, or not the one that the axis names.
std::vector<std::string> receiversOf(base::db::Session& session, OrganDirectory& organs,
                                     const axis::ListedMessage& listed,
                                     const DocumentEnvelope& document) {
  const auto own = ownReceivers(session, organs, document);
  if (!axis::isCode(listed.to) || !organs.isOwn(session, listed.to)) {
    return own;
  }
  const std::string named = organs.canonical(session, listed.to);
  const bool stands = std::find(own.begin(), own.end(), named) != own.end();
  return stands ? std::vector<std::string>{named} : std::vector<std::string>();
}

NewInboxRow rowOf(const axis::ListedMessage& listed, const base::BlobRef& raw) {
  return NewInboxRow{
      .axisDocId = listed.docId, .kind = listed.kind, .from = listed.from, .blob = raw};
}

NewInboxRow rowOf(const axis::ListedMessage& listed, const ReceivedDocument& received,
                  const std::string& fromCanonical) {
  const DocumentEnvelope& document = received.envelope;
  NewInboxRow row = rowOf(listed, received.raw);
  row.kind = axis::MessageKind::Document;
  row.from = document.from.organId;
  row.fromCanonical = fromCanonical;
  row.receiver = received.receiver;
  row.documentId = document.documentId;
  row.codeText = document.code.text();
  row.promulgated = document.promulgationDate;
  row.business = document.business.kind;
  row.report = reportText(received.findings, &received.signature, received.remarks);
  return row;
}

std::string canonicalOf(base::db::Session& session, OrganDirectory& organs,
                        const std::string& code) {
  return axis::isCode(code) ? organs.canonical(session, code) : code;
}

/// Outside of a transaction: it may take long.
SignatureReport verify(const ReceivingTools& tools, const ReadReport& report, base::Instant at) {
  if (tools.verifier == nullptr) {
    SignatureReport unchecked;
    unchecked.findings.push_back({SignatureFault::ChainNotTrusted, "no trust anchor is set"});
    return unchecked;
  }
  return tools.verifier->verify(report, at, [&](const std::string& one, const std::string& other) {
    return tools.database.read([&](base::db::Session& session) {
      return canonicalOf(session, tools.organs, one) == canonicalOf(session, tools.organs, other);
    });
  });
}

}  // namespace

bool Receiving::recordUnreadable(const axis::ListedMessage& listed, const base::BlobRef& raw,
                                 const base::Refusal& why) {
  // Another dialect is what it is. Anything else may be a page of a proxy or half an answer, and is
  // believed only when the same bytes come again and again.
  const base::Instant now = tools_.clock.now();
  return tools_.database.transact([&](base::db::Session& session) {
    const bool certain =
        why.code == kDialectRefused ||
        inbox_store::countUnreadable(session, listed.docId, raw.sha256) >= options_->readAttempts;
    if (!certain) {
      return false;
    }
    NewInboxRow row = rowOf(listed, raw);
    row.state = InboxState::Unreadable;
    row.reason = why.code;
    for (const auto& [name, value] : why.facts) {
      row.reason += ", " + name + " " + value;
    }
    const bool ours = axis::isCode(listed.to) && tools_.organs.isOwn(session, listed.to);
    row.receiver = ours ? tools_.organs.canonical(session, listed.to) : std::string();
    const InboxId id = inbox_store::add(session, row, now);
    if (why.code == kDialectRefused && ours && listed.kind == axis::MessageKind::Document) {
      refuseWith(session, id, why);
    }
    base::log::error("delivery.unreadable", {{"inbox", id.value()}, {"code", why.code}});
    return true;
  });
}

void Receiving::recordDocument(const axis::ListedMessage& listed, const base::BlobRef& raw,
                               const ReadReport& report) {
  const base::Instant now = tools_.clock.now();
  ReceivedDocument received{.envelope = report.document(),
                            .raw = raw,
                            .arrivedAt = now,
                            .findings = report.findings,
                            .signature = verify(tools_, report, now)};
  for (const Attachment& attachment : received.envelope.attachments) {
    received.remarks.push_back(attachment.blob.sha256.empty()
                                   ? std::vector<AttachmentRemark>()
                                   : tools_.inspector.inspect(attachment));
  }
  const auto refusal = refusalOf(report, received.remarks);
  tools_.database.transact([&](base::db::Session& session) {
    if (inbox_store::findKnown(session, listed.docId)) {
      return;
    }
    auto receivers = receiversOf(session, tools_.organs, listed, received.envelope);
    if (receivers.empty()) {
      const bool ours = axis::isCode(listed.to) && tools_.organs.isOwn(session, listed.to);
      ReceivedDocument copy = received;
      copy.receiver = ours ? tools_.organs.canonical(session, listed.to) : std::string();
      recordFor(session, listed, copy,
                base::Refusal{base::RefusalKind::Invalid,
                              "arrival.misaddressed",
                              "",
                              {{"receiver", listed.to}},
                              {}});
      return;
    }
    for (const std::string& receiver : receivers) {
      ReceivedDocument copy = received;
      copy.receiver = receiver;
      recordFor(session, listed, copy, refusal);
    }
  });
}

void Receiving::recordFor(base::db::Session& session, const axis::ListedMessage& listed,
                          ReceivedDocument& received, std::optional<base::Refusal> refusal) {
  const std::string from = canonicalOf(session, tools_.organs, received.envelope.from.organId);
  NewInboxRow row = rowOf(listed, received, from);
  const std::string key = sameKey(received.envelope, from, received.receiver);
  if (const auto same = inbox_store::findSame(session, key)) {
    row.state = InboxState::Duplicate;
    row.duplicateOf = *same;
    const InboxId id = inbox_store::add(session, row, received.arrivedAt);
    base::log::info("delivery.duplicate", {{"inbox", id.value()}, {"of", same->value()}});
    return;
  }
  row.sameKey = key;
  row.state = refusal ? InboxState::Refused : InboxState::Arrived;
  row.reason = refusal ? refusal->code : std::string();
  received.sameIdOtherContent =
      received.envelope.business.kind == BusinessKind::New &&
      inbox_store::hasDocumentId(session, from, row.documentId, row.receiver);
  received.inbox = inbox_store::add(session, row, received.arrivedAt);
  // the answer, 01 or 02 with its reason, is written with the arrival. R-53: recall, update
  // and replacement arrive as what they are; nothing is applied here.
  if (refusal) {
    tools_.events.documentRefused(session, received, *refusal);
    if (!received.receiver.empty()) {
      refuseWith(session, received.inbox, *refusal);
    }
    base::log::warning("delivery.refused",
                       {{"inbox", received.inbox.value()}, {"code", refusal->code}});
    return;
  }
  const DocumentRef document = tools_.events.documentArrived(session, received);
  inbox_store::setDocument(session, received.inbox, document);
  const auto answered = tools_.outbox.answer(
      session, Answer{.inbox = received.inbox, .statusCode = kArrived, .description = ""});
  if (!answered) {
    base::log::warning("delivery.not_answered",
                       {{"inbox", received.inbox.value()}, {"code", answered.error().code}});
  }
  base::log::info("delivery.arrived", {{"inbox", received.inbox.value()}, {"document", document}});
}

void Receiving::refuseWith(base::db::Session& session, InboxId inbox, const base::Refusal& why) {
  const auto answered = tools_.outbox.answer(
      session, Answer{.inbox = inbox, .statusCode = kRefused, .description = tools_.sentence(why)});
  if (!answered) {
    // The sender did not say enough of the document to be answered.
    base::log::warning("delivery.not_answered",
                       {{"inbox", inbox.value()}, {"code", answered.error().code}});
  }
}

void Receiving::recordStatus(const axis::ListedMessage& listed, const base::BlobRef& raw,
                             const ReadReport& report) {
  const StatusEnvelope& status = report.status();
  const SignatureReport signature = verify(tools_, report, tools_.clock.now());
  tools_.database.transact([&](base::db::Session& session) {
    if (inbox_store::findKnown(session, listed.docId)) {
      return;
    }
    NewInboxRow row = rowOf(listed, raw);
    row.kind = axis::MessageKind::Status;
    row.from = status.from.organId;
    row.fromCanonical = canonicalOf(session, tools_.organs, status.from.organId);
    row.documentId = status.responseFor.documentId;
    row.codeText = status.responseFor.code;
    row.promulgated = status.responseFor.promulgationDate;
    row.statusCode = status.statusCode;
    row.report = reportText(report.findings, &signature, {});
    const std::string& to = axis::isCode(listed.to) ? listed.to : status.responseFor.organId;
    const std::string receiver = canonicalOf(session, tools_.organs, to);
    row.receiver = axis::isCode(receiver) ? receiver : std::string();
    applyStatus(session, std::move(row), status, receiver);
  });
}

void Receiving::applyStatus(base::db::Session& session, NewInboxRow row,
                            const StatusEnvelope& status, const std::string& receiver) {
  const base::Instant now = tools_.clock.now();
  const base::Instant told = status.timestamp.instant.value_or(now);
  const bool comparable = axis::isCode(row.fromCanonical);
  if (status.statusCode == kRecall) {
    const auto asked = comparable ? inbox_store::findAsked(session, row.fromCanonical, receiver,
                                                           status.responseFor)
                                  : std::nullopt;
    row.state = asked ? InboxState::Arrived : InboxState::Orphan;
    row.answersInbox = asked ? asked->id : InboxId();
    static_cast<void>(inbox_store::add(session, row, now));
    if (asked) {
      tools_.events.recallAsked(session, RecallRequest{.inbox = asked->id,
                                                       .document = asked->document,
                                                       .reason = status.description,
                                                       .staff = status.staff,
                                                       .at = told});
    }
    return;
  }
  const auto found = comparable
                         ? ledger::findAnswered(session, row.fromCanonical, status.responseFor)
                         : std::nullopt;
  row.state = found ? InboxState::Arrived : InboxState::Orphan;
  const InboxId id = inbox_store::add(session, row, now);
  if (!found) {
    base::log::warning("delivery.orphan_status", {{"inbox", id.value()}});
    return;
  }
  const auto change =
      ledger::tell(session, *found, {status.statusCode, told, now, status.description});
  if (change) {
    tools_.events.deliveryChanged(session, *change);
  }
}

}  // namespace exchange::delivery
