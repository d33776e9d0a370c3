// Number and date: taken from the book, printed on the PDF and stored in one transaction.
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/book.h"
#include "eoffice/documents/book_acts.h"
#include "eoffice/documents/outgoing.h"
#include "eoffice/documents/temporary_file.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;

}  // namespace

base::Result<Outgoing::Numbered> Outgoing::giveNumber(const Caller& caller, const Target& target,
                                                      int reserved) {
  if (auto right = directory::require(caller, directory::Capability::GiveNumber); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  const auto now = office_.clock.now();
  try {
    return numberOnce(caller, target, reserved, now);
  } catch (const base::db::DuplicateKey&) {
    // Another series gave the same number and notation at the same moment; now it shows.
    return numberOnce(caller, target, reserved, now);
  }
}

base::Result<Outgoing::Numbered> Outgoing::numberOnce(const Caller& caller, const Target& target,
                                                      int reserved, base::Instant now) {
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

    auto fields = document->fields;
    const auto scheme = schemeOn(session, office_.types, caller.agency, Direction::Outgoing, today);
    const auto& series = seriesFor(scheme, fields.typeName);
    fields.codeNotation = notationOf(series, fields.codeNotation, today);
    const auto number = reserved > 0 ? useReserved(session, caller, series, reserved, today,
                                                   fields.codeNotation, document->id)
                                     : takeNumber(session, caller.agency, Direction::Outgoing,
                                                  series, today, fields.codeNotation);
    if (!number) return tl::unexpected(number.error());
    const auto& taken = *number;
    fields.codeNumber = printedNumber(taken.number);
    fields.issuedDate = today;
    // Before the stamp, which takes long: whoever gives the same waits here.
    setNumbered(session, document->id, taken.book, taken.number, now);
    claimSymbol(session, document->id, caller.agency, today, fields.codeNumber,
                fields.codeNotation);

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
    setState(session, document->id, State::Numbered, now);
    openStepForRole(session, *document, StepKind::Seal, Role::Clerk, caller.post, {}, now);
    record(session, office_.clock, caller, "document.numbered", document->id, {},
           {{"number", fields.codeNumber}, {"date", base::isoDate(today)}});
    return Numbered{taken.number, symbolOf(fields.codeNumber, fields.codeNotation), today};
  });
}

}  // namespace eoffice::documents
