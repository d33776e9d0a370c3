// The reviewer's two answers: back with a remark, or on to the signer.
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/field_rules.h"
#include "eoffice/documents/outgoing.h"
#include "eoffice/documents/signer.h"

namespace eoffice::documents {
namespace {

using base::db::Session;
using directory::Capability;

}  // namespace

base::Result<void> Outgoing::returnDraft(const Caller& caller, const Target& target,
                                         const std::string& remark) {
  auto text = remark;
  FieldCheck check;
  check.required(text, "remark", 2000);
  if (auto good = check.result(); !good) return good;

  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    // The signer too may send back what was approved.
    auto document =
        lockForAct(session, caller, target, {State::InReview, State::Approved},
                   {{StepKind::Review, Outcome::Returned}, {StepKind::Sign, Outcome::Returned}});
    if (!document) return tl::unexpected(std::move(document.error()));
    const bool atSigner = document->state == State::Approved;
    const auto kind = atSigner ? StepKind::Sign : StepKind::Review;
    const auto needed = atSigner ? Capability::Sign : Capability::Approve;
    if (auto right = requireForStep(session, caller, *document, kind, needed); !right) return right;
    auto behalf = closeOwnStep(session, caller, *document, kind, Outcome::Returned, text, now);
    if (!behalf) return tl::unexpected(std::move(behalf.error()));
    setState(session, document->id, State::Returned, now);
    openStepFor(session, *document, StepKind::Revise, document->outgoing->drafter, caller, text,
                now);
    record(session, office_.clock, caller, "document.returned", document->id, *behalf,
           {{"remark", text}});
    return {};
  });
}

base::Result<void> Outgoing::approve(const Caller& caller, const Target& target,
                                     const std::string& remark) {
  auto text = remark;
  FieldCheck check;
  check.optional(text, "remark", 2000);
  if (auto good = check.result(); !good) return good;

  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForAct(session, caller, target, {State::InReview}, {{StepKind::Review}});
    if (!document) return tl::unexpected(std::move(document.error()));
    if (auto right =
            requireForStep(session, caller, *document, StepKind::Review, Capability::Approve);
        !right) {
      return right;
    }
    const auto signer =
        findSigner(session, document->agency, document->outgoing->signer, base::localDate(now));
    if (!signer) return tl::unexpected(signer.error());
    auto behalf =
        closeOwnStep(session, caller, *document, StepKind::Review, Outcome::Done, text, now);
    if (!behalf) return tl::unexpected(std::move(behalf.error()));
    setState(session, document->id, State::Approved, now);
    addPart(session, document->id, caller.agency, document->outgoing->signer, Part::Signer);
    openStepFor(session, *document, StepKind::Sign, document->outgoing->signer, caller, text, now);
    record(session, office_.clock, caller, "document.approved", document->id, *behalf,
           {{"remark", text}});
    return {};
  });
}

}  // namespace eoffice::documents
