// The clerk's two answers to what arrived: into the book, or back to the sender.
#include "base/text.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/book.h"
#include "eoffice/documents/document_text.h"
#include "eoffice/documents/field_rules.h"
#include "eoffice/documents/incoming.h"
#include "eoffice/documents/secrecy.h"
#include "eoffice/documents/sender_answer.h"

namespace eoffice::documents {
namespace {

using base::db::Session;
using directory::Capability;

constexpr const char* kDuplicates = R"(/* documents.findDuplicates */
SELECT d.id, i.arrival_number, d.issuer_name FROM document d
JOIN incoming_document i ON i.document_id = d.id
WHERE d.agency_id = ? AND d.direction = 1 AND d.code_number = ? AND d.code_notation = ?
  AND d.issued_date BETWEEN ? AND ? AND i.arrival_number IS NOT NULL AND d.id <> ?
ORDER BY d.id LIMIT 50)";

// R-7: the same number, notation, issuer (marks and case aside) and year.
base::Result<void> refuseDuplicate(Session& session, const Document& document, const Fields& f) {
  const auto year = f.issuedDate->year();
  std::string numbers;
  std::string ids;
  for (const auto& row :
       session.query(kDuplicates,
                     {document.agency, f.codeNumber, f.codeNotation, base::LocalDate(year / 1 / 1),
                      base::LocalDate(year / 12 / 31), document.id})) {
    if (base::fold(row.text(2)) != base::fold(f.issuerName)) continue;
    numbers += (numbers.empty() ? "" : ", ") + std::to_string(row.integer(1));
    ids += (ids.empty() ? "" : ",") + std::to_string(row.integer(0));
  }
  if (ids.empty()) return {};
  return base::refuse(base::RefusalKind::Conflict, "document.duplicate", "code_number",
                      {{"number", numbers}, {"document", ids}});
}

}  // namespace

base::Result<Registered> Incoming::registerIncoming(const Caller& caller,
                                                    const Registration& input) {
  if (auto right = directory::require(caller, Capability::RegisterIncoming); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  const auto now = office_.clock.now();
  const auto today = base::localDate(now);
  auto fields = input.fields;
  if (auto good = checkRegistration(fields, today); !good) {
    return tl::unexpected(std::move(good.error()));
  }
  if (auto open = refuseSecret(input.secrecy, textsOf(fields)); !open) {
    return tl::unexpected(std::move(open.error()));
  }
  const auto* type = office_.types.find(fields.typeName);
  if (type != nullptr) {
    fields.typeCode = type->code;
    fields.typeName = type->name;
  }

  auto done = office_.database.transact([&](Session& session) -> base::Result<Registered> {
    auto document =
        lockForAct(session, caller, input.target, {State::Arrived}, {{StepKind::Register}});
    if (!document) return tl::unexpected(std::move(document.error()));
    if (auto open = refuseSuspected(session, document->id, input.secrecyDenied); !open) {
      return tl::unexpected(std::move(open.error()));
    }
    // The sender's own type may be one that this office does not issue.
    if (type == nullptr && base::fold(fields.typeName) != base::fold(document->fields.typeName)) {
      return base::refuse(base::RefusalKind::Invalid, "field.unknown_type", "type");
    }
    const auto scheme = schemeOn(session, office_.types, caller.agency, Direction::Incoming, today);
    const auto* book = input.book.empty()
                           ? &offeredBook(session, scheme, caller.post, fields.typeName)
                           : scheme.find(input.book);
    if (book == nullptr) return base::refuse(base::RefusalKind::Invalid, "book.unknown", "book");
    if (!input.book.empty()) rememberBook(session, caller.post, book->code);
    // The book's row is held before the look for a double: of two at once, one sees the other.
    const auto number = takeNumber(session, caller.agency, Direction::Incoming, *book, today);
    if (!number) return tl::unexpected(number.error());
    const auto& taken = *number;
    if (!input.duplicateConfirmed) {
      if (auto unique = refuseDuplicate(session, *document, fields); !unique) {
        return tl::unexpected(std::move(unique.error()));
      }
    }
    auto behalf =
        closeOwnStep(session, caller, *document, StepKind::Register, Outcome::Done, {}, now);
    if (!behalf) return tl::unexpected(std::move(behalf.error()));

    fields.pageAmount = fields.pageAmount > 0 ? fields.pageAmount : document->fields.pageAmount;
    updateFields(session, document->id, fields, now);
    setArrivalNumber(session, document->id, taken.book, taken.number, today);
    setState(session, document->id, State::Registered, now);
    addPart(session, document->id, caller.agency, caller.post, Part::Registrar);
    // The clerk submits too where an agency has no head of office.
    const bool headed = directory::headOfOffice(session, caller.agency, today).has_value();
    openStepForRole(session, *document, StepKind::Submit, headed ? Role::HeadOfOffice : Role::Clerk,
                    caller.post, {}, now);
    if (auto told = answerSender(session, office_, *document, caller, SenderStatus::Registered,
                                 "registered", {{"number", std::to_string(taken.number)}});
        !told) {
      return tl::unexpected(std::move(told.error()));
    }
    std::vector<std::pair<std::string, std::string>> detail{
        {"number", std::to_string(taken.number)}, {"date", base::isoDate(today)}};
    if (input.secrecyDenied) detail.emplace_back("secrecy", "denied");
    record(session, office_.clock, caller, "document.registered", document->id, *behalf,
           std::move(detail));
    return Registered{document->id, taken.number, today};
  });
  if (done) office_.wakers.outboxHasWork();
  return done;
}

base::Result<void> Incoming::refuseIncoming(const Caller& caller, const Target& target,
                                            const std::string& reason) {
  if (auto right = directory::require(caller, Capability::RegisterIncoming); !right) return right;
  auto text = reason;
  FieldCheck check;
  check.required(text, "reason", 500);
  if (auto good = check.result(); !good) return good;

  const auto now = office_.clock.now();
  auto done = office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document = lockForAct(session, caller, target, {State::Arrived},
                               {{StepKind::Register, Outcome::Returned}});
    if (!document) return tl::unexpected(std::move(document.error()));
    auto behalf =
        closeOwnStep(session, caller, *document, StepKind::Register, Outcome::Returned, text, now);
    if (!behalf) return tl::unexpected(std::move(behalf.error()));
    setState(session, document->id, State::Refused, now);
    if (auto told = answerSender(session, office_, *document, caller, SenderStatus::Refused, text);
        !told) {
      return told;
    }
    record(session, office_.clock, caller, "document.refused", document->id, *behalf,
           {{"reason", text}});
    return {};
  });
  if (done) office_.wakers.outboxHasWork();
  return done;
}

}  // namespace eoffice::documents
