// The drafter's acts: a draft, a better one, up for review.
#include "base/text.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/field_rules.h"
#include "eoffice/documents/intake.h"
#include "eoffice/documents/outgoing.h"
#include "eoffice/documents/secrecy.h"
#include "eoffice/documents/signer.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;
using directory::Capability;

// The form's words, checked all at once.
struct Words {
  Fields fields;
  std::string competence;
};

base::Result<Words> wordsOf(const Office& office, const NewDraft& input) {
  Words words{.fields = {.typeName = input.typeName,
                         .codeNotation = input.notation,
                         .subject = input.subject,
                         .urgency = input.urgency,
                         .dueDate = input.replyBy},
              .competence = input.competence};
  auto& fields = words.fields;
  FieldCheck check;
  check.required(fields.codeNotation, "notation", 30);
  if (fields.codeNotation.find_first_of(" /") != std::string::npos) {
    check.fault("field.bad_notation", "notation");  // it follows the number and its slash
  }
  check.required(fields.subject, "subject", 500);
  check.required(fields.typeName, "type", 100);
  check.optional(words.competence, "competence", 50);
  if (!words.competence.empty() && !isCompetence(words.competence)) {
    check.fault("field.unknown_competence", "competence");
  }
  if (!input.signer.valid()) check.fault("field.missing", "signer");
  const auto* type = office.types.find(fields.typeName);
  const bool ours = type != nullptr && !type->incomingOnly;
  if (!ours && !fields.typeName.empty()) check.fault("field.unknown_type", "type");
  if (fields.dueDate && *fields.dueDate < office.clock.today()) {
    check.fault("field.date_in_past", "reply_by");
  }
  if (auto good = check.result(); !good) return tl::unexpected(std::move(good.error()));
  const std::vector<FieldText> texts{{"notation", fields.codeNotation},
                                     {"subject", fields.subject}};
  if (auto open = refuseSecret(input.secrecy, texts); !open) {
    return tl::unexpected(std::move(open.error()));
  }
  fields.typeCode = type->code;
  fields.typeName = type->name;
  return words;
}

// A file that may become a draft: it can be signed, and this is where.
struct DraftFile {
  CheckedFile checked;
  SigningPlaces places;

  [[nodiscard]] NewFile row(const Caller& caller) const {
    return {.kind = FileKind::Draft,
            .name = checked.name,
            .blob = checked.blob,
            .pages = checked.facts.pages,
            .signingPlaces = toJson(places),
            .createdBy = caller.post};
  }
};

base::Result<DraftFile> checkDraftFile(const Office& office, const Caller& caller,
                                       const Upload& upload, PostId signer,
                                       const std::string& notation) {
  const auto today = office.clock.today();
  auto card = office.database.read(
      [&](Session& session) { return findSigner(session, caller.agency, signer, today); });
  if (!card) return tl::unexpected(std::move(card.error()));
  auto checked = checkFile(office, caller, upload);
  if (!checked) return tl::unexpected(std::move(checked.error()));
  if (checked->facts.encrypted) {
    return base::refuse(RefusalKind::Invalid, "signing.protected", "file");
  }
  auto places = office.signer.places(office.blobs.path(checked->blob.sha256), card->personName,
                                     notation, today);
  if (!places) return tl::unexpected(std::move(places.error()));
  return DraftFile{std::move(*checked), *places};
}

