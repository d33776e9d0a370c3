// Gives an instruction to its receivers: who they are on this day, their tasks, steps and rights,
// and the rows of the chain. Shared by the direction of a leader, the hand-over by the clerk and
// the forwarding below; who may do it is theirs to ask. For this folder alone.
#pragma once

#include "base/result.h"
#include "eoffice/documents/incoming.h"
#include "eoffice/documents/office.h"
#include "eoffice/documents/receivers.h"
#include "reminder/tasks/task.h"

namespace eoffice::documents {

/// What the act that gives it out knows beside the words.
struct Giving {
  InstructionKind kind = InstructionKind::Direction;
  PostId giver;                          ///< In whose right.
  std::string key;                       ///< Of the task: names this act for ever.
  std::int64_t parentReceiver = 0;       ///< Under whom; 0 at the top.
  std::int64_t parentTask = 0;           ///< The deadline that inner ones keep within.
  std::int64_t returnedTask = 0;         ///< One that came back and is given out again.
  StepKind leadStep = StepKind::Handle;  ///< Support below somebody who supports.
  reminder::Confirmation confirmation = reminder::Confirmation::Needed;
  PostId proposedBy = {};
  bool proposalKept = false;
};

struct Given {
  std::int64_t instruction = 0;
  std::int64_t task = 0;
  std::optional<base::LocalDate> due;
  PostId lead;
};

/// Words and deadlines: `field.*`, `instruction.no_lead`, `.no_deadline`,
/// `.two_deadlines`.
[[nodiscard]] base::Result<void> checkInstruction(Instruction& input);

/// A post as it can be given work on that day, all at once, in the order asked for. Refuses, each
/// by its field: `instruction.unknown_post`, `routing.post_ended` (facts name, day),
/// `routing.unit_unknown`, `routing.unit_ended` (facts unit, day, successor),
/// `routing.unit_closed` (without a successor), `routing.unit_without_head`.
struct Reached {
  Receiver asked;
  PostId post;
  UnitId unit;  ///< Of the post.
  Part part = Part::Lead;
};
[[nodiscard]] base::Result<std::vector<Reached>> reachAll(base::db::Session& session,
                                                          const Caller& caller,
                                                          const Instruction& input,
                                                          base::LocalDate day);

/// Also refuses what reachAll() and TaskService::assign refuse, and of a forwarding
/// `routing.not_below`: who is in no unit at or below the giver's.
[[nodiscard]] base::Result<Given> give(base::db::Session& session, const Office& office,
                                       const Caller& caller, const Document& document,
                                       const Giving& giving, const Instruction& input,
                                       base::Instant now);

/// What was given out from here before and came back, before it is given out anew: those beside its
/// lead are no longer wanted; its task is returned when `giver` gave it, else it is cancelled. 0:
/// nothing came back. `parentReceiver` 0: from the top.
[[nodiscard]] base::Result<std::int64_t> takeUp(base::db::Session& session, const Office& office,
                                                const Caller& caller, const Chain& chain,
                                                std::int64_t parentReceiver, PostId giver,
                                                const std::string& words, base::Instant now);

/// Ends what is still open of `receivers`: their steps are closed with `outcome`, their own tasks
/// cancelled with `words`.
[[nodiscard]] base::Result<void> withdraw(base::db::Session& session, const Office& office,
                                          const Caller& caller, const Chain& chain,
                                          const std::vector<const ReceiverRow*>& receivers,
                                          ReceiverState state, Outcome outcome,
                                          const std::string& words, base::Instant now);

}  // namespace eoffice::documents
