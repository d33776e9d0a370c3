// what the standard and the gateways in use demand of an outgoing envelope.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "exchange/envelope/detail.h"
#include "exchange/envelope/secrecy.h"
#include "exchange/envelope/writer.h"
#include "exchange/envelope/xml_writer.h"

namespace exchange {
namespace {

bool isOrganIdText(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  });
}

// Gathers all faults, so that all are told at once.
class Faults {
 public:
  void add(std::string code, std::string field,
           std::vector<std::pair<std::string, std::string>> facts = {}) {
    facts.emplace_back("field", field);
    faults_.push_back(
        {base::RefusalKind::Invalid, std::move(code), std::move(field), std::move(facts), {}});
  }
  /// `most` 0: no limit.
  void text(const std::string& field, std::string_view value, std::size_t most = 0) {
    if (!isXmlText(value)) {
      add("envelope.bad_text", field);
    } else if (most != 0 && value.size() > most && base::lengthInCharacters(value) > most) {
      add("envelope.too_long", field, {{"most", std::to_string(most)}});
    }
  }
  void needed(const std::string& field, std::string_view value, std::size_t most = 0) {
    if (withoutEndSpace(value).empty()) {
      add("envelope.missing", field);
    } else {
      text(field, value, most);
    }
  }
  void organ(const std::string& field, const Organ& organ) {
    needed(field + ".OrganId", organ.organId, 35);
    if (!isOrganIdText(organ.organId)) {
      add("envelope.bad_organ_id", field + ".OrganId",
          {{"organ", base::firstCharacters(organ.organId, 60)}});
    }
    text(field + ".OrganizationInCharge", organ.inCharge, 500);
    text(field + ".OrganName", organ.name, 200);
    text(field + ".OrganAdd", organ.address, 500);
    text(field + ".Email", organ.email, 100);
    text(field + ".Telephone", organ.telephone, 20);
    text(field + ".Fax", organ.fax, 20);
    text(field + ".Website", organ.website, 500);
  }
  void range(const std::string& field, std::optional<int> value, int least, int most) {
    if (value && (*value < least || *value > most)) {
      add("envelope.bad_number", field,
          {{"least", std::to_string(least)}, {"most", std::to_string(most)}});
    }
  }
  void staff(const std::string& field, const StaffInfo& staff) {
    text(field + ".Department", staff.department, 500);
    text(field + ".DepartmentId", staff.departmentId, 100);
    text(field + ".Staff", staff.staff, 200);
    text(field + ".StaffId", staff.staffId, 100);
    text(field + ".Email", staff.email, 100);
    text(field + ".Mobile", staff.mobile, 20);
  }
  void response(const std::string& field, const ResponseFor& response) {
    text(field + ".OrganId", response.organId, 35);
    text(field + ".Code", response.code, 100);
    text(field + ".PromulgationDate", response.promulgationDate.text, 20);
    text(field + ".DocumentId", response.documentId, 200);
  }
  [[nodiscard]] base::Result<void> result() && {
    if (faults_.empty()) {
      return {};
    }
    return base::refuseAll(std::move(faults_));
  }

 private:
  std::vector<base::Refusal> faults_;
};

void checkReceivers(const DocumentEnvelope& envelope, Faults& faults) {
  if (envelope.to.empty()) {
    faults.add("envelope.no_receiver", "To");
  }
  std::set<std::string> seen;
  for (const auto& organ : envelope.to) {
    faults.organ("To", organ);
    if (!organ.organId.empty() && !seen.insert(organ.organId).second) {
      faults.add("envelope.duplicate_receiver", "To", {{"organ", organ.organId}});
    }
  }
}

void checkDates(const DocumentEnvelope& envelope, base::LocalDate today, Faults& faults) {
  const auto& date = envelope.promulgationDate;
  if (!date.day || !date.day->ok() || date.text != base::slashDate(*date.day)) {
    faults.add("envelope.missing", "PromulgationInfo.PromulgationDate");
  } else if (*date.day > today) {
    faults.add("envelope.date_in_future", "PromulgationInfo.PromulgationDate",
               {{"date", base::viDate(*date.day)}});
  }
  const auto& due = envelope.dueDate;
  if (!due.text.empty() && (!due.day || due.text != base::slashDate(*due.day))) {
    faults.add("envelope.bad_text", "DueDate");
  }
}

void checkFields(const DocumentEnvelope& envelope, Faults& faults) {
  faults.needed("DocumentId", envelope.documentId, 200);
  faults.needed("Code.CodeNumber", envelope.code.number, 11);
  faults.needed("Code.CodeNotation", envelope.code.notation, 30);
  faults.text("PromulgationInfo.Place", envelope.place, 50);
  if (!envelope.type.type) {
    faults.add("envelope.missing", "DocumentType.Type");
  }
  faults.range("DocumentType.Type", envelope.type.type, 1, 99);
  faults.range("DocumentType.TypeDetail", envelope.type.detail, 0, 999);
  faults.needed("DocumentType.TypeName", envelope.type.name, 100);
  faults.needed("Subject", envelope.subject, 500);
  faults.text("Content", envelope.content, 500);
  faults.text("SignerInfo.Competence", envelope.signer.competence, 200);
  faults.text("SignerInfo.Position", envelope.signer.position, 200);
  faults.text("SignerInfo.FullName", envelope.signer.fullName, 200);
  faults.range("SteeringType", envelope.steeringType, 0, 3);
  for (const auto& response : envelope.responseFor) {
    faults.response("ResponseFor", response);
  }
  for (const auto& place : envelope.toPlaces) {
    faults.needed("ToPlaces.Place", place, 150);
  }
}

