// What the sender of a document on the axis is told of its handling here (QĐ 28/2018, Điều 9).
#pragma once

#include <string>

#include "base/result.h"
#include "eoffice/documents/office.h"

namespace eoffice::documents {

enum class SenderStatus : std::uint8_t { Refused = 2, Registered = 3, Assigned = 4, Finished = 6 };

/// Puts the status into the outbox, in the transaction of the act; nothing for a document that did
/// not come by the exchange.
[[nodiscard]] base::Result<void> answerSender(base::db::Session& session, const Office& office,
                                              const Document& document, const Caller& caller,
                                              SenderStatus status, const std::string& description);

/// The same with the catalogue's sentence for the status (`sender_status.<key>`), in Vietnamese.
[[nodiscard]] base::Result<void> answerSender(base::db::Session& session, const Office& office,
                                              const Document& document, const Caller& caller,
                                              SenderStatus status, std::string_view key,
                                              const base::Texts::Facts& facts);

}  // namespace eoffice::documents
