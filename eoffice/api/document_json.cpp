#include "eoffice/api/document_json.h"

#include <map>

#include "eoffice/directory/people.h"

namespace eoffice::api {
namespace {

using documents::Detail;
using exchange::delivery::ReceiverDelivery;
using exchange::delivery::WaitsFor;
using nlohmann::json;

json rowJson(const documents::ListRow& row) {
  JsonWriter out;
  writeRow(out, row);
  return json::parse(out.take());
}

json fieldsJson(const documents::Fields& f) {
  return {{"type", f.typeName},
          {"type_code", f.typeCode},
          {"code_number", f.codeNumber},
          {"code_notation", f.codeNotation},
          {"issued_date", orNull(f.issuedDate)},
          {"issuer_name", f.issuerName},
          {"subject", f.subject},
          {"signer_name", f.signerName},
          {"signer_position", f.signerPosition},
          {"urgency", nameOf(f.urgency)},
          {"pages", f.pageAmount},
          {"due_date", orNull(f.dueDate)},
          {"description", f.description},
          {"to_places", f.toPlaces}};
}

// The stored report of eoffice/documents' toJson, in the API's shape.
json signaturesJson(const std::string& report) {
  const auto stored = report.empty() ? json(nullptr) : json::parse(report, nullptr, false);
  if (!stored.is_object()) return nullptr;
  json signatures = json::array();
  for (const auto& one : stored.value("signatures", json::array())) {
    signatures.push_back({{"valid", one.value("valid", false)},
                          {"signer", one.value("signer", "")},
                          {"organisation", one.value("organisation", "")},
                          {"issuer", one.value("issuer", "")},
                          {"serial", one.value("serial", "")},
                          {"time", orNull(one.value("time", ""))},
                          {"faults", one.value("faults", json::array())},
                          {"notes", one.value("notes", json::array())}});
  }
  return signatures;
}

json placesJson(const std::string& places) {
  auto found = json::parse(places, nullptr, false);
  return found.is_object() ? std::move(found) : json(nullptr);
}

json fileJson(const documents::File& file) {
  return {{"id", file.id},
          {"kind", nameOf(file.kind)},
          {"version", file.version},
          {"name", file.name},
          {"media_type", file.mediaType},
          {"sha256", file.blob.sha256},
          {"size", file.blob.size},
          {"pages", file.pages},
          {"created_at", base::isoInstant(file.createdAt)},
          {"signatures", signaturesJson(file.signatureReport)},
          {"signing_places", placesJson(file.signingPlaces)}};
}

json stepJson(const documents::StepLine& step) {
  json role = nullptr;
  if (step.assignedRole) role = directory::name(static_cast<Role>(*step.assignedRole));
  return {{"kind", nameOf(step.kind)},
          {"assigned_to", orNull(step.assignedName)},
          {"assigned_role", std::move(role)},
          {"opened_at", base::isoInstant(step.openedAt)},
          {"note", step.note},
          {"done_at", orNull(step.doneAt)},
          {"done_by", orNull(step.doneByName)},
          {"done_by_title", orNull(step.doneByTitle)},
          {"on_behalf_of", orNull(step.onBehalfOfName)},
          {"outcome", step.outcome ? json(nameOf(*step.outcome)) : json(nullptr)},
          {"remark", step.remark}};
}

json instructionJson(const documents::InstructionLine& line) {
  return {{"leader", line.leaderName},
          {"leader_title", line.leaderTitle},
          {"text", line.text},
          {"due_date", orNull(line.due)},
          {"task", numberOrNull(line.task)},
          {"at", base::isoInstant(line.at)}};
}

std::string_view waitName(WaitsFor waits) {
  switch (waits) {
    case WaitsFor::Nothing:
      return "nothing";
    case WaitsFor::Axis:
      return "axis";
    case WaitsFor::Receiver:
      return "receiver";
    case WaitsFor::Clerk:
      return "clerk";
    case WaitsFor::Handling:
      return "handling";
    case WaitsFor::RecallAnswer:
      return "recall_answer";
    case WaitsFor::Sender:
      return "sender";
  }
  return "nothing";
}

json receiverJson(const std::string& code, const std::string& name,
                  const ReceiverDelivery* delivery) {
  json out{{"code", code},          {"name", name},
           {"delivery", nullptr},   {"state", nullptr},
           {"since", nullptr},      {"waits_for", nullptr},
           {"attempts", nullptr},   {"next_attempt_at", nullptr},
           {"last_error", nullptr}, {"events", json::array()}};
  if (delivery == nullptr) return out;
  out["delivery"] = delivery->outbox.value();
  out["state"] = stateName(delivery->state);
  out["since"] = base::isoInstant(delivery->since);
  out["waits_for"] = waitName(delivery->waits);
  out["attempts"] = delivery->attempts;
  out["next_attempt_at"] = orNull(delivery->nextAttempt);
  out["last_error"] = orNull(delivery->lastError);
  for (const auto& event : delivery->events) {
    out["events"].push_back({{"state", stateName(event.state)},
                             {"status_code", orNull(event.statusCode)},
                             {"at", base::isoInstant(event.at)},
                             {"learnt_at", base::isoInstant(event.learntAt)},
                             {"description", event.description}});
  }
  return out;
}

json receiversJson(const Detail& detail, const std::vector<ReceiverDelivery>& deliveries) {
  std::map<std::string, const ReceiverDelivery*> byCode;
  for (const auto& delivery : deliveries) byCode[delivery.organId] = &delivery;
  json list = json::array();
  for (const auto& [code, name] : detail.receivers) {
    const auto found = byCode.find(code);
    list.push_back(receiverJson(code, name, found == byCode.end() ? nullptr : found->second));
  }
  return list;
}

json envelopeSignatureJson(const Detail& detail) {
  if (!detail.envelopeSignature) return nullptr;
  const auto& found = *detail.envelopeSignature;
  json faults = json::array();
  for (const auto& fault : found.faults) faults.push_back(fault.first);
  return {{"verdict", verdictName(found.verdict)},
          {"signer", orNull(found.signer)},
          {"faults", std::move(faults)}};
}

json incomingJson(const Detail& detail) {
  const auto& data = *detail.document.incoming;
  return {{"source", nameOf(data.source)},
          {"received_at", base::isoInstant(data.receivedAt)},
          {"arrival_number", numberOrNull(data.arrivalNumber.value_or(0))},
          {"arrival_date", orNull(data.arrivalDate)},
          {"sender_code", orNull(data.senderCode)},
          {"envelope_signature", envelopeSignatureJson(detail)}};
}

json outgoingJson(const Detail& detail, const std::vector<ReceiverDelivery>& deliveries) {
  const auto& data = *detail.document.outgoing;
  return {{"drafter", detail.drafterName},
          {"reviewer", detail.reviewerName},
          {"signer", detail.signerName},
          {"signer_post", data.signer.value()},
          {"competence", data.signerCompetence},
          {"number", numberOrNull(data.number.value_or(0))},
          {"signed_at", orNull(data.signedAt)},
          {"numbered_at", orNull(data.numberedAt)},
          {"sealed_at", orNull(data.sealedAt)},
          {"issued_at", orNull(data.issuedAt)},
          {"receivers", receiversJson(detail, deliveries)}};
}

template <class Items, class Render>
json listOf(const Items& items, Render render) {
  json list = json::array();
  for (const auto& item : items) list.push_back(render(item));
  return list;
}

}  // namespace

json stateJson(const documents::Document& d) {
  const auto incoming = d.incoming.value_or(documents::IncomingData());
  return {{"id", d.id.value()},
          {"direction", nameOf(d.direction)},
          {"state", nameOf(d.state)},
          {"version", d.version},
          {"symbol", documents::symbolOf(d.fields.codeNumber, d.fields.codeNotation)},
          {"arrival_number", numberOrNull(incoming.arrivalNumber.value_or(0))},
          {"arrival_date", orNull(incoming.arrivalDate)},
          {"issued_date", orNull(d.fields.issuedDate)}};
}

void writeRow(JsonWriter& out, const documents::ListRow& row) {
  out.open('{')
      .field("id", row.id.value())
      .field("direction", nameOf(row.direction))
      .field("state", nameOf(row.state))
      .field("symbol", row.symbol)
      .field("subject", row.subject)
      .field("issuer_name", row.issuerName)
      .field("issued_date", row.issuedDate)
      .field("urgency", nameOf(row.urgency))
      .field("due_date", row.dueDate);
  out.key("arrival_number");
  row.arrivalNumber ? out.value(std::int64_t{*row.arrivalNumber}) : out.null();
  out.key("source");
  row.source ? out.value(nameOf(*row.source)) : out.null();
  out.field("since", row.since).close('}');
}

json documentJson(const Detail& detail, const std::vector<ReceiverDelivery>& deliveries) {
  const auto& d = detail.document;
  json out = stateJson(d);
  for (const char* only : {"arrival_number", "arrival_date", "issued_date"}) out.erase(only);
  out["created_at"] = base::isoInstant(d.createdAt);
  out["fields"] = fieldsJson(d.fields);
  out["incoming"] = d.incoming ? incomingJson(detail) : json(nullptr);
  out["outgoing"] = d.outgoing ? outgoingJson(detail, deliveries) : json(nullptr);
  out["files"] = listOf(detail.files, fileJson);
  out["steps"] = listOf(detail.steps, stepJson);
  out["instructions"] = listOf(detail.instructions, instructionJson);
  out["waits_for_me"] =
      listOf(detail.open, [](documents::StepKind kind) { return json(nameOf(kind)); });
  out["answers"] = listOf(detail.answers, rowJson);
  out["answered"] = detail.answered ? rowJson(*detail.answered) : json(nullptr);
  return out;
}

json historyJson(const std::vector<audit::Record>& records) {
  return {{"records", listOf(records, [](const audit::Record& record) -> json {
             json detail = json::object();
             for (const auto& [name, value] : record.entry.detail) detail[name] = value;
             return {{"id", record.id},
                     {"at", base::isoInstant(record.at)},
                     {"act", record.entry.act},
                     {"person", orNull(record.personName)},
                     {"post_title", orNull(record.postTitle)},
                     {"on_behalf_of", numberOrNull(record.entry.onBehalfOf.value())},
                     {"detail", std::move(detail)},
                     {"request_id", record.entry.requestId}};
           })}};
}

}  // namespace eoffice::api
