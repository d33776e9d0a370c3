// The two keys: the competent person's signature and the agency's seal. PDF work first, then one
// transaction that stores its result, if nobody changed the document meanwhile.
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/intake.h"
#include "eoffice/documents/outgoing.h"
#include "eoffice/documents/temporary_file.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;
using directory::Capability;

struct Ready {
  Document document;
  File file;
  std::string agencyCode;
};

constexpr const char* kKeyRefused = "document.key_refused";

// A key that did not open: kept apart from the act, which did not take place.
template <class T>
tl::unexpected<base::Refusal> keyRefused(const Office& office, const Caller& caller,
                                         DocumentId document, base::Result<T>& opened) {
  office.database.transact([&](Session& session) {
    record(session, office.clock, caller, kKeyRefused, document, {},
           {{"cause", opened.error().code}});
  });
  return tl::unexpected(std::move(opened.error()));
}

// What the PDF work starts from; the version it was read at guards the transaction afterwards.
base::Result<Ready> prepare(const Office& office, const Caller& caller, const Target& target,
                            State state, StepKind step, FileKind kind) {
  return office.database.transact([&](Session& session) -> base::Result<Ready> {
    auto document = lockForAct(session, caller, target, {state}, {{step}});
    if (!document) return tl::unexpected(std::move(document.error()));
    auto file = newestFile(session, document->id, kind);
    if (!file) return base::refuse(RefusalKind::Conflict, "document.no_file");
    const auto agency = directory::findAgency(session, caller.agency);
    return Ready{std::move(*document), std::move(*file), agency ? agency->codeQd20 : ""};
  });
}

// What a check of the new file finds, for its page and the API. Empty where it cannot be looked at:
// the signer has verified it and it is signed all the same.
std::string reportOn(const Office& office, const base::BlobRef& blob, base::Instant now) {
  const auto report = office.reader.signatures(office.blobs.path(blob.sha256), office.trust, now);
  return report ? toJson(*report) : std::string();
}

std::string personLabel(PersonId person) { return "person-" + std::to_string(person.value()); }

}  // namespace

base::Result<void> Outgoing::sign(const Caller& caller, const Target& target,
                                  const std::string& pin) {
  if (auto right = directory::require(caller, Capability::Sign); !right) return right;
  auto ready = prepare(office_, caller, target, State::Approved, StepKind::Sign, FileKind::Draft);
  if (!ready) return tl::unexpected(std::move(ready.error()));
  // nobody signs for another.
  if (ready->document.outgoing->signer != caller.post) {
    return base::refuse(RefusalKind::Forbidden, "document.not_yours");
  }
  auto key = office_.keys.open(personLabel(caller.person), pin);
  if (!key) return keyRefused(office_, caller, target.document, key);

  const auto now = office_.clock.now();
  const TemporaryFile out(office_.temporary);
  auto place =
      office_.signer.signPersonal(office_.blobs.path(ready->file.blob.sha256),
                                  {.signerName = ready->document.fields.signerName,
                                   .image = office_.images / (personLabel(caller.person) + ".png"),
                                   .at = now},
                                  **key, out.path());
  if (!place) return tl::unexpected(std::move(place.error()));
  const auto blob = office_.blobs.putFile(out.path());
  const auto report = reportOn(office_, blob, now);

  return office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForAct(session, caller, {target.document, ready->document.version},
                               {State::Approved}, {{StepKind::Sign}});
    if (!document) return tl::unexpected(std::move(document.error()));
    auto behalf = closeOwnStep(session, caller, *document, StepKind::Sign, Outcome::Done, {}, now);
    if (!behalf) return tl::unexpected(std::move(behalf.error()));
    addFile(session, document->id,
            {.kind = FileKind::Signed,
             .name = ready->file.name,
             .blob = blob,
             .pages = ready->file.pages,
             .signatureReport = report,
             .createdBy = caller.post},
            now);
    setSigned(session, document->id, now);
    setState(session, document->id, State::Signed, now);
    openStepForRole(session, *document, StepKind::Number, Role::Clerk, caller.post, {}, now);
    record(session, office_.clock, caller, "document.signed", document->id, {},
           {{"sha256", blob.sha256}, {"certificate", (*key)->certificate().serial}});
    return {};
  });
}

base::Result<void> Outgoing::seal(const Caller& caller, const Target& target,
                                  const std::string& pin) {
  if (auto right = directory::require(caller, Capability::Seal); !right) return right;
  // only what a competent person has signed, and what has its number, is sealed.
  auto ready =
      prepare(office_, caller, target, State::Numbered, StepKind::Seal, FileKind::Numbered);
  if (!ready) return tl::unexpected(std::move(ready.error()));
  auto key = office_.keys.open(ready->agencyCode, pin);
  if (!key) return keyRefused(office_, caller, target.document, key);

  const auto now = office_.clock.now();
  const auto& fields = ready->document.fields;
  const TemporaryFile out(office_.temporary);
  auto place = office_.signer.sealAgency(office_.blobs.path(ready->file.blob.sha256),
                                         {.signerName = fields.signerName,
                                          .image = office_.images / (ready->agencyCode + ".png"),
                                          .number = fields.codeNumber,
                                          .notation = fields.codeNotation,
                                          .at = now},
                                         **key, out.path());
  if (!place) return tl::unexpected(std::move(place.error()));
  const auto blob = office_.blobs.putFile(out.path());
  const auto report = reportOn(office_, blob, now);

  return office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForAct(session, caller, {target.document, ready->document.version},
                               {State::Numbered}, {{StepKind::Seal}});
    if (!document) return tl::unexpected(std::move(document.error()));
    auto behalf = closeOwnStep(session, caller, *document, StepKind::Seal, Outcome::Done, {}, now);
    if (!behalf) return tl::unexpected(std::move(behalf.error()));
    addFile(session, document->id,
            {.kind = FileKind::Sealed,
             .name = ready->file.name,
             .blob = blob,
             .pages = ready->file.pages,
             .signatureReport = report,
             .createdBy = caller.post},
            now);
    setSealed(session, document->id, now);
    setState(session, document->id, State::Sealed, now);
    openStepForRole(session, *document, StepKind::Issue, Role::Clerk, caller.post, {}, now);
    record(session, office_.clock, caller, "document.sealed", document->id, {},
           {{"sha256", blob.sha256}, {"certificate", (*key)->certificate().serial}});
    return {};
  });
}

}  // namespace eoffice::documents
