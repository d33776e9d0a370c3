// The smaller parts of ModelReader: organs, other information, traces, business operations.
#include "base/text.h"
#include "exchange/envelope/detail.h"
#include "exchange/envelope/model_reader.h"

namespace exchange {
namespace {

// `Business` for `Bussiness` and so on: some senders correct the spelling.
struct Spelled {
  const xmlNode* node;
  bool corrected;
};
Spelled spelled(const xmlNode* parent, const char* sic, const char* corrected) {
  if (const xmlNode* node = xml::child(parent, sic)) {
    return {node, false};
  }
  const xmlNode* node = xml::child(parent, corrected);
  return {node, node != nullptr};
}

}  // namespace

OtherInfo ModelReader::readOther(const xmlNode* other) {
  const std::string path = "MessageHeader.OtherInfo";
  OtherInfo info;
  info.priority = number(other, "Priority", path);
  info.sphere = text(other, "SphereOfPromulgation", path, 100);
  info.typerNotation = text(other, "TyperNotation", path, 10);
  info.copies = number(other, "PromulgationAmount", path);
  info.pages = number(other, "PageAmount", path);
  const std::string direction = base::lowerAscii(text(other, "Direction", path));
  if (!direction.empty()) {
    info.direction = direction == "true" || direction == "1";
  }
  const xmlNode* list = xml::child(other, "Appendixes");
  for (const xmlNode* node : xml::children(list, "Appendix")) {
    const std::string appendix = base::toNfc(withoutEndSpace(xml::text(node)));
    if (!appendix.empty()) {
      info.appendixes.push_back(appendix);
    }
  }
  return info;
}

Organ ModelReader::readOrgan(const xmlNode* organ, const std::string& path) {
  Organ result;
  result.organId = id(organ, "OrganId", path);
  result.inCharge = text(organ, "OrganizationInCharge", path, 500);
  result.name = text(organ, "OrganName", path, 200);
  result.address = text(organ, "OrganAdd", path, 500);
  result.email = text(organ, "Email", path, 100);
  result.telephone = text(organ, "Telephone", path, 20);
  result.fax = text(organ, "Fax", path, 20);
  result.website = text(organ, "Website", path);
  return result;
}

ResponseFor ModelReader::readResponse(const xmlNode* response, const std::string& path) {
  ResponseFor result;
  result.organId = id(response, "OrganId", path);
  result.code = text(response, "Code", path);
  result.promulgationDate = date(response, "PromulgationDate", path);
  result.documentId = withoutEndSpace(xml::text(xml::child(response, "DocumentId")));
  return result;
}

StaffInfo ModelReader::readStaff(const xmlNode* staff) {
  const std::string path = "StaffInfo";
  StaffInfo result;
  result.department = text(staff, "Department", path);
  result.departmentId = text(staff, "DepartmentId", path);
  result.staff = text(staff, "Staff", path);
  result.staffId = text(staff, "StaffId", path);
  result.email = text(staff, "Email", path);
  result.mobile = text(staff, "Mobile", path);
  return result;
}

void ModelReader::readTraces(const xmlNode* list, DocumentEnvelope& into) {
  const std::string path = "TraceHeaderList.TraceHeader";
  for (const xmlNode* node : xml::children(list, "TraceHeader")) {
    into.traces.push_back({id(node, "OrganId", path), time(node, "Timestamp", path)});
  }
  if (into.traces.empty()) {
    note(FindingCode::MissingElement, path);
  }
}

Business ModelReader::readBusiness(const xmlNode* list) {
  const std::string path = "TraceHeaderList.Bussiness";
  Business result;
  const auto [business, corrected] = spelled(list, "Bussiness", "Business");
  const bool doubleS = xml::child(business, "BussinessDocType") != nullptr;
  if (corrected || (business != nullptr && !doubleS && xml::child(business, "BusinessDocType"))) {
    note(FindingCode::BusinessSpelling, path);
  }
  const char* typeName = doubleS ? "BussinessDocType" : "BusinessDocType";
  const std::string typeText = text(business, typeName, path);
  const auto kind = number(business, typeName, path);
  if (kind && *kind >= 0 && *kind <= 3) {
    result.kind = static_cast<BusinessKind>(*kind);
  } else if (!typeText.empty()) {
    result.kind = std::nullopt;
    note(FindingCode::UnknownBusiness, path, typeText);
  }
  result.documentId = withoutEndSpace(xml::text(xml::child(business, "DocumentId")));
  result.reason = text(business, "BussinessDocReason", path);
  if (result.reason.empty()) {
    result.reason = text(business, "BusinessDocReason", path);
  }
  std::string paper = text(business, "Paper", path);
  if (paper.empty()) {
    paper = text(list, "Paper", "TraceHeaderList");
  }
  result.paper = !paper.empty() && paper != "0" && base::lowerAscii(paper) != "false";
  readChanges(business, result);
  for (const xmlNode* node : xml::children(business, "StaffInfo")) {
    result.staff.push_back(readStaff(node));
  }
  return result;
}

void ModelReader::readChanges(const xmlNode* business, Business& into) {
  const std::string path = "TraceHeaderList.Bussiness";
  const xmlNode* info = spelled(business, "BussinessDocumentInfo", "BusinessDocumentInfo").node;
  into.contentChanged = text(info, "DocumentInfo", path) == "1";
  into.receiversChanged = text(info, "DocumentReceiver", path) == "1";
  for (const xmlNode* node : xml::children(xml::child(info, "ReceiverList"), "Receiver")) {
    into.receivers.push_back({id(node, "OrganId", path + ".ReceiverList.Receiver"),
                              text(node, "ReceiverType", path) != "0"});
  }
  const xmlNode* list = xml::child(business, "ReplacementInfoList");
  for (const xmlNode* node : xml::children(list, "ReplacementInfo")) {
    Replacement replacement;
    replacement.documentId = withoutEndSpace(xml::text(xml::child(node, "DocumentId")));
    for (const xmlNode* organ : xml::children(xml::child(node, "OrganIdList"), "OrganId")) {
      replacement.organIds.emplace_back(withoutEndSpace(xml::text(organ)));
    }
    into.replacements.push_back(std::move(replacement));
  }
}

}  // namespace exchange
