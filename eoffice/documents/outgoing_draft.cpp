// The drafter's acts: a draft, a better one, up for review.
#include "base/text.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/field_rules.h"
#include "eoffice/documents/intake.h"
#include "eoffice/documents/outgoing.h"
#include "eoffice/documents/secrecy.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;
using directory::Capability;

base::Result<Fields> fieldsOf(const Office& office, const NewDraft& input) {
  Fields fields{.typeName = input.typeName,
                .codeNotation = input.notation,
                .subject = input.subject,
                .urgency = input.urgency,
                .dueDate = input.replyBy};
  FieldCheck check;
  check.required(fields.codeNotation, "notation", 30);
  check.required(fields.subject, "subject", 500);
  check.required(fields.typeName, "type", 100);
  auto competence = input.competence;
  check.optional(competence, "competence", 50);
  if (!input.signer.valid()) check.fault("field.missing", "signer");
  const auto* type = office.types.find(fields.typeName);
  if (type == nullptr && !fields.typeName.empty()) check.fault("field.unknown_type", "type");
  if (fields.dueDate && *fields.dueDate < office.clock.today()) {
    check.fault("field.date_in_past", "reply_by");
  }
  if (auto good = check.result(); !good) return tl::unexpected(std::move(good.error()));
  if (auto open = refuseSecret(input.secrecy, fields.subject); !open) {
    return tl::unexpected(std::move(open.error()));
  }
  fields.typeCode = type->code;
  fields.typeName = type->name;
  return fields;
}

base::Result<directory::PostCard> findSigner(Session& session, const Caller& caller, PostId signer,
                                             base::LocalDate day) {
  auto card = directory::findPost(session, signer, day);
  if (!card || !card->active || card->agency != caller.agency ||
      !directory::may(card->role, Capability::Sign)) {
    return base::refuse(RefusalKind::Invalid, "draft.no_signer", "signer");
  }
  return std::move(*card);
}

// The incoming document must be the caller's to see; a draft must not open a door to it.
base::Result<void> checkAnswered(Session& session, const Caller& caller, DocumentId answers) {
  if (!answers.valid()) return {};
  auto document = lockForAct(session, caller, {answers, 0}, {State::Directed});
  if (!document) return tl::unexpected(std::move(document.error()));
  return {};
}

}  // namespace

Outgoing::Outgoing(Office office) : office_(std::move(office)) {}

base::Result<DocumentId> Outgoing::draft(const Caller& caller, const NewDraft& input) {
  if (auto right = directory::require(caller, Capability::Draft); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  auto fields = fieldsOf(office_, input);
  if (!fields) return tl::unexpected(std::move(fields.error()));
  auto checked = checkFile(office_, input.blob, input.fileName);
  if (!checked) return tl::unexpected(std::move(checked.error()));
  if (checked->facts.encrypted) {
    return base::refuse(RefusalKind::Invalid, "signing.protected", "file");
  }
  fields->pageAmount = checked->facts.pages;

  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<DocumentId> {
    if (const auto earlier = findByRequestKey(session, caller.agency, input.requestKey)) {
      return *earlier;
    }
    auto signer = findSigner(session, caller, input.signer, base::localDate(now));
    if (!signer) return tl::unexpected(std::move(signer.error()));
    if (auto seen = checkAnswered(session, caller, input.answers); !seen) {
      return tl::unexpected(std::move(seen.error()));
    }
    auto filled = *fields;
    filled.signerName = signer->personName;
    filled.signerPosition = signer->title;
    const auto agency = directory::findAgency(session, caller.agency);
    if (agency) filled.issuerName = agency->name;

    const auto id = insertDocument(session, caller.agency, Direction::Outgoing, State::Draft,
                                   filled, input.requestKey, caller.post, now);
    insertOutgoing(session, id,
                   {.drafter = caller.post,
                    .signer = input.signer,
                    .signerCompetence = base::squeezed(input.competence),
                    .answers = input.answers,
                    .task = input.task});
    addFile(session, id,
            {.kind = FileKind::Draft,
             .name = checked->name,
             .blob = input.blob,
             .pages = checked->facts.pages,
             .createdBy = caller.post},
            now);
    addPart(session, id, caller.agency, caller.post, Part::Drafter);
    openStep(session, id, caller.agency,
             {.kind = StepKind::Revise, .post = caller.post, .openedBy = caller.post}, now);
    record(session, office_.clock, caller, "document.drafted", id, {},
           {{"sha256", input.blob.sha256}, {"answers", std::to_string(input.answers.value())}});
    return id;
  });
}

