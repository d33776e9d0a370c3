// Keeps the chain of instructions in step with its tasks, whoever acts on those: a report that is
// given back opens the handler's step again; a due day that moves is the receiver's due day.
#pragma once

#include "reminder/tasks/ports.h"

namespace eoffice::documents {

class ChainKeeper : public reminder::TaskListener {
 public:
  void taskChanged(base::db::Session& session, const reminder::Task& task,
                   const reminder::TaskEvent& event) override;
};

}  // namespace eoffice::documents