void checkOther(const OtherInfo& other, Faults& faults) {
  faults.range("OtherInfo.Priority", other.priority, 0, 4);
  faults.text("OtherInfo.SphereOfPromulgation", other.sphere, 100);
  faults.text("OtherInfo.TyperNotation", other.typerNotation, 10);
  faults.range("OtherInfo.PromulgationAmount", other.copies, 0, 65535);
  faults.range("OtherInfo.PageAmount", other.pages, 0, 65535);
  for (const auto& appendix : other.appendixes) {
    faults.text("OtherInfo.Appendixes.Appendix", appendix, 500);
  }
}

void checkBusiness(const Business& business, Faults& faults) {
  const std::string field = "Bussiness";
  if (!business.kind) {
    faults.add("envelope.missing", field + ".BussinessDocType");
  }
  faults.text(field + ".DocumentId", business.documentId, 200);
  faults.text(field + ".BussinessDocReason", business.reason, 500);
  if (business.kind == BusinessKind::Update) {
    faults.needed(field + ".DocumentId", business.documentId);
  }
  for (const auto& receiver : business.receivers) {
    faults.needed(field + ".ReceiverList.Receiver.OrganId", receiver.organId, 35);
  }
  if (business.kind == BusinessKind::Replace && business.replacements.empty()) {
    faults.add("envelope.missing", field + ".ReplacementInfoList.ReplacementInfo");
  }
  for (const auto& replacement : business.replacements) {
    faults.needed(field + ".ReplacementInfoList.ReplacementInfo.DocumentId", replacement.documentId,
                  200);
    for (const auto& organId : replacement.organIds) {
      faults.needed(field + ".ReplacementInfoList.ReplacementInfo.OrganIdList.OrganId", organId,
                    35);
    }
  }
  for (const auto& staff : business.staff) {
    faults.staff(field + ".StaffInfo", staff);
  }
}

void checkTraces(const DocumentEnvelope& envelope, Faults& faults) {
  if (envelope.traces.empty()) {
    faults.add("envelope.no_trace", "TraceHeaderList.TraceHeader");
  }
  for (const auto& trace : envelope.traces) {
    faults.needed("TraceHeaderList.TraceHeader.OrganId", trace.organId, 35);
    faults.needed("TraceHeaderList.TraceHeader.Timestamp", trace.timestamp.text, 30);
  }
}

void checkAttachments(const DocumentEnvelope& envelope, Faults& faults) {
  if (envelope.attachments.empty()) {
    faults.add("envelope.no_attachment", "AttachmentEncoded");
  }
  std::set<std::string> ids;
  for (std::size_t i = 0; i < envelope.attachments.size(); ++i) {
    const Attachment& attachment = envelope.attachments[i];
    faults.needed("Attachment.AttachmentName", attachment.name, 500);
    faults.text("Attachment.Description", attachment.description, 500);
    faults.text("Attachment.ContentId", attachment.contentId, 100);
    if (attachment.blob.sha256.empty()) {
      faults.add("envelope.missing", "Attachment.ContentTransferEncoded");
    }
    const std::string id =
        attachment.contentId.empty() ? std::to_string(i + 1) : attachment.contentId;
    if (!ids.insert(id).second) {
      faults.add("envelope.duplicate_content_id", "Attachment.ContentId",
                 {{"id", base::firstCharacters(id, 60)}});
    }
  }
}

}  // namespace

base::Result<void> checkOutgoing(const DocumentEnvelope& envelope, base::LocalDate today) {
  Faults faults;
  // no state secret goes out.
  if (const auto mark = findSecretMark(envelope)) {
    faults.add("envelope.secret_refused", mark->field, {{"text", mark->text}});
  }
  faults.organ("From", envelope.from);
  checkReceivers(envelope, faults);
  checkDates(envelope, today, faults);
  checkFields(envelope, faults);
  checkOther(envelope.other, faults);
  checkBusiness(envelope.business, faults);
  checkTraces(envelope, faults);
  checkAttachments(envelope, faults);
  return std::move(faults).result();
}

base::Result<void> checkOutgoing(const StatusEnvelope& envelope) {
  Faults faults;
  faults.organ("From", envelope.from);
  faults.response("ResponseFor", envelope.responseFor);
  faults.needed("ResponseFor.OrganId", envelope.responseFor.organId);
  if (envelope.responseFor.code.empty() && envelope.responseFor.documentId.empty()) {
    faults.add("envelope.missing", "ResponseFor.Code");
  }
  faults.staff("StaffInfo", envelope.staff);
  const std::string& code = envelope.statusCode;
  if (code.size() != 2 ||
      !std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    faults.add("envelope.missing", "StatusCode");
  }
  faults.text("Description", envelope.description, 500);
  faults.needed("Timestamp", envelope.timestamp.text, 30);
  return std::move(faults).result();
}

}  // namespace exchange
