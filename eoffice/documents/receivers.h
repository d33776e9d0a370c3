// Who received which instruction on a document, as what, until when, and how that ended: the rows
// behind the chain of instructions. Rows in, rows out; the acts (incoming.h, routing.h) decide.
// Each function takes the session of the caller's transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/document.h"
#include "eoffice/documents/repository.h"

namespace eoffice::documents {

/// Stored in `instruction.kind`: never renumber.
enum class InstructionKind : std::uint8_t {
  Direction = 1,  ///< bút phê of a leader
  HandOver = 2,   ///< chuyển thẳng: the handler is clear under the working rules
  Forward = 3     ///< below somebody who received it
};

/// Stored in `instruction_receiver.state`: never renumber.
enum class ReceiverState : std::uint8_t {
  Open = 1,
  PassedOn = 2,   ///< it lies with somebody below
  Done = 3,       ///< finished, or read
  Returned = 4,   ///< given back with a reason
  TakenBack = 5,  ///< before it was seen
  Replaced = 6    ///< somebody else has it now, or it is no longer wanted
};

/// Stable names: `direction`, `taken_back` ...
[[nodiscard]] std::string_view nameOf(InstructionKind kind);
[[nodiscard]] std::string_view nameOf(ReceiverState state);

struct ReceiverRow {
  std::int64_t id = 0;
  std::int64_t instruction = 0;
  PostId post;
  UnitId unit;             ///< The unit that was named, where one was.
  Part part = Part::Lead;  ///< Lead, Support or Informed.
  std::int64_t task = 0;   ///< 0: none of its own.
  std::int64_t step = 0;   ///< The last one that was opened for it.
  std::optional<base::LocalDate> due;
  ReceiverState state = ReceiverState::Open;
  base::Instant givenAt{};
  std::optional<base::Instant> endedAt;
  std::string words;  ///< The reason, or what was reported.
};

struct InstructionRow {
  std::int64_t id = 0;
  InstructionKind kind = InstructionKind::Direction;
  PostId giver;  ///< In whose right it was given.
  PostId writtenBy;
  std::int64_t parentReceiver = 0;  ///< Under whom; 0 at the top.
  std::string text;
  std::int64_t task = 0;
  std::optional<base::LocalDate> due;
  base::Instant at{};
  PostId proposedBy;  ///< Not valid: nobody prepared it.
  bool proposalKept = false;
};

/// All of a document, oldest first.
struct Chain {
  DocumentId document;
  std::vector<InstructionRow> instructions;
  std::vector<ReceiverRow> receivers;

  [[nodiscard]] const InstructionRow* instruction(std::int64_t id) const;
  [[nodiscard]] const ReceiverRow* receiver(std::int64_t id) const;
  [[nodiscard]] const ReceiverRow* atStep(std::int64_t step) const;
  /// The instruction of `receiver`, and the receiver under whom that was given; null at the top.
  [[nodiscard]] const ReceiverRow* above(const ReceiverRow& receiver) const;
  /// Every receiver below `receiver`, however deep.
  [[nodiscard]] std::vector<const ReceiverRow*> below(const ReceiverRow& receiver) const;
};
[[nodiscard]] Chain readChain(base::db::Session& session, DocumentId document);

/// The open step of one of these kinds that waits for the caller's post, or for one whose delegate
/// it is; their own before others', Handle before Support before Read.
[[nodiscard]] std::optional<Step> stepHeldBy(base::db::Session& session, const Caller& caller,
                                             DocumentId document,
                                             std::initializer_list<StepKind> kinds);
[[nodiscard]] std::optional<Step> findStep(base::db::Session& session, std::int64_t step);

[[nodiscard]] std::int64_t insertInstruction(base::db::Session& session, DocumentId document,
                                             const InstructionRow& row);
[[nodiscard]] std::int64_t insertReceiver(base::db::Session& session, DocumentId document,
                                          const ReceiverRow& row);
/// `state` other than Open also says when, by whom and with which words it ended.
void setReceiver(base::db::Session& session, std::int64_t receiver, ReceiverState state, PostId by,
                 const std::string& words, base::Instant now);
/// It is theirs again, at a new step.
void reopenReceiver(base::db::Session& session, std::int64_t receiver, std::int64_t step);
/// What never reached the post gives no right: the parts that only this receiver had go, and with
/// them those of its delegate.
void dropParts(base::db::Session& session, DocumentId document, const ReceiverRow& receiver);

}  // namespace eoffice::documents
