// Out of the house: to each receiver by the axis, from a row of the issuing transaction.
#include <set>

#include "eoffice/directory/agencies.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/assignment.h"
#include "eoffice/documents/organs.h"
#include "eoffice/documents/outgoing.h"
#include "eoffice/documents/secrecy.h"

namespace eoffice::documents {
namespace {

using base::Refusal;
using base::RefusalKind;
using base::db::Session;

constexpr const char* kAddReceivers = R"(/* documents.addReceivers */
INSERT INTO outgoing_receiver (document_id, position, agency_code, agency_name) VALUES)";

// Every fault of the list at once, each with the code that it is about.
base::Result<std::vector<directory::Agency>> findReceivers(Session& session, const Caller& caller,
                                                           const std::vector<std::string>& codes,
                                                           base::LocalDate day) {
  std::vector<directory::Agency> receivers;
  std::vector<Refusal> faults;
  std::set<AgencyId> seen;
  const auto fault = [&](std::string what, const std::string& code) {
    faults.push_back(
        Refusal{RefusalKind::Invalid, std::move(what), "receivers", {{"code", code}}, {}});
  };
  auto found = directory::findAgenciesByCodes(session, codes);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto& code = codes[i];
    auto& agency = found[i];
    if (!agency) {
      fault("issue.unknown_receiver", code);
    } else if (!agency->validity.covers(day)) {
      fault("issue.receiver_closed", code);
    } else if (agency->id == caller.agency) {
      fault("issue.to_oneself", code);
    } else if (!seen.insert(agency->id).second) {
      fault("issue.receiver_twice", code);
    } else {
      receivers.push_back(std::move(*agency));
    }
  }
  if (codes.empty()) fault("issue.no_receiver", "");
  if (!faults.empty()) return base::refuseAll(std::move(faults));
  return receivers;
}

std::vector<exchange::ResponseFor> responseFor(Session& session, const Document& document) {
  if (!document.outgoing->answers.valid()) return {};
  const auto answered = findDocument(session, document.outgoing->answers);
  if (!answered || !answered->incoming) return {};
  const auto& f = answered->fields;
  return {{.organId = answered->incoming->senderCode,
           .code = symbolOf(f.codeNumber, f.codeNotation),
           .promulgationDate = f.issuedDate ? exchange::EnvelopeDate::of(*f.issuedDate)
                                            : exchange::EnvelopeDate()}};
}

exchange::DocumentEnvelope envelopeOf(Session& session, const Office& office, const Caller& caller,
                                      const Document& document, const File& file,
                                      const std::vector<directory::Agency>& receivers) {
  const auto& f = document.fields;
  const auto own = directory::findAgency(session, caller.agency);
  Organs organs(office.clock);
  exchange::DocumentEnvelope envelope;
  envelope.from = organs.describe(session, own->codeQd20);
  for (const auto& receiver : receivers) {
    envelope.to.push_back(organOf(receiver, receiver.parent == own->id ? own->name : ""));
  }
  envelope.code = {.number = f.codeNumber, .notation = f.codeNotation};
  envelope.place = office.place;
  envelope.promulgationDate = exchange::EnvelopeDate::of(*f.issuedDate);
  envelope.type = {.type = 2, .name = f.typeName};
  envelope.subject = f.subject;
  envelope.content = f.subject;
  envelope.signer = {.competence = document.outgoing->signerCompetence,
                     .position = f.signerPosition,
                     .fullName = f.signerName};
  if (f.dueDate) envelope.dueDate = exchange::EnvelopeDate::of(*f.dueDate);
  envelope.other.priority = static_cast<int>(f.urgency);
  envelope.other.pages = f.pageAmount;
  envelope.other.copies = static_cast<int>(receivers.size());
  envelope.responseFor = responseFor(session, document);
  envelope.business.staff = {{.department = caller.postTitle, .staff = caller.name}};
  envelope.attachments = {{.name = file.name,
                           .description = symbolOf(f.codeNumber, f.codeNotation),
                           .blob = file.blob,
                           .mediaType = file.mediaType}};
  return envelope;
}

void storeReceivers(Session& session, DocumentId id,
                    const std::vector<directory::Agency>& receivers) {
  std::vector<base::db::Params> rows;
  for (const auto& receiver : receivers) {
    rows.push_back({id, rows.size() + 1, receiver.codeQd20, receiver.name});
  }
  session.insertMany(kAddReceivers, rows);
}