void nameSigner(Fields& fields, const directory::PostCard& signer) {
  fields.signerName = signer.personName;
  fields.signerPosition = signer.title;
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

base::Result<Examined> Outgoing::examine(const Caller& caller, const Upload& file, PostId signer,
                                         const std::string& notation) {
  if (auto right = directory::require(caller, Capability::Draft); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  auto draft = checkDraftFile(office_, caller, file, signer, notation);
  if (!draft) return tl::unexpected(std::move(draft.error()));
  return Examined{draft->checked.blob, draft->checked.name, draft->checked.facts.pages,
                  draft->places};
}

base::Result<DocumentId> Outgoing::draft(const Caller& caller, const NewDraft& input) {
  if (auto right = directory::require(caller, Capability::Draft); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  auto words = wordsOf(office_, input);
  if (!words) return tl::unexpected(std::move(words.error()));
  if (const auto earlier = madeBefore(office_, caller, input.file.requestKey)) return *earlier;
  auto file = checkDraftFile(office_, caller, input.file, input.signer, words->fields.codeNotation);
  if (!file) return tl::unexpected(std::move(file.error()));

  const auto now = office_.clock.now();
  const auto make = [&](Session& session) -> base::Result<DocumentId> {
    if (auto own = checkStillOwn(session, caller, input.file, now); !own) {
      return tl::unexpected(std::move(own.error()));
    }
    auto signer = findSigner(session, caller.agency, input.signer, base::localDate(now));
    if (!signer) return tl::unexpected(std::move(signer.error()));
    if (auto seen = checkAnswered(session, caller, input.answers); !seen) {
      return tl::unexpected(std::move(seen.error()));
    }
    auto fields = words->fields;
    fields.pageAmount = file->checked.facts.pages;
    nameSigner(fields, *signer);
    if (const auto agency = directory::findAgency(session, caller.agency)) {
      fields.issuerName = agency->name;
    }
    const auto id = insertDocument(session, caller.agency, Direction::Outgoing, State::Draft,
                                   fields, input.file.requestKey, caller.post, now);
    insertOutgoing(session, id,
                   {.drafter = caller.post,
                    .signer = input.signer,
                    .signerCompetence = words->competence,
                    .answers = input.answers});
    addFile(session, id, file->row(caller), now);
    addPart(session, id, caller.agency, caller.post, Part::Drafter);
    openStep(session, id, caller.agency,
             {.kind = StepKind::Revise, .post = caller.post, .openedBy = caller.post}, now);
    record(session, office_.clock, caller, "document.drafted", id, {},
           {{"sha256", file->checked.blob.sha256},
            {"answers", std::to_string(input.answers.value())}});
    return id;
  };
  return makeOnce(office_.database, caller, input.file.requestKey, make);
}

base::Result<void> Outgoing::revise(const Caller& caller, const Target& target,
                                    const NewDraft& input) {
  if (auto right = directory::require(caller, Capability::Draft); !right) return right;
  auto words = wordsOf(office_, input);
  if (!words) return tl::unexpected(std::move(words.error()));
  std::optional<DraftFile> fresh;
  if (!input.file.blob.sha256.empty()) {
    auto file =
        checkDraftFile(office_, caller, input.file, input.signer, words->fields.codeNotation);
    if (!file) return tl::unexpected(std::move(file.error()));
    fresh = std::move(*file);
  }

  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document =
        lockForAct(session, caller, target, {State::Draft, State::Returned}, {{StepKind::Revise}});
    if (!document) return tl::unexpected(std::move(document.error()));
    if (document->outgoing->drafter != caller.post) {
      return base::refuse(RefusalKind::Forbidden, "document.not_yours");
    }
    if (fresh) {
      if (auto own = checkStillOwn(session, caller, input.file, now); !own) return own;
    }
    auto signer = findSigner(session, caller.agency, input.signer, base::localDate(now));
    if (!signer) return tl::unexpected(std::move(signer.error()));
    auto fields = words->fields;
    nameSigner(fields, *signer);
    fields.issuerName = document->fields.issuerName;
    fields.pageAmount = fresh ? fresh->checked.facts.pages : document->fields.pageAmount;
    updateFields(session, document->id, fields, now);
    setSigner(session, document->id, input.signer, words->competence);

    const auto newest = newestFile(session, document->id, FileKind::Draft);
    if (fresh && !(newest && newest->blob == fresh->checked.blob)) {
      addFile(session, document->id, fresh->row(caller), now);
    }
    setState(session, document->id, document->state, now);
    record(session, office_.clock, caller, "document.revised", document->id, {},
           {{"sha256", fresh ? fresh->checked.blob.sha256 : ""}});
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
  if (auto open = refuseSecret({}, {{"note", text}}); !open) return open;

  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document =
        lockForAct(session, caller, target, {State::Draft, State::Returned}, {{StepKind::Revise}});
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
