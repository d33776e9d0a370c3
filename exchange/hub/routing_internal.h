// Decides who gets a message. Folder-internal.
#pragma once

#include <string>
#include <vector>

#include "base/db/database.h"
#include "exchange/hub/addressing_internal.h"
#include "exchange/hub/gate_internal.h"
#include "exchange/hub/message_store.h"

namespace exchange::hub {

/// One delivery for each agency, or the first reason why the message is taken by nobody: sender not
/// the caller's (19), a receiver unknown or not connected (18), closed (23); the codes are named.
/// `wanted` (the argument `to`) narrows a document's receivers and overrides a status's.
[[nodiscard]] Outcome<std::vector<NewDelivery>> route(base::db::Session& session,
                                                      const Caller& caller,
                                                      const Addressing& addressing,
                                                      axis::MessageKind kind,
                                                      const std::vector<std::string>& wanted);

/// A docId: a random UUID.
[[nodiscard]] std::string newDocId();

}  // namespace exchange::hub