base::Result<void> Outgoing::revise(const Caller& caller, const Target& target,
                                    const NewDraft& input) {
  if (auto right = directory::require(caller, Capability::Draft); !right) return right;
  auto fields = fieldsOf(office_, input);
  if (!fields) return tl::unexpected(std::move(fields.error()));
  std::optional<CheckedFile> checked;
  if (!input.blob.sha256.empty()) {
    auto file = checkFile(office_, input.blob, input.fileName);
    if (!file) return tl::unexpected(std::move(file.error()));
    checked = std::move(*file);
  }

  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForAct(session, caller, target, {State::Draft, State::Returned});
    if (!document) return tl::unexpected(std::move(document.error()));
    if (document->outgoing->drafter != caller.post) {
      return base::refuse(RefusalKind::Forbidden, "document.not_yours");
    }
    auto signer = findSigner(session, caller, input.signer, base::localDate(now));
    if (!signer) return tl::unexpected(std::move(signer.error()));
    auto filled = *fields;
    filled.signerName = signer->personName;
    filled.signerPosition = signer->title;
    filled.issuerName = document->fields.issuerName;
    filled.pageAmount = checked ? checked->facts.pages : document->fields.pageAmount;
    updateFields(session, document->id, filled, now);
    setSigner(session, document->id, input.signer, base::squeezed(input.competence));

    const auto newest = newestFile(session, document->id, FileKind::Draft);
    if (checked && !(newest && newest->blob == input.blob)) {
      addFile(session, document->id,
              {.kind = FileKind::Draft,
               .name = checked->name,
               .blob = input.blob,
               .pages = checked->facts.pages,
               .createdBy = caller.post},
              now);
    }
    setState(session, document->id, document->state, now);
    record(session, office_.clock, caller, "document.revised", document->id, {},
           {{"sha256", input.blob.sha256}});
    return {};
  });
}

base::Result<void> Outgoing::sendUp(const Caller& caller, const Target& target,
                                    const std::string& note) {
  if (auto right = directory::require(caller, Capability::Draft); !right) return right;
  auto text = note;
  FieldCheck check;
  check.optional(text, "note", 2000);
  if (auto good = check.result(); !good) return good;

  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForAct(session, caller, target, {State::Draft, State::Returned});
    if (!document) return tl::unexpected(std::move(document.error()));
    auto behalf =
        closeOwnStep(session, caller, *document, StepKind::Revise, Outcome::Done, text, now);
    if (!behalf) return tl::unexpected(std::move(behalf.error()));
    const auto reviewer = directory::headOf(session, caller.post, base::localDate(now));
    if (!reviewer || !directory::may(reviewer->role, Capability::Approve)) {
      return base::refuse(RefusalKind::Conflict, "draft.no_reviewer");
    }
    setReviewer(session, document->id, reviewer->post);
    addPart(session, document->id, caller.agency, reviewer->post, Part::Reviewer);
    setState(session, document->id, State::InReview, now);
    openStepFor(session, *document, StepKind::Review, reviewer->post, caller, text, now);
    record(session, office_.clock, caller, "document.sent_up", document->id, {},
           {{"reviewer", std::to_string(reviewer->post.value())}});
    return {};
  });
}

}  // namespace eoffice::documents
