// Where documents meet tasks: who acts there, which task is meant, and how the end of the work is
// reported up the chain. The rules of tasks are reminder's.
#pragma once

#include "base/result.h"
#include "eoffice/documents/incoming.h"
#include "eoffice/documents/office.h"
#include "eoffice/documents/receivers.h"

namespace eoffice::documents {

/// The caller as the reminder floor knows people; `right` is the post whose right is used.
[[nodiscard]] reminder::Actor actorOf(const Caller& caller, PostId right);

/// A task in which `holder` takes part, whatever its state; empty when there is none.
[[nodiscard]] std::optional<reminder::Task> findTaskOf(base::db::Session& session,
                                                       const Caller& caller, PostId holder,
                                                       std::int64_t task);

/// The open task that came from this document and is led by `lead`; empty when there is none.
[[nodiscard]] std::optional<reminder::Task> taskLedBy(base::db::Session& session,
                                                      const Office& office, const Caller& caller,
                                                      DocumentId document, PostId lead);

/// By its assigner; one that is closed stays as it is.
[[nodiscard]] base::Result<void> cancelTask(base::db::Session& session, const Office& office,
                                            const Caller& caller, PostId assigner,
                                            std::int64_t task, const std::string& words,
                                            base::Instant now);

/// By its lead; one that is reported or closed stays as it is.
[[nodiscard]] base::Result<void> reportTask(base::db::Session& session, const Office& office,
                                            const Caller& caller, PostId lead, std::int64_t task,
                                            const std::string& words,
                                            const reminder::SourceRef& result, base::Instant now);

/// How far up the end of the work is told at once.
enum class Upwards : std::uint8_t {
  OneLevel,  ///< To who gave it, who decides.
  ToTheTop   ///< The answer has left: everybody above has agreed to it.
};

/// Ends the work of `lead` on an incoming document, inside an act that has closed the lead's step.
/// Below somebody who passed it on, the document lies with that one again; at the top it is
/// finished, what others still had to do with it is closed, and the sender learns 06. `text` and
/// the document that answers (if any) are the report.
[[nodiscard]] base::Result<void> finishIncoming(base::db::Session& session, const Office& office,
                                                const Caller& caller, const Document& document,
                                                PostId lead, const std::string& text,
                                                const reminder::SourceRef& result,
                                                base::Instant now,
                                                Upwards upwards = Upwards::OneLevel);

}  // namespace eoffice::documents
