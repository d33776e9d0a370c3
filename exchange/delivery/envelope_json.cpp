#include <nlohmann/json.hpp>

#include "exchange/delivery/envelope_json_internal.h"

namespace nlohmann {

template <class T>
struct adl_serializer<std::optional<T>> {
  static void to_json(json& j, const std::optional<T>& value) {
    j = value ? json(*value) : json(nullptr);
  }
  static void from_json(const json& j, std::optional<T>& value) {
    value = j.is_null() ? std::nullopt : std::optional<T>(j.get<T>());
  }
};

template <>
struct adl_serializer<base::BlobRef> {
  static void to_json(json& j, const base::BlobRef& blob) {
    j = json{{"sha256", blob.sha256}, {"size", blob.size}};
  }
  static void from_json(const json& j, base::BlobRef& blob) {
    blob = {j.at("sha256").get<std::string>(), j.at("size").get<std::uint64_t>()};
  }
};

}  // namespace nlohmann

namespace exchange {

static void to_json(nlohmann::json& j, const EnvelopeDate& date) {
  j = nlohmann::json{{"text", date.text},
                     {"day", date.day ? base::isoDate(*date.day) : std::string()},
                     {"standard", date.standard}};
}

static void from_json(const nlohmann::json& j, EnvelopeDate& date) {
  date = {.text = j.at("text").get<std::string>(),
          .day = base::parseIsoDate(j.at("day").get<std::string>()),
          .standard = j.at("standard").get<bool>()};
}

static void to_json(nlohmann::json& j, const EnvelopeTime& time) {
  j = nlohmann::json{{"text", time.text},
                     {"instant", time.instant ? base::isoInstant(*time.instant) : std::string()},
                     {"standard", time.standard}};
}

static void from_json(const nlohmann::json& j, EnvelopeTime& time) {
  time = {.text = j.at("text").get<std::string>(),
          .instant = base::parseIsoInstant(j.at("instant").get<std::string>()),
          .standard = j.at("standard").get<bool>()};
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Organ, organId, inCharge, name, address, email, telephone, fax,
                                   website)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DocumentCode, number, notation)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DocumentType, type, detail, name)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SignerInfo, competence, position, fullName)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(OtherInfo, priority, sphere, typerNotation, copies, pages,
                                   direction, appendixes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ResponseFor, organId, code, promulgationDate, documentId)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TraceHeader, organId, timestamp)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StaffInfo, department, departmentId, staff, staffId, email,
                                   mobile)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReceiverChange, organId, added)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Replacement, documentId, organIds)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Business, documentId, kind, reason, paper, contentChanged,
                                   receiversChanged, receivers, replacements, staff)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Attachment, contentId, name, description, blob, mediaType,
                                   originalName, declaredType)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DocumentEnvelope, from, to, documentId, code, place,
                                   promulgationDate, type, subject, content, signer, dueDate, other,
                                   responseFor, steeringType, toPlaces, traces, business,
                                   attachments)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StatusEnvelope, from, responseFor, staff, statusCode,
                                   description, timestamp)

}  // namespace exchange

namespace exchange::delivery {

std::string jsonText(const DocumentEnvelope& envelope) { return nlohmann::json(envelope).dump(); }

std::string jsonText(const StatusEnvelope& envelope) { return nlohmann::json(envelope).dump(); }

DocumentEnvelope documentOfJson(const std::string& text) {
  return nlohmann::json::parse(text).get<DocumentEnvelope>();
}

StatusEnvelope statusOfJson(const std::string& text) {
  return nlohmann::json::parse(text).get<StatusEnvelope>();
}

}  // namespace exchange::delivery
