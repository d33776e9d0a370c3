#include "eoffice/documents/sender_answer.h"

#include <fmt/format.h>

namespace eoffice::documents {

base::Result<void> answerSender(base::db::Session& session, const Office& office,
                                const Document& document, const Caller& caller, SenderStatus status,
                                const std::string& description) {
  if (!document.incoming || document.incoming->inboxId == 0) return {};
  const auto queued = office.outbox.answer(
      session, {.inbox = exchange::delivery::InboxId(document.incoming->inboxId),
                .statusCode = fmt::format("{:02}", static_cast<int>(status)),
                .description = description,
                .staff = {.department = caller.postTitle, .staff = caller.name}});
  if (!queued) return tl::unexpected(queued.error());
  return {};
}

// texts: sender_status.*
base::Result<void> answerSender(base::db::Session& session, const Office& office,
                                const Document& document, const Caller& caller, SenderStatus status,
                                std::string_view key, const base::Texts::Facts& facts) {
  return answerSender(
      session, office, document, caller, status,
      office.texts.get(base::Language::Vi, "sender_status." + std::string(key), facts));
}

}  // namespace eoffice::documents
