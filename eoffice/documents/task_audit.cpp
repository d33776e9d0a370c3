#include "eoffice/documents/task_audit.h"

#include "eoffice/audit/audit_log.h"

namespace eoffice::documents {
namespace {

std::string auditNameOf(reminder::TaskAct act) {
  switch (act) {
    case reminder::TaskAct::Assigned:
      return "task.assigned";
    case reminder::TaskAct::Received:
      return "task.received";
    case reminder::TaskAct::Progress:
      return "task.progress";
    case reminder::TaskAct::Reported:
      return "task.reported";
    case reminder::TaskAct::Confirmed:
      return "task.confirmed";
    case reminder::TaskAct::Returned:
      return "task.returned";
    case reminder::TaskAct::DueChanged:
      return "task.due_changed";
    case reminder::TaskAct::HandedOver:
      return "task.handed_over";
    case reminder::TaskAct::Cancelled:
      return "task.cancelled";
    case reminder::TaskAct::DueReckoned:
      return "task.due_reckoned";
    case reminder::TaskAct::PartsChanged:
      return "task.parts_changed";
  }
  return "task.changed";
}

}  // namespace

void TaskAudit::taskChanged(base::db::Session& session, const reminder::Task& task,
                            const reminder::TaskEvent& event) {
  const auto& who = event.actor;
  const bool delegated = who.delegate.valid();
  audit::Entry entry{.act = auditNameOf(event.act),
                     .person = PersonId(who.person.value()),
                     .post = PostId(delegated ? who.delegate.value() : who.holder.value()),
                     .onBehalfOf = delegated ? PostId(who.holder.value()) : PostId(),
                     .agency = AgencyId(task.scope.value()),
                     .objectKind = "task",
                     .objectId = task.id.value(),
                     .requestId = who.requestId,
                     .address = who.address};
  if (event.dueBefore) entry.detail.emplace_back("due_before", base::isoDate(*event.dueBefore));
  if (event.dueAfter) entry.detail.emplace_back("due_after", base::isoDate(*event.dueAfter));
  audit::write(session, clock_, entry);
}

}  // namespace eoffice::documents
