#include "eoffice/documents/exchange_desk.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/intake.h"
#include "eoffice/documents/repository.h"

namespace eoffice::documents {
namespace {

using base::db::Session;
using exchange::delivery::AttachmentRemark;
using exchange::delivery::DeliveryChange;
using exchange::delivery::DocumentRef;
using exchange::delivery::InboxId;
using exchange::delivery::RecallRequest;
using exchange::delivery::ReceivedDocument;

constexpr std::string_view kReportCode = "pdf.signature_report";
constexpr std::string_view kPagesCode = "pdf.pages";

std::string joined(const std::vector<std::string>& places) {
  std::string out;
  for (const auto& place : places) out += (out.empty() ? "" : "; ") + place;
  return out;
}

Urgency urgencyOf(std::optional<int> priority) {
  if (!priority || *priority < 0) return Urgency::Normal;
  return static_cast<Urgency>(std::min(*priority, static_cast<int>(Urgency::Express)));
}

// Foreign values may be longer than a column: the envelope itself is kept whole beside them.
std::string cut(const std::string& text, std::size_t most) {
  return base::firstCharacters(base::toNfc(text), most);
}

Fields fieldsOf(const exchange::DocumentEnvelope& e, const DocumentTypes& types) {
  Fields f{.typeName = cut(e.type.name, 100),
           .codeNumber = cut(e.code.number, 20),
           .codeNotation = cut(e.code.notation, 50),
           .issuedDate = e.promulgationDate.day,
           .issuerName = cut(e.from.name.empty() ? e.from.organId : e.from.name, 300),
           .subject = cut(e.subject, 2000),
           .signerName = cut(e.signer.fullName, 100),
           .signerPosition = cut(e.signer.position, 200),
           .urgency = urgencyOf(e.other.priority),
           .pageAmount = std::clamp(e.other.pages.value_or(0), 0, 9999),
           .dueDate = e.dueDate.day,
           .toPlaces = cut(joined(e.toPlaces), 1000)};
  if (const auto* type = types.find(f.typeName)) f.typeCode = type->code;
  return f;
}

std::string remarkText(const std::vector<AttachmentRemark>& remarks, std::string_view code) {
  for (const auto& remark : remarks) {
    if (remark.code == code) return remark.text;
  }
  return {};
}

void addFiles(Session& session, DocumentId id, const ReceivedDocument& document,
              base::Instant now) {
  bool first = true;
  for (std::size_t i = 0; i < document.envelope.attachments.size(); ++i) {
    const auto& attachment = document.envelope.attachments[i];
    if (attachment.blob.sha256.empty()) continue;
    const auto remarks =
        i < document.remarks.size() ? document.remarks[i] : std::vector<AttachmentRemark>();
    const auto pages = remarkText(remarks, kPagesCode);
    addFile(session, id,
            {.kind = first ? FileKind::Main : FileKind::Attachment,
             .name = cut(attachment.name, 255),
             .mediaType = cut(attachment.mediaType, 100),
             .blob = attachment.blob,
             .pages = pages.empty() ? 0 : std::stoi(pages),
             .signatureReport = remarkText(remarks, kReportCode)},
            now);
    first = false;
  }
}

void note(Session& session, const base::Clock& clock, std::string act, std::string kind,
          std::int64_t object, std::vector<std::pair<std::string, std::string>> detail,
          AgencyId agency = {}) {
  audit::write(session, clock,
               {.act = std::move(act),
                .agency = agency,
                .objectKind = std::move(kind),
                .objectId = object,
                .detail = std::move(detail)});
}

AgencyId receiverOf(Session& session, const ReceivedDocument& document) {
  const auto agency = directory::findAgencyByCode(session, document.receiver);
  return agency ? agency->id : AgencyId();
}

}  // namespace

DocumentRef ExchangeDesk::documentArrived(Session& session, const ReceivedDocument& document) {
  const auto agency = receiverOf(session, document);
  const auto now = clock_.now();
  const auto fields = fieldsOf(document.envelope, types_);
  const auto id = insertDocument(session, agency, Direction::Incoming, State::Arrived, fields,
                                 "inbox-" + std::to_string(document.inbox.value()), {}, now);
  insertIncoming(session, id,
                 {.source = Source::Exchange,
                  .receivedAt = document.arrivedAt,
                  .senderCode = cut(document.envelope.from.organId, 35),
                  .inboxId = document.inbox.value()},
                 fields.toPlaces);
  addFiles(session, id, document, now);
  openStep(session, id, agency, {.kind = StepKind::Register, .role = static_cast<int>(Role::Clerk)},
           now);
  note(session, clock_, "document.arrived", "document", id.value(),
       {{"sender", document.envelope.from.organId}, {"envelope", document.raw.sha256}}, agency);
  return id.value();
}

void ExchangeDesk::documentRefused(Session& session, const ReceivedDocument& document,
                                   const base::Refusal& why) {
  note(session, clock_, "document.arrival_refused", "inbox", document.inbox.value(),
       {{"sender", document.envelope.from.organId}, {"reason", why.code}},
       receiverOf(session, document));
}

void ExchangeDesk::deliveryChanged(Session& session, const DeliveryChange& change) {
  note(session, clock_, "delivery.changed", "document", change.document,
       {{"receiver", change.organId},
        {"state", std::string(exchange::delivery::stateName(change.event.state))}});
}

void ExchangeDesk::recallAsked(Session& session, const RecallRequest& request) {
  note(session, clock_, "delivery.recall_asked", "document", request.document,
       {{"reason", request.reason}});
}

void ExchangeDesk::answerFailed(Session& session, InboxId inbox, const std::string& statusCode,
                                const std::string& why) {
  note(session, clock_, "delivery.answer_failed", "inbox", inbox.value(),
       {{"status", statusCode}, {"reason", why}});
}

std::vector<AttachmentRemark> PdfInspector::inspect(const exchange::Attachment& attachment) {
  using Weight = AttachmentRemark::Weight;
  if (attachment.mediaType != "application/pdf" || attachment.blob.sha256.empty()) return {};
  const auto path = blobs_.path(attachment.blob.sha256);
  const auto facts = reader_.inspect(path);
  if (!facts) return {{Weight::Damaged, facts.error().code, {}}};
  if (facts->secrecy) {
    return {{Weight::Damaged, "document.secret_refused", facts->secrecy->text}};
  }
  std::vector<AttachmentRemark> remarks{
      {Weight::Note, std::string(kPagesCode), std::to_string(facts->pages)}};
  if (facts->signatures == 0) return remarks;
  const auto report = reader_.signatures(path, trust_, clock_.now());
  if (!report) {
    remarks.push_back({Weight::Note, report.error().code, {}});
  } else {
    remarks.push_back({Weight::Note, std::string(kReportCode), toJson(*report)});
  }
  return remarks;
}

}  // namespace eoffice::documents
