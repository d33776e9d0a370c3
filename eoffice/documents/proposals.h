// An instruction that somebody prepares for the leader who decides: the head of office, or an
// assistant whom the leader has named. The leader confirms it, changes it, or discards it; the
// chain keeps both names. What an instruction is, incoming.h says.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "eoffice/documents/incoming.h"

namespace eoffice::documents {

/// Stored in `instruction_proposal.state`: never renumber.
enum class ProposalState : std::uint8_t {
  Waits = 1,
  Confirmed = 2,
  Changed = 3,
  Discarded = 4,
  Replaced = 5
};

struct Proposal {
  std::int64_t id = 0;
  PostId leader;
  PostId proposedBy;
  base::Instant at{};
  Instruction instruction;  ///< Its target is the document, of any version.
};

/// The one that waits for the leader's word, if there is one.
[[nodiscard]] std::optional<Proposal> waitingProposal(base::db::Session& session,
                                                      DocumentId document);
/// Whether the leader's instruction is what was proposed: words, receivers and deadlines.
[[nodiscard]] bool isAsProposed(const Instruction& proposed, const Instruction& given);
/// Inside an act: stores it for `leader`; one that waited is replaced.
void storeProposal(base::db::Session& session, const Caller& caller, DocumentId document,
                   PostId leader, const Instruction& input, base::Instant now);
void decideProposal(base::db::Session& session, std::int64_t proposal, ProposalState state,
                    PostId by, base::Instant now);
/// Posts that may prepare instructions for the leader today.
[[nodiscard]] std::vector<PostId> assistantsOf(base::db::Session& session, PostId leader);
/// Who may prepare one for this leader: the head of office, and assistants.
[[nodiscard]] bool mayPropose(base::db::Session& session, const Caller& caller, PostId leader);

class Proposals {
 public:
  Proposals(Office office, Incoming& incoming) : office_(std::move(office)), incoming_(incoming) {}

  /// While the document lies before the leader. Refuses `proposal.not_assistant`, and what a
  /// direction refuses of words, receivers and deadlines.
  [[nodiscard]] base::Result<void> propose(const Caller& caller, const Instruction& input);
  /// By the leader: directs exactly as proposed. Refuses `proposal.none`.
  [[nodiscard]] base::Result<Directed> confirm(const Caller& caller, const Target& target);
  /// By the leader: the form is empty again. Refuses `proposal.none`.
  [[nodiscard]] base::Result<void> discard(const Caller& caller, const Target& target);

  /// By a leader, of an official or head of the same agency. Again: no change. Refuses
  /// `permission.denied`, `proposal.no_assistant` (ended, of another agency, oneself).
  [[nodiscard]] base::Result<void> nameAssistant(const Caller& caller, PostId assistant);
  [[nodiscard]] base::Result<void> endAssistant(const Caller& caller, PostId assistant);

 private:
  Office office_;
  Incoming& incoming_;
};

}  // namespace eoffice::documents
