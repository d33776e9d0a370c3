// Number and date: taken from the book, printed on the PDF and stored in one transaction.
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/book.h"
#include "eoffice/documents/outgoing.h"
#include "eoffice/documents/temporary_file.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;

std::string printedNumber(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

base::Result<Outgoing::Numbered> Outgoing::giveNumber(const Caller& caller, const Target& target) {
  if (auto right = directory::require(caller, directory::Capability::GiveNumber); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  const auto now = office_.clock.now();
  const auto today = base::localDate(now);
  // NOTE: the stamp is put on while the book's row is locked. It takes a few hundred milliseconds,
  // other clerks of the agency wait for it, and no number is ever lost or given twice.
  return office_.database.transact([&](Session& session) -> base::Result<Numbered> {
    // after the signature.
    auto document = lockForAct(session, caller, target, {State::Signed}, {{StepKind::Number}});
    if (!document) return tl::unexpected(std::move(document.error()));
    const auto file = newestFile(session, document->id, FileKind::Signed);
    if (!file) return base::refuse(RefusalKind::Conflict, "document.no_file");
    auto behalf =
        closeOwnStep(session, caller, *document, StepKind::Number, Outcome::Done, {}, now);
    if (!behalf) return tl::unexpected(std::move(behalf.error()));

    const auto taken = takeNumber(session, caller.agency, Direction::Outgoing, today);
    auto fields = document->fields;
    fields.codeNumber = printedNumber(taken.number);
    fields.issuedDate = today;

    const TemporaryFile out(office_.temporary);
    auto places = office_.signer.stampNumber(office_.blobs.path(file->blob.sha256),
                                             {.number = fields.codeNumber,
                                              .notation = fields.codeNotation,
                                              .place = office_.place,
                                              .date = today,
                                              .at = now},
                                             out.path());
    if (!places) return tl::unexpected(std::move(places.error()));
    const auto blob = office_.blobs.putFile(out.path());

    updateFields(session, document->id, fields, now);
    addFile(session, document->id,
            {.kind = FileKind::Numbered,
             .name = file->name,
             .blob = blob,
             .pages = file->pages,
             .createdBy = caller.post},
            now);
    setNumbered(session, document->id, taken.book, taken.number, now);
    setState(session, document->id, State::Numbered, now);
    openStepForRole(session, *document, StepKind::Seal, Role::Clerk, caller.post, {}, now);
    record(session, office_.clock, caller, "document.numbered", document->id, {},
           {{"number", fields.codeNumber}, {"date", base::isoDate(today)}});
    return Numbered{taken.number, symbolOf(fields.codeNumber, fields.codeNotation), today};
  });
}

}  // namespace eoffice::documents
