#include "eoffice/documents/assignment.h"

#include "reminder/tasks/task_lists.h"

namespace eoffice::documents {

using base::db::Session;

reminder::Actor actorOf(const Caller& caller, PostId right) {
  reminder::Actor actor{.scope = reminder::ScopeId(caller.agency.value()),
                        .holder = reminder::HolderId(right.value()),
                        .person = reminder::ReaderId(caller.person.value()),
                        .requestId = caller.requestId,
                        .address = caller.address};
  if (right != caller.post) actor.delegate = reminder::HolderId(caller.post.value());
  return actor;
}

std::optional<reminder::Task> findTaskOf(Session& session, const Caller& caller, PostId holder,
                                         std::int64_t task) {
  if (task == 0) return std::nullopt;
  const reminder::TaskRights rights{.scope = reminder::ScopeId(caller.agency.value()),
                                    .holders = {reminder::HolderId(holder.value())}};
  return reminder::findTask(session, rights, reminder::TaskId(task));
}

std::optional<reminder::Task> taskLedBy(Session& session, const Office& office,
                                        const Caller& caller, DocumentId document, PostId lead) {
  const reminder::TaskRights rights{.scope = reminder::ScopeId(caller.agency.value()),
                                    .holders = {reminder::HolderId(lead.value())}};
  const reminder::TaskFilter filter{.open = true,
                                    .holder = reminder::HolderId(lead.value()),
                                    .part = reminder::Part::Lead,
                                    .source = {"document", document.value()}};
  auto page = reminder::listTasks(session, rights, filter, reminder::TaskOrder::NewestFirst,
                                  office.clock.today(), office.calendars.of(rights.scope), 1);
  return page.tasks.empty() ? std::nullopt : std::optional(std::move(page.tasks.front()));
}

base::Result<void> cancelTask(Session& session, const Office& office, const Caller& caller,
                              PostId assigner, std::int64_t task, const std::string& words,
                              base::Instant now) {
  const auto found = findTaskOf(session, caller, assigner, task);
  if (!found || !reminder::isOpen(found->state)) return {};
  auto ended = office.tasks.cancel(session, actorOf(caller, assigner), now, found->id,
                                   found->version, words);
  if (!ended) return tl::unexpected(std::move(ended.error()));
  return {};
}

base::Result<void> reportTask(Session& session, const Office& office, const Caller& caller,
                              PostId lead, std::int64_t task, const std::string& words,
                              const reminder::SourceRef& result, base::Instant now) {
  const auto found = findTaskOf(session, caller, lead, task);
  if (!found || !reminder::isOpen(found->state) || found->state == reminder::TaskState::Reported) {
    return {};
  }
  auto reported = office.tasks.reportCompletion(session, actorOf(caller, lead), now, found->id,
                                                found->version, words, result);
  if (!reported) return tl::unexpected(std::move(reported.error()));
  return {};
}

}  // namespace eoffice::documents
