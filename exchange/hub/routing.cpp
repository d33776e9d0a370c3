#include "exchange/hub/routing_internal.h"

#include <algorithm>

#include "base/crypto/digest.h"
#include "base/text.h"
#include "exchange/hub/directory_store.h"

namespace exchange::hub {

namespace {

namespace error_code = axis::error_code;

constexpr std::size_t kMostTold = 20;

std::string listed(const std::vector<std::string>& codes) {
  std::string text;
  for (std::size_t i = 0; i < std::min(codes.size(), kMostTold); ++i) {
    text += (i == 0 ? "" : ", ") + base::firstCharacters(codes[i], 64);
  }
  return codes.size() > kMostTold ? text + " and others" : text;
}

/// What became of the receivers' codes.
struct Resolved {
  std::vector<NewDelivery> deliveries;
  std::vector<std::string> unknown;
  std::vector<std::string> notConnected;
  std::vector<std::string> closed;

  void add(const std::string& code, const std::optional<AgencyRoute>& agency) {
    if (!agency) {
      unknown.push_back(code);
    } else if (agency->closed) {
      closed.push_back(code);
    } else if (!agency->systemId) {
      notConnected.push_back(code);
    } else if (!has(agency->code)) {
      deliveries.push_back({newDocId(), agency->code, *agency->systemId});
    }
  }
  [[nodiscard]] bool has(const std::string& code) const {
    return std::any_of(deliveries.begin(), deliveries.end(),
                       [&](const NewDelivery& delivery) { return delivery.to == code; });
  }
};

Resolved resolve(base::db::Session& session, const std::vector<std::string>& codes) {
  Resolved resolved;
  for (const std::string& code : codes) {
    resolved.add(code, axis::isCode(code) ? directory_store::findAgency(session, code)
                                          : std::optional<AgencyRoute>());
  }
  return resolved;
}

Outcome<std::vector<NewDelivery>> deliveriesOf(Resolved resolved) {
  if (!resolved.unknown.empty()) {
    return deny(error_code::kUnknownReceiver, "unknown receiver: " + listed(resolved.unknown));
  }
  if (!resolved.notConnected.empty()) {
    return deny(error_code::kUnknownReceiver,
                "receiver not connected: " + listed(resolved.notConnected));
  }
  if (!resolved.closed.empty()) {
    return deny(error_code::kReceiverLocked, "receiver closed: " + listed(resolved.closed));
  }
  if (resolved.deliveries.empty()) {
    return deny(error_code::kUnknownReceiver, "no receiver is named");
  }
  return std::move(resolved.deliveries);
}

/// The deliveries of `all` that `wanted` names; everything that it names must be among them.
Outcome<std::vector<NewDelivery>> narrowed(base::db::Session& session,
                                           const std::vector<NewDelivery>& all,
                                           const std::vector<std::string>& wanted) {
  auto chosen = deliveriesOf(resolve(session, wanted));
  if (!chosen) {
    return chosen;
  }
  for (const NewDelivery& delivery : *chosen) {
    const bool named = std::any_of(all.begin(), all.end(),
                                   [&](const NewDelivery& one) { return one.to == delivery.to; });
    if (!named) {
      return deny(error_code::kUnknownReceiver, "the envelope's To does not name " + delivery.to);
    }
  }
  return chosen;
}

}  // namespace

Outcome<std::vector<NewDelivery>> route(base::db::Session& session, const Caller& caller,
                                        const Addressing& addressing, axis::MessageKind kind,
                                        const std::vector<std::string>& wanted) {
  if (!ownsCode(session, caller, addressing.from)) {
    return deny(
        error_code::kUnknownSender,
        "Don vi gui " + addressing.from + " khong dung voi ma da dang ky: " + caller.systemId);
  }
  if (kind == axis::MessageKind::Status) {
    return deliveriesOf(resolve(session, wanted.empty() ? addressing.to : wanted));
  }
  if (wanted.empty()) {
    return deliveriesOf(resolve(session, addressing.to));
  }
  return narrowed(session, resolve(session, addressing.to).deliveries, wanted);
}

std::string newDocId() {
  std::string bytes = base::randomBytes(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  std::string id = base::lowerHex(bytes);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) {
    id.insert(at, "-");
  }
  return id;
}

}  // namespace exchange::hub
