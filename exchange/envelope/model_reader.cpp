#include "exchange/envelope/model_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/text.h"
#include "exchange/envelope/detail.h"
#include "exchange/envelope/foreign_date.h"
#include "exchange/envelope/organ_id.h"

namespace exchange {
namespace {

constexpr std::size_t kMostFindings = 500;
bool isAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Elements that some systems add for the level of secrecy.
std::optional<SecretMark> extraMark(const xmlNode* header) {
  constexpr std::array<const char*, 6> kNames = {"SecurityLevel",   "SecretLevel", "Secret",
                                                 "Confidentiality", "DoMat",       "Priority"};
  std::optional<SecretMark> mark;
  for (const xmlNode* parent : {header, xml::child(header, "OtherInfo")}) {
    for (const char* name : kNames) {
      const std::string text = xml::text(xml::child(parent, name));
      const auto level = secretLevelInField(text);
      if (level && (!mark || *level > mark->level)) {
        mark = SecretMark{*level, std::string("MessageHeader.") + name,
                          base::firstCharacters(text, 120)};
      }
    }
  }
  return mark;
}

}  // namespace

void ModelReader::note(FindingCode code, const std::string& path, std::string_view text) {
  if (findings_.size() < kMostFindings) {
    findings_.push_back({code, path, base::firstCharacters(text, 80)});
  }
}

std::string ModelReader::text(const xmlNode* parent, const char* name, const std::string& path,
                              std::size_t most) {
  const std::string raw = xml::text(xml::child(parent, name));
  const std::string_view bare = withoutEndSpace(raw);
  std::string value = isAscii(bare) ? std::string(bare) : base::toNfc(bare);
  if (most != 0 && value.size() > most && base::lengthInCharacters(value) > most) {
    note(FindingCode::TooLong, path + "." + name, value);
  }
  return value;
}

std::string ModelReader::id(const xmlNode* parent, const char* name, const std::string& path) {
  std::string value = text(parent, name, path, 35);
  if (base::lowerAscii(value) == "null") {
    note(FindingCode::NullText, path + "." + name, value);
    value.clear();
  }
  return value;
}

std::optional<int> ModelReader::number(const xmlNode* parent, const char* name,
                                       const std::string& path) {
  const std::string value = text(parent, name, path);
  if (value.empty()) {
    return std::nullopt;
  }
  int result = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), result);
  if (error != std::errc() || end != value.data() + value.size()) {
    note(FindingCode::NumberUnreadable, path + "." + name, value);
    return std::nullopt;
  }
  return result;
}

EnvelopeDate ModelReader::date(const xmlNode* parent, const char* name, const std::string& path) {
  EnvelopeDate date = readDate(text(parent, name, path));
  if (!date.standard) {
    note(date.day ? FindingCode::DateNotStandard : FindingCode::DateUnreadable, path + "." + name,
         date.text);
  }
  return date;
}

EnvelopeTime ModelReader::time(const xmlNode* parent, const char* name, const std::string& path) {
  EnvelopeTime time = readTime(text(parent, name, path));
  if (!time.standard) {
    note(time.instant ? FindingCode::DateNotStandard : FindingCode::DateUnreadable,
         path + "." + name, time.text);
  }
  return time;
}

base::Result<ModelRead> ModelReader::read(const xmlNode* root) {
  const xmlNode* envelope = xml::child(root, "edXMLEnvelope");
  const xmlNode* edxmlHeader = xml::child(envelope, "edXMLHeader");
  const xmlNode* header = xml::child(edxmlHeader, "MessageHeader");
  if (header == nullptr) {
    return tl::unexpected(invalid("envelope.no_header"));
  }
  // what cannot be answered is not taken in.
  const std::string sender = xml::text(xml::child(xml::child(header, "From"), "OrganId"));
  if (withoutEndSpace(sender).empty() || base::lowerAscii(withoutEndSpace(sender)) == "null") {
    return tl::unexpected(invalid("envelope.no_sender"));
  }
  if (xml::child(header, "StatusCode") != nullptr) {
    return readStatus(header);
  }
  ModelRead result{readDocument(root, envelope, header), extraMark(header)};
  return result;
}