// An answer that has left ends the work on what it answers.
base::Result<void> endAnswered(Session& session, const Office& office, const Caller& caller,
                               const Document& document, base::Instant now) {
  if (!document.outgoing->answers.valid()) return {};
  const auto answered = lockDocument(session, document.outgoing->answers);
  if (!answered || answered->state != State::Directed) return {};
  const auto step = openStepOf(session, answered->id, StepKind::Handle);
  if (!step) return {};
  const auto symbol = symbolOf(document.fields.codeNumber, document.fields.codeNotation);
  closeStep(session, step->id, caller.post, Outcome::Done, symbol, now);
  auto ended = finishIncoming(session, office, caller, *answered, step->assignedPost, symbol,
                              {"document", document.id.value()}, now, Upwards::ToTheTop);
  if (!ended) return ended;
  record(session, office.clock, caller, "document.finished", answered->id, {},
         {{"result", symbol}});
  return {};
}

}  // namespace

base::Result<void> Outgoing::issueLocked(Session& session, const Caller& caller, Document& document,
                                         const Issue& input, base::Instant now) {
  if (auto open = refuseSecret({}, textsOf(document.fields)); !open) return open;  // R-4
  auto receivers = findReceivers(session, caller, input.receivers, base::localDate(now));
  if (!receivers) return tl::unexpected(std::move(receivers.error()));
  const auto file = newestFile(session, document.id, FileKind::Sealed);
  if (!file) return base::refuse(RefusalKind::Conflict, "document.no_file");
  auto behalf = closeOwnStep(session, caller, document, StepKind::Issue, Outcome::Done, {}, now);
  if (!behalf) return tl::unexpected(std::move(behalf.error()));
  if (input.replyBy) {
    document.fields.dueDate = *input.replyBy;
    updateFields(session, document.id, document.fields, now);
  }

  storeReceivers(session, document.id, *receivers);
  auto queued = office_.outbox.enqueueDocument(
      session, {.document = document.id.value(),
                .envelope = envelopeOf(session, office_, caller, document, *file, *receivers)});
  if (!queued) return tl::unexpected(std::move(queued.error()));
  setIssued(session, document.id, caller.post, now);
  setState(session, document.id, State::Issued, now);
  if (auto ended = endAnswered(session, office_, caller, document, now); !ended) return ended;
  record(session, office_.clock, caller, "document.issued", document.id, {},
         {{"receivers", std::to_string(receivers->size())},
          {"reply_by", document.fields.dueDate ? base::isoDate(*document.fields.dueDate) : ""}});
  return {};
}

base::Result<void> Outgoing::issue(const Caller& caller, const Target& target, const Issue& input) {
  if (auto right = directory::require(caller, directory::Capability::Issue); !right) return right;
  const auto now = office_.clock.now();
  if (input.replyBy && *input.replyBy && **input.replyBy < base::localDate(now)) {
    return base::refuse(RefusalKind::Invalid, "field.date_in_past", "reply_by");
  }
  auto done = office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForAct(session, caller, target, {State::Sealed}, {{StepKind::Issue}});
    if (!document) return tl::unexpected(std::move(document.error()));
    return issueLocked(session, caller, *document, input, now);
  });
  if (done) {
    office_.wakers.outboxHasWork();
    office_.wakers.remindersHaveWork();
  }
  return done;
}

base::Result<void> Outgoing::retryDelivery(const Caller& caller, DocumentId document,
                                           std::int64_t delivery) {
  if (auto right = directory::require(caller, directory::Capability::Issue); !right) return right;
  auto done = office_.database.transact([&](Session& session) -> base::Result<void> {
    auto locked = lockForAct(session, caller, {document, 0}, {State::Issued});
    if (!locked) return tl::unexpected(std::move(locked.error()));
    for (const auto& one : exchange::delivery::deliveriesOf(session, document.value())) {
      if (one.outbox.value() != delivery) continue;
      record(session, office_.clock, caller, "delivery.retried", document, {},
             {{"receiver", one.organId}});
      return office_.outbox.resend(session, one.outbox);
    }
    return base::refuse(RefusalKind::NotFound, "delivery.unknown_delivery");
  });
  if (done) office_.wakers.outboxHasWork();
  return done;
}

}  // namespace eoffice::documents
