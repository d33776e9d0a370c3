#include "exchange/delivery/timeline.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

namespace exchange::delivery {

namespace {

int rank(DeliveryState state) {
  switch (state) {
    case DeliveryState::Other:
      return 0;
    case DeliveryState::Accepted:
      return 1;
    case DeliveryState::Failed:
      return 2;
    case DeliveryState::Sent:
      return 3;
    case DeliveryState::Delivered:
      return 4;
    case DeliveryState::Refused:
      return 5;
    case DeliveryState::Registered:
      return 6;
    case DeliveryState::Assigned:
      return 7;
    case DeliveryState::InProgress:
      return 8;
    case DeliveryState::Completed:
      return 9;
    case DeliveryState::RecallAsked:
      return 10;
    case DeliveryState::RecallAgreed:
    case DeliveryState::RecallRefused:
      return 11;
  }
  throw std::logic_error("delivery state");
}

bool answersRecall(DeliveryState state) {
  return state == DeliveryState::RecallAgreed || state == DeliveryState::RecallRefused;
}

bool isAnsweredBy(DeliveryState earlier, DeliveryState state) {
  if (answersRecall(state) && earlier == DeliveryState::RecallAsked) {
    return true;
  }
  return earlier == DeliveryState::Accepted || earlier == DeliveryState::Sent;
}

}  // namespace

base::Instant placed(DeliveryState state, base::Instant told, base::Instant learnt,
                     const std::vector<DeliveryEvent>& before) {
  base::Instant at = std::min(told, learnt);
  for (const DeliveryEvent& event : before) {
    if (isAnsweredBy(event.state, state)) {
      at = std::max(at, event.at);
    }
  }
  return at;
}

bool happenedBefore(const DeliveryEvent& a, const DeliveryEvent& b) {
  return std::tuple(a.at, rank(a.state), a.learntAt) < std::tuple(b.at, rank(b.state), b.learntAt);
}

const DeliveryEvent& latest(const std::vector<DeliveryEvent>& events) {
  const auto standsBelow = [](const DeliveryEvent& a, const DeliveryEvent& b) {
    const bool aKnown = a.state != DeliveryState::Other;
    const bool bKnown = b.state != DeliveryState::Other;
    return aKnown == bKnown ? happenedBefore(a, b) : bKnown;
  };
  return *std::max_element(events.begin(), events.end(), standsBelow);
}

}  // namespace exchange::delivery
