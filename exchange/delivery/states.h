// Where a document stands on its way to one receiver, and what happened to it on the way: the words
// that never mix. Accepted: our row is safe. Sent: the axis has it. Delivered (01): the receiver's
// system has it. Registered (03): it stands in the receiver's book. Pure values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace exchange::delivery {

using OutboxId = base::Id<struct OutboxTag>;
using InboxId = base::Id<struct InboxTag>;

/// The document of the layer above: its number, nothing else is known here.
using DocumentRef = std::int64_t;

/// Stored: never renumber, never reuse.
enum class DeliveryState : std::uint8_t {
  Accepted = 1,
  Sent = 2,
  Delivered = 3,       ///< 01
  Refused = 4,         ///< 02
  Registered = 5,      ///< 03
  Assigned = 6,        ///< 04
  InProgress = 7,      ///< 05
  Completed = 8,       ///< 06
  RecallAsked = 9,     ///< 13, ours
  RecallAgreed = 10,   ///< 15
  RecallRefused = 11,  ///< 16
  Failed = 12,         ///< Never reached the axis, and is no longer tried.
  Other = 13           ///< A status with a code that nobody has told us of.
};

/// `delivered`: for the API, logs and the key `delivery.<name>` of the text catalogues.
[[nodiscard]] std::string_view stateName(DeliveryState state);
/// `01` → Delivered …; anything unknown → Other.
[[nodiscard]] DeliveryState stateOfStatusCode(std::string_view code);
/// The state that `name` names; empty for none.
[[nodiscard]] std::optional<DeliveryState> stateByName(std::string_view name);

/// What has to happen next for one receiver. Never stored.
enum class WaitsFor : std::uint8_t {
  Nothing,
  Axis,          ///< Our outbox still has to hand it to the axis.
  Receiver,      ///< The receiver's system has to fetch it (01).
  Clerk,         ///< The receiver's clerk has to register or refuse it (03, 02).
  Handling,      ///< The receiver has to finish it (06).
  RecallAnswer,  ///< The receiver has to answer 15 or 16.
  Sender         ///< Failed or refused: we have to decide.
};
[[nodiscard]] WaitsFor waitsFor(DeliveryState state);

/// One thing that happened; append-only.
struct DeliveryEvent {
  DeliveryState state = DeliveryState::Accepted;
  std::string statusCode;    ///< As the receiver sent it; empty for our own.
  base::Instant at{};        ///< When it happened, as its teller says, between sending and arrival.
  base::Instant learntAt{};  ///< When we learnt of it.
  std::string description;
};

/// One receiver of one document.
struct ReceiverDelivery {
  OutboxId outbox;
  std::string organId;
  std::string organName;
  DeliveryState state = DeliveryState::Accepted;
  base::Instant since{};
  WaitsFor waits = WaitsFor::Axis;
  int attempts = 0;                          ///< Of handing it to the axis.
  std::optional<base::Instant> nextAttempt;  ///< While it waits for the axis.
  std::string lastError;                     ///< Of the last attempt that did not succeed.
  std::vector<DeliveryEvent> events;         ///< In the order of `at`, then rank, then arrival.
};

}  // namespace exchange::delivery
