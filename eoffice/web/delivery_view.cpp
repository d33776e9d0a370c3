// What became of an issued document at each receiver: four words that never mix, each with its time
// and what it waits for. And what the check of the envelope found that brought one.
#include <nlohmann/json.hpp>

#include "eoffice/web/document_view.h"
#include "exchange/signature/verifier.h"

namespace eoffice::web {
namespace {

using exchange::delivery::DeliveryEvent;
using exchange::delivery::DeliveryState;
using exchange::delivery::ReceiverDelivery;
using exchange::delivery::WaitsFor;
using nlohmann::json;

// The path of a document that nobody refuses or asks back, with the axis's code of each state.
struct Milestone {
  DeliveryState state;
  std::string_view code;
};
constexpr std::array<Milestone, 5> kPath{{{DeliveryState::Accepted, ""},
                                          {DeliveryState::Sent, ""},
                                          {DeliveryState::Delivered, "01"},
                                          {DeliveryState::Registered, "03"},
                                          {DeliveryState::Completed, "06"}}};

std::string_view waitKey(WaitsFor waits) {
  switch (waits) {
    case WaitsFor::Nothing:
      return "";
    case WaitsFor::Axis:
      return "waits.axis";
    case WaitsFor::Receiver:
      return "waits.receiver";
    case WaitsFor::Clerk:
      return "waits.clerk";
    case WaitsFor::Handling:
      return "waits.handling";
    case WaitsFor::RecallAnswer:
      return "waits.recall_answer";
    case WaitsFor::Sender:
      return "waits.sender";
  }
  return "";
}

std::string_view kindOf(DeliveryState state) {
  switch (state) {
    case DeliveryState::Failed:
    case DeliveryState::Refused:
    case DeliveryState::RecallRefused:
      return "late";
    case DeliveryState::Registered:
    case DeliveryState::Assigned:
    case DeliveryState::InProgress:
    case DeliveryState::Completed:
      return "good";
    case DeliveryState::Accepted:
    case DeliveryState::Sent:
    case DeliveryState::Delivered:
    case DeliveryState::RecallAsked:
    case DeliveryState::RecallAgreed:
    case DeliveryState::Other:
      return "plain";
  }
  return "plain";
}

// texts: delivery.*
std::string stateText(const Speech& say, DeliveryState state) {
  return say("delivery." + std::string(exchange::delivery::stateName(state)));
}

json stepOf(const Speech& say, const DeliveryEvent& event, bool failed) {
  // What the axis calls the message is for the log, not for the clerk.
  const auto note = event.state == DeliveryState::Sent ? std::string() : event.description;
  return {{"label", stateText(say, event.state)},
          {"code", event.statusCode.empty() ? json(nullptr) : json(event.statusCode)},
          {"state", failed ? "failed" : "done"},
          {"at", base::viDateTime(event.at)},
          {"waits", nullptr},
          {"note", note.empty() ? json(nullptr) : json(note)}};
}

bool has(const ReceiverDelivery& receiver, DeliveryState state) {
  return std::any_of(receiver.events.begin(), receiver.events.end(),
                     [&](const auto& event) { return event.state == state; });
}

json stepsOf(const Speech& say, const ReceiverDelivery& receiver) {
  json steps = json::array();
  for (const auto& event : receiver.events) {
    steps.push_back(stepOf(say, event, kindOf(event.state) == "late"));
  }
  if (kindOf(receiver.state) == "late") return steps;
  const auto key = waitKey(receiver.waits);
  bool first = true;
  for (const auto& milestone : kPath) {
    if (has(receiver, milestone.state)) continue;
    steps.push_back({{"label", stateText(say, milestone.state)},
                     {"code", milestone.code.empty() ? json(nullptr) : json(milestone.code)},
                     {"state", first ? "now" : "wait"},
                     {"at", nullptr},
                     {"waits", first && !key.empty() ? json(say(key)) : json(nullptr)},
                     {"note", nullptr}});
    first = false;
  }
  return steps;
}

// The first fault says enough; that it was changed has words of its own, because the axis does so.
std::string reasonOf(const Speech& say, const exchange::delivery::ArrivedSignature& found) {
  if (found.faults.empty()) return {};
  const auto& [fault, text] = found.faults.front();
  const bool changed = std::any_of(found.faults.begin(), found.faults.end(), [](const auto& each) {
    return each.first == faultName(exchange::SignatureFault::DigestMismatch);
  });
  return changed ? say("envelope_signature.changed")
                 : say("signature_fault." + fault, {{"text", text}});
}

}  // namespace

// texts: envelope_signature.*
json envelopeVerdict(const Speech& say, const exchange::delivery::ArrivedSignature& found) {
  using exchange::delivery::SignatureVerdict;
  const auto text = say("envelope_signature." + std::string(verdictName(found.verdict)),
                        {{"signer", found.signer}});
  switch (found.verdict) {
    case SignatureVerdict::Valid:
      return {{"kind", "good"}, {"text", text}, {"detail", nullptr}};
    case SignatureVerdict::Absent:
      return {{"kind", "plain"}, {"text", text}, {"detail", say("envelope_signature.compare")}};
    case SignatureVerdict::NotVerifiable:
      break;
  }
  return {{"kind", "near"},
          {"text", text},
          {"detail", reasonOf(say, found) + " " + say("envelope_signature.compare")}};
}

json deliveryView(const Speech& say, DocumentId document,
                  const std::vector<ReceiverDelivery>& receivers) {
  if (receivers.empty()) return nullptr;
  json list = json::array();
  std::size_t registered = 0;
  bool moving = false;
  const auto path = "/documents/" + std::to_string(document.value());
  for (const auto& receiver : receivers) {
    const bool failed = receiver.state == DeliveryState::Failed;
    if (has(receiver, DeliveryState::Registered)) ++registered;
    if (receiver.waits != WaitsFor::Nothing && receiver.waits != WaitsFor::Sender) moving = true;
    list.push_back(
        {{"name", receiver.organName.empty() ? receiver.organId : receiver.organName},
         {"kind", std::string(kindOf(receiver.state))},
         {"state", stateText(say, receiver.state)},
         {"retry", failed ? json{{"url", path + "/deliveries/" +
                                             std::to_string(receiver.outbox.value()) + "/retry"}}
                          : json(nullptr)},
         {"steps", stepsOf(say, receiver)}});
  }
  return {{"summary", say("delivery.summary", {{"registered", std::to_string(registered)},
                                               {"all", std::to_string(receivers.size())}})},
          {"refresh_url", moving ? json(path) : json(nullptr)},
          {"receivers", std::move(list)}};
}

}  // namespace eoffice::web
