// Where documents meet tasks: an instruction becomes a task, the end of the work its report.
#pragma once

#include "base/result.h"
#include "eoffice/documents/incoming.h"
#include "eoffice/documents/office.h"

namespace eoffice::documents {

/// The caller as the reminder floor knows people; `right` is the post whose right is used.
[[nodiscard]] reminder::Actor actorOf(const Caller& caller, PostId right);

/// The task of an instruction, assigned by `leader`. Refuses `instruction.unknown_post` (field says
/// which) for posts that have ended or are of another agency, and what TaskService::assign refuses.
[[nodiscard]] base::Result<reminder::Task> assignTask(base::db::Session& session,
                                                      const Office& office, const Caller& caller,
                                                      const Document& document, PostId leader,
                                                      const Instruction& input, base::Instant now);

/// The open task that came from this document and is led by `lead`; empty when there is none.
[[nodiscard]] std::optional<reminder::Task> taskLedBy(base::db::Session& session,
                                                      const Office& office, const Caller& caller,
                                                      DocumentId document, PostId lead);

/// Ends the work on an incoming document, inside an act: its lead's task is reported with `text`
/// and the document that answers (if any), the document is finished, the sender learns 06.
[[nodiscard]] base::Result<void> finishIncoming(base::db::Session& session, const Office& office,
                                                const Caller& caller, const Document& document,
                                                PostId lead, const std::string& text,
                                                const reminder::SourceRef& result,
                                                base::Instant now);

}  // namespace eoffice::documents
