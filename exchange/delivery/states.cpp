#include "exchange/delivery/states.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace exchange::delivery {

namespace {

struct StateRow {
  DeliveryState state;
  std::string_view name;
  std::string_view code;  ///< The receiver's status code; empty for our own states.
};

constexpr std::array kStates = {
    StateRow{DeliveryState::Accepted, "accepted", ""},
    StateRow{DeliveryState::Sent, "sent", ""},
    StateRow{DeliveryState::Delivered, "delivered", "01"},
    StateRow{DeliveryState::Refused, "refused", "02"},
    StateRow{DeliveryState::Registered, "registered", "03"},
    StateRow{DeliveryState::Assigned, "assigned", "04"},
    StateRow{DeliveryState::InProgress, "in_progress", "05"},
    StateRow{DeliveryState::Completed, "completed", "06"},
    StateRow{DeliveryState::RecallAsked, "recall_asked", ""},
    StateRow{DeliveryState::RecallAgreed, "recall_agreed", "15"},
    StateRow{DeliveryState::RecallRefused, "recall_refused", "16"},
    StateRow{DeliveryState::Failed, "failed", ""},
    StateRow{DeliveryState::Other, "other", ""},
};

}  // namespace

std::string_view stateName(DeliveryState state) {
  const auto* const row = std::find_if(kStates.begin(), kStates.end(),
                                       [&](const StateRow& one) { return one.state == state; });
  return row == kStates.end() ? "other" : row->name;
}

DeliveryState stateOfStatusCode(std::string_view code) {
  const auto* const row = std::find_if(kStates.begin(), kStates.end(), [&](const StateRow& one) {
    return !code.empty() && one.code == code;
  });
  return row == kStates.end() ? DeliveryState::Other : row->state;
}

std::optional<DeliveryState> stateByName(std::string_view name) {
  const auto* const row = std::find_if(kStates.begin(), kStates.end(),
                                       [&](const StateRow& one) { return one.name == name; });
  return row == kStates.end() ? std::nullopt : std::optional(row->state);
}

WaitsFor waitsFor(DeliveryState state) {
  switch (state) {
    case DeliveryState::Accepted:
      return WaitsFor::Axis;
    case DeliveryState::Sent:
      return WaitsFor::Receiver;
    case DeliveryState::Delivered:
      return WaitsFor::Clerk;
    case DeliveryState::Registered:
    case DeliveryState::Assigned:
    case DeliveryState::InProgress:
    case DeliveryState::RecallRefused:
    case DeliveryState::Other:
      return WaitsFor::Handling;
    case DeliveryState::RecallAsked:
      return WaitsFor::RecallAnswer;
    case DeliveryState::Refused:
    case DeliveryState::Failed:
      return WaitsFor::Sender;
    case DeliveryState::Completed:
    case DeliveryState::RecallAgreed:
      return WaitsFor::Nothing;
  }
  throw std::logic_error("delivery state");
}

}  // namespace exchange::delivery
