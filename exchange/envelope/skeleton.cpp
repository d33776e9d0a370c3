// Lays out the text of an envelope, with a token in the place of each attachment.
#include "exchange/envelope/packing.h"
#include "exchange/envelope/tree.h"
#include "exchange/envelope/xml_writer.h"

#include "base/crypto/digest.h"
#include "base/text.h"

namespace exchange {
namespace {

constexpr std::string_view kRootNamespace = "xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"";
constexpr std::string_view kPrefixNamespace =
    "xmlns:edXML=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"";

void writeOrgan(XmlWriter& xml, const char* element, const Organ& organ) {
  xml.open(element);
  xml.leaf("edXML:OrganId", organ.organId);
  xml.leaf("edXML:OrganizationInCharge", organ.inCharge);
  xml.leaf("edXML:OrganName", organ.name);
  xml.leaf("edXML:OrganAdd", organ.address);
  xml.leaf("edXML:Email", organ.email);
  xml.leaf("edXML:Telephone", organ.telephone);
  xml.leaf("edXML:Fax", organ.fax);
  xml.leaf("edXML:Website", organ.website);
  xml.close();
}

void writeResponse(XmlWriter& xml, const ResponseFor& response) {
  xml.open("edXML:ResponseFor");
  xml.leaf("edXML:OrganId", response.organId);
  xml.leaf("edXML:Code", response.code);
  xml.leaf("edXML:PromulgationDate", response.promulgationDate.text);
  xml.leaf("edXML:DocumentId", response.documentId);
  xml.close();
}

void writeStaff(XmlWriter& xml, const StaffInfo& staff) {
  xml.open("edXML:StaffInfo");
  xml.leaf("edXML:Department", staff.department);
  if (!staff.departmentId.empty()) {
    xml.leaf("edXML:DepartmentId", staff.departmentId);
  }
  xml.leaf("edXML:Staff", staff.staff);
  if (!staff.staffId.empty()) {
    xml.leaf("edXML:StaffId", staff.staffId);
  }
  xml.leaf("edXML:Email", staff.email);
  xml.leaf("edXML:Mobile", staff.mobile);
  xml.close();
}

void writeOther(XmlWriter& xml, const OtherInfo& other) {
  xml.open("edXML:OtherInfo");
  xml.leaf("edXML:Priority", other.priority.value_or(0));
  xml.leaf("edXML:SphereOfPromulgation", other.sphere);
  xml.leaf("edXML:TyperNotation", other.typerNotation);
  xml.leaf("edXML:PromulgationAmount", other.copies);
  xml.leaf("edXML:PageAmount", other.pages);
  xml.leaf("edXML:Direction", other.direction.value_or(false) ? "true" : "false");
  if (other.appendixes.empty()) {
    xml.leaf("edXML:Appendixes", "");
  } else {
    xml.open("edXML:Appendixes");
    for (const auto& appendix : other.appendixes) {
      xml.leaf("edXML:Appendix", appendix);
    }
    xml.close();
  }
  xml.close();
}

void writeIdentity(XmlWriter& xml, const DocumentEnvelope& envelope) {
  xml.leaf("edXML:DocumentId", envelope.documentId);
  xml.open("edXML:Code");
  xml.leaf("edXML:CodeNumber", envelope.code.number);
  xml.leaf("edXML:CodeNotation", envelope.code.notation);
  xml.close();
  xml.open("edXML:PromulgationInfo");
  xml.leaf("edXML:Place", envelope.place);
  xml.leaf("edXML:PromulgationDate", envelope.promulgationDate.text);
  xml.close();
  xml.open("edXML:DocumentType");
  xml.leaf("edXML:Type", envelope.type.type);
  xml.leaf("edXML:TypeDetail", envelope.type.detail.value_or(0));
  xml.leaf("edXML:TypeName", envelope.type.name);
  xml.close();
}

// The order of the axis's own library: From, To, DocumentId, Code, PromulgationInfo, DocumentType,
// Subject, Content, SignerInfo, DueDate, OtherInfo, ResponseFor, SteeringType, ToPlaces.
void writeMessageHeader(XmlWriter& xml, const DocumentEnvelope& envelope) {
  xml.open("edXML:MessageHeader");
  writeOrgan(xml, "edXML:From", envelope.from);
  for (const auto& organ : envelope.to) {
    writeOrgan(xml, "edXML:To", organ);
  }
  writeIdentity(xml, envelope);
  xml.leaf("edXML:Subject", envelope.subject);
  xml.leaf("edXML:Content", envelope.content);
  xml.open("edXML:SignerInfo");
  xml.leaf("edXML:Competence", envelope.signer.competence);
  xml.leaf("edXML:Position", envelope.signer.position);
  xml.leaf("edXML:FullName", envelope.signer.fullName);
  xml.close();
  xml.leaf("edXML:DueDate", envelope.dueDate.text);
  writeOther(xml, envelope.other);
  for (const auto& response : envelope.responseFor) {
    writeResponse(xml, response);
  }
  xml.leaf("edXML:SteeringType", envelope.steeringType.value_or(0));
  xml.open("edXML:ToPlaces");
  for (const auto& place : envelope.toPlaces) {
    xml.leaf("edXML:Place", place);
  }
  xml.close();
  xml.close();
}

void writeChanges(XmlWriter& xml, const Business& business) {
  if (business.kind == BusinessKind::Update) {
    xml.open("edXML:BussinessDocumentInfo");
    xml.leaf("edXML:DocumentInfo", business.contentChanged ? "1" : "0");
    xml.leaf("edXML:DocumentReceiver", business.receiversChanged ? "1" : "0");
    xml.open("edXML:ReceiverList");
    for (const auto& receiver : business.receivers) {
      xml.open("edXML:Receiver");
      xml.leaf("edXML:OrganId", receiver.organId);
      xml.leaf("edXML:ReceiverType", receiver.added ? "1" : "0");
      xml.close();
    }
    xml.close();
    xml.close();
  }
  if (business.kind == BusinessKind::Replace) {
    xml.open("edXML:ReplacementInfoList");
    for (const auto& replacement : business.replacements) {
      xml.open("edXML:ReplacementInfo");
      xml.leaf("edXML:DocumentId", replacement.documentId);
      xml.open("edXML:OrganIdList");
      for (const auto& organId : replacement.organIds) {
        xml.leaf("edXML:OrganId", organId);
      }
      xml.close();
      xml.close();
    }
    xml.close();
  }
}

void writeTraces(XmlWriter& xml, const DocumentEnvelope& envelope) {
  xml.open("edXML:TraceHeaderList");
  for (const auto& trace : envelope.traces) {
    xml.open("edXML:TraceHeader");
    xml.leaf("edXML:OrganId", trace.organId);
    xml.leaf("edXML:Timestamp", trace.timestamp.text);
    xml.close();
  }
  const Business& business = envelope.business;
  xml.open("edXML:Bussiness");
  xml.leaf("edXML:DocumentId", business.documentId);
  xml.leaf("edXML:BussinessDocType", static_cast<int>(business.kind.value_or(BusinessKind::New)));
  xml.leaf("edXML:BussinessDocReason", business.reason);
  xml.leaf("edXML:Paper", business.paper ? "1" : "0");
  writeChanges(xml, business);
  for (const auto& staff : business.staff) {
    writeStaff(xml, staff);
  }
  xml.close();
  xml.close();
}

std::string contentIdOf(const Attachment& attachment, std::size_t index) {
  return "cid:" + (attachment.contentId.empty() ? std::to_string(index + 1) : attachment.contentId);
}

void writeManifest(XmlWriter& xml, const DocumentEnvelope& envelope,
                   const std::vector<Packed>& packed) {
  xml.open("edXML:edXMLBody");
  xml.open("edXML:edXMLManifest", "version=\"1.0\"");
  for (std::size_t i = 0; i < envelope.attachments.size(); ++i) {
    const Attachment& attachment = envelope.attachments[i];
    xml.open("edXML:Reference");
    xml.leaf("edXML:ContentId", contentIdOf(attachment, i));
    xml.leaf("edXML:ContentType", packed[i].contentType);
    xml.leaf("edXML:Description", attachment.description);
    xml.leaf("edXML:AttachmentName", attachment.name);
    xml.close();
  }
  xml.close();
  xml.close();
}

void writeAttachments(XmlWriter& xml, const DocumentEnvelope& envelope, std::vector<Packed> packed,
                      std::vector<Splice>& splices) {
  xml.open("AttachmentEncoded");
  for (std::size_t i = 0; i < envelope.attachments.size(); ++i) {
    const Attachment& attachment = envelope.attachments[i];
    splices.push_back({newToken(), std::move(packed[i].text)});
    xml.open("Attachment");
    xml.leaf("ContentId", contentIdOf(attachment, i));
    xml.leaf("AttachmentName", attachment.name);
    xml.leaf("Description", attachment.description);
    xml.leaf("ContentType", packed[i].contentType);
    xml.leaf("edXML:ContentTransferEncoded", splices.back().token, kPrefixNamespace);
    xml.close();
  }
  xml.close();
}

base::LocalDate dateOf(const DocumentEnvelope& envelope) {
  using namespace std::chrono;
  return envelope.promulgationDate.day.value_or(base::LocalDate{year(1980), month(1), day(1)});
}

}  // namespace

std::string newToken() { return "splice-" + base::lowerHex(base::randomBytes(16)) + "-"; }

void streamSpliced(std::string_view xml, const std::vector<Splice>& splices, const Sink& out) {
  std::size_t at = 0;
  for (const auto& splice : splices) {
    const auto found = xml.find(splice.token, at);
    if (found == std::string_view::npos) {
      throw std::logic_error("the token of an attachment is missing");
    }
    out(xml.substr(at, found - at));
    splice.text->stream(out);
    at = found + splice.token.size();
  }
  out(xml.substr(at));
}

Skeleton makeSkeleton(const DocumentEnvelope& envelope, const base::BlobStore& blobs) {
  std::vector<Packed> packed;
  for (const auto& attachment : envelope.attachments) {
    packed.push_back(pack(attachment, dateOf(envelope), blobs));
  }
  Skeleton skeleton;
  XmlWriter xml;
  xml.open("edXML", kRootNamespace);
  xml.open("edXML:edXMLEnvelope", kPrefixNamespace);
  xml.open("edXML:edXMLHeader");
  writeMessageHeader(xml, envelope);
  writeTraces(xml, envelope);
  skeleton.signaturePlace = xml.place();
  xml.close();
  writeManifest(xml, envelope, packed);
  xml.close();
  writeAttachments(xml, envelope, std::move(packed), skeleton.splices);
  xml.close();
  skeleton.xml = std::move(xml).take();
  return skeleton;
}

Skeleton makeSkeleton(const StatusEnvelope& envelope) {
  Skeleton skeleton;
  XmlWriter xml;
  xml.open("edXML", kRootNamespace);
  xml.open("edXML:edXMLEnvelope", kPrefixNamespace);
  xml.open("edXML:edXMLHeader");
  xml.open("edXML:MessageHeader");
  writeOrgan(xml, "edXML:From", envelope.from);
  writeResponse(xml, envelope.responseFor);
  writeStaff(xml, envelope.staff);
  xml.leaf("edXML:StatusCode", envelope.statusCode);
  xml.leaf("edXML:Description", envelope.description);
  xml.leaf("edXML:Timestamp", envelope.timestamp.text);
  xml.close();
  skeleton.signaturePlace = xml.place();
  xml.close();
  xml.close();
  xml.close();
  skeleton.xml = std::move(xml).take();
  return skeleton;
}

}  // namespace exchange