base::Result<ModelRead> ModelReader::readStatus(const xmlNode* header) {
  const std::string path = "MessageHeader";
  StatusEnvelope status;
  status.from = readOrgan(xml::child(header, "From"), path + ".From");
  status.responseFor = readResponse(xml::child(header, "ResponseFor"), path + ".ResponseFor");
  status.staff = readStaff(xml::child(header, "StaffInfo"));
  status.statusCode = text(header, "StatusCode", path);
  status.description = text(header, "Description", path);
  status.timestamp = time(header, "Timestamp", path);
  if (status.statusCode.empty()) {
    return tl::unexpected(invalid("envelope.no_status_code"));
  }
  if (status.statusCode.size() == 1 && status.statusCode[0] >= '0' && status.statusCode[0] <= '9') {
    status.statusCode.insert(status.statusCode.begin(), '0');
  }
  ResponseFor& response = status.responseFor;
  if (looksLikeOrganId(response.code) && looksLikeCode(response.organId)) {
    std::swap(response.code, response.organId);
    note(FindingCode::CodeAndOrganSwapped, path + ".ResponseFor", response.code);
  }
  if (response.code.empty() && response.documentId.empty()) {
    note(FindingCode::MissingElement, path + ".ResponseFor");
  }
  return ModelRead{std::move(status), std::nullopt};
}

DocumentEnvelope ModelReader::readDocument(const xmlNode* root, const xmlNode* envelope,
                                           const xmlNode* header) {
  DocumentEnvelope document;
  document.from = readOrgan(xml::child(header, "From"), "MessageHeader.From");
  readReceivers(header, document);
  readHeaderFields(header, document);
  const xmlNode* list = xml::child(xml::child(envelope, "edXMLHeader"), "TraceHeaderList");
  readTraces(list, document);
  document.business = readBusiness(list);
  readAttachments(root, envelope, document);
  return document;
}

void ModelReader::readReceivers(const xmlNode* header, DocumentEnvelope& into) {
  const std::string path = "MessageHeader.To";
  std::set<std::string> seen;
  for (const xmlNode* node : xml::children(header, "To")) {
    Organ organ = readOrgan(node, path);
    if (organ.organId.empty()) {
      note(FindingCode::MissingElement, path + ".OrganId");
    } else if (!seen.insert(organ.organId).second) {
      note(FindingCode::DuplicateReceiver, path, organ.organId);
    } else {
      into.to.push_back(std::move(organ));
    }
  }
  if (into.to.empty()) {
    note(FindingCode::MissingElement, path);
  }
}

void ModelReader::readHeaderFields(const xmlNode* header, DocumentEnvelope& into) {
  const std::string path = "MessageHeader";
  into.documentId = withoutEndSpace(xml::text(xml::child(header, "DocumentId")));
  const xmlNode* code = xml::child(header, "Code");
  into.code.number = text(code, "CodeNumber", path + ".Code", 11);
  into.code.notation = text(code, "CodeNotation", path + ".Code", 30);
  const xmlNode* promulgation = xml::child(header, "PromulgationInfo");
  into.place = text(promulgation, "Place", path + ".PromulgationInfo", 50);
  into.promulgationDate = date(promulgation, "PromulgationDate", path + ".PromulgationInfo");
  const xmlNode* type = xml::child(header, "DocumentType");
  into.type.type = number(type, "Type", path + ".DocumentType");
  into.type.detail = number(type, "TypeDetail", path + ".DocumentType");
  into.type.name = text(type, "TypeName", path + ".DocumentType", 100);
  into.subject = text(header, "Subject", path, 500);
  into.content = text(header, "Content", path, 500);
  const xmlNode* signer = xml::child(header, "SignerInfo");
  into.signer.competence = text(signer, "Competence", path + ".SignerInfo");
  into.signer.position = text(signer, "Position", path + ".SignerInfo");
  into.signer.fullName = text(signer, "FullName", path + ".SignerInfo");
  into.dueDate = date(header, "DueDate", path);
  into.other = readOther(xml::child(header, "OtherInfo"));
  for (const xmlNode* node : xml::children(header, "ResponseFor")) {
    ResponseFor response = readResponse(node, path + ".ResponseFor");
    if (!response.code.empty() || !response.documentId.empty()) {
      into.responseFor.push_back(std::move(response));
    }
  }
  into.steeringType = number(header, "SteeringType", path);
  for (const xmlNode* node : xml::children(xml::child(header, "ToPlaces"), "Place")) {
    const std::string place = base::toNfc(withoutEndSpace(xml::text(node)));
    if (!place.empty()) {
      into.toPlaces.push_back(place);
    }
  }
  const std::array<std::pair<const std::string*, const char*>, 5> needed = {{
      {&into.documentId, ".DocumentId"},
      {&into.code.number, ".Code.CodeNumber"},
      {&into.promulgationDate.text, ".PromulgationInfo.PromulgationDate"},
      {&into.type.name, ".DocumentType.TypeName"},
      {&into.subject, ".Subject"},
  }};
  for (const auto& [value, name] : needed) {
    if (value->empty()) {
      note(FindingCode::MissingElement, path + name);
    }
  }
}

}  // namespace exchange
