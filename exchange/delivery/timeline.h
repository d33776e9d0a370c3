// The order of what happened to a document on its way to one receiver, told by several clocks and
// learnt out of order. Pure; safe from any thread.
//
// The receiver's clock is not ours. So what it tells is placed where it can have happened: not
// before the thing that it answers, not after we learnt of it. What is then equal in time goes by
// the rank of its state, and only then by arrival.
#pragma once

#include <vector>

#include "exchange/delivery/states.h"

namespace exchange::delivery {

/// When `state`, told by the receiver as `told` and learnt at `learnt`, happened. Statuses answer
/// the sending; 15 and 16 answer the last request (13).
[[nodiscard]] base::Instant placed(DeliveryState state, base::Instant told, base::Instant learnt,
                                   const std::vector<DeliveryEvent>& before);
/// `at` decides, then the state's rank, then `learntAt`.
[[nodiscard]] bool happenedBefore(const DeliveryEvent& a, const DeliveryEvent& b);
/// The event that says where the document stands: the last one, codes that nobody knows left aside
/// (unless there is nothing else). `events` is not empty; any order.
[[nodiscard]] const DeliveryEvent& latest(const std::vector<DeliveryEvent>& events);

}  // namespace exchange::delivery
