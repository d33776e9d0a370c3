// The audit entry of each act on a task, in the transaction of the act. The task's own history
// (reminder/tasks) says what it was; the audit says who did it beside everything else they did.
#pragma once

#include "base/clock.h"
#include "reminder/tasks/ports.h"

namespace eoffice::documents {

class TaskAudit : public reminder::TaskListener {
 public:
  explicit TaskAudit(const base::Clock& clock) : clock_(clock) {}
  void taskChanged(base::db::Session& session, const reminder::Task& task,
                   const reminder::TaskEvent& event) override;

 private:
  const base::Clock& clock_;
};

}  // namespace eoffice::documents
