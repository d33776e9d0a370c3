#include "eoffice/documents/book_acts.h"

#include "eoffice/audit/audit_log.h"
#include "eoffice/documents/book_list.h"
#include "eoffice/documents/field_rules.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;
using directory::Capability;

constexpr const char* kSetAside = R"(/* documents.setNumberAside */
INSERT INTO book_number (book_id, number, state, reason, for_whom, use_by, day, by_post)
VALUES (?, ?, ?, ?, ?, ?, ?, ?))";

constexpr const char* kLockAside = R"(/* documents.lockNumberAside */
SELECT state, reason, by_post FROM book_number WHERE book_id = ? AND number = ? FOR UPDATE)";

constexpr const char* kUse = R"(/* documents.useReservedNumber */
UPDATE book_number SET state = 2, document_id = ?, ended_on = ?, ended_by_post = ?
WHERE book_id = ? AND number = ?)";

constexpr const char* kVoidReserved = R"(/* documents.voidReservedNumber */
UPDATE book_number SET state = 3, reason = ?, ended_on = ?, ended_by_post = ?
WHERE book_id = ? AND number = ?)";

constexpr const char* kVoidGiven = R"(/* documents.voidGivenNumber */
INSERT INTO book_number (book_id, number, state, reason, day, by_post, document_id, symbol)
VALUES (?, ?, 3, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE state = 3, reason = VALUES(reason), ended_on = VALUES(day),
  ended_by_post = VALUES(by_post), document_id = VALUES(document_id), symbol = VALUES(symbol))";

constexpr const char* kBookOf = R"(/* documents.bookOfDocument */
SELECT COALESCE(i.book_id, o.book_id), COALESCE(i.arrival_number, o.number) FROM document d
LEFT JOIN incoming_document i ON i.document_id = d.id
LEFT JOIN outgoing_document o ON o.document_id = d.id WHERE d.id = ?)";

constexpr const char* kTakeArrivalNumber = R"(/* documents.takeArrivalNumberBack */
UPDATE incoming_document SET book_id = NULL, arrival_number = NULL, arrival_date = NULL
WHERE document_id = ?)";

constexpr const char* kTakeNumber = R"(/* documents.takeNumberBack */
UPDATE outgoing_document SET book_id = NULL, number = NULL, symbol_key = NULL, numbered_at = NULL,
  sealed_at = NULL WHERE document_id = ?)";

constexpr const char* kLockById = R"(/* documents.lockBookById */
SELECT agency_id, closed_at FROM document_book WHERE id = ? FOR UPDATE)";

constexpr const char* kClose = R"(/* documents.closeBook */
UPDATE document_book SET closed_at = ?, close_reason = ?, closed_by_post = ? WHERE id = ?)";

void recordBook(Session& session, const base::Clock& clock, const Caller& caller,
                std::string_view act, std::string_view kind, std::int64_t id,
                std::vector<std::pair<std::string, std::string>> detail) {
  audit::write(session, clock,
               {.act = std::string(act),
                .person = caller.person,
                .post = caller.post,
                .agency = caller.agency,
                .objectKind = std::string(kind),
                .objectId = id,
                .detail = std::move(detail),
                .requestId = caller.requestId,
                .address = caller.address});
}

Capability capabilityOf(Direction direction) {
  return direction == Direction::Incoming ? Capability::RegisterIncoming : Capability::GiveNumber;
}

base::Result<void> checkReason(std::string& reason) {
  FieldCheck check;
  check.required(reason, "reason", 500);
  return check.result();
}

base::Result<void> notReserved(int number) {
  return base::refuse(RefusalKind::Conflict, "number.not_reserved", "number",
                      {{"number", std::to_string(number)}});
}

// The books of other agencies do not exist for the caller.
base::Result<base::db::Row> lockOwn(Session& session, const Caller& caller, std::int64_t book) {
  auto row = session.find(kLockById, {book});
  if (!row || row->id<AgencyId>(0) != caller.agency) {
    return base::refuse(RefusalKind::NotFound, "book.unknown");
  }
  return *row;
}

}  // namespace

base::Result<void> BookActs::decide(const Caller& caller, Direction direction,
                                    Scheme scheme) const {
  if (auto right = directory::require(caller, Capability::ManageBooks); !right) return right;
  const auto now = office_.clock.now();
  if (auto good = checkScheme(scheme, direction, office_.types, base::localDate(now)); !good) {
    return good;
  }
  office_.database.transact([&](Session& session) {
    const auto id = insertScheme(session, caller.agency, direction, scheme, caller.post, now);
    recordBook(session, office_.clock, caller, "books.decided", "number_scheme", id,
               {{"direction", std::string(nameOf(direction))},
                {"from", base::isoDate(scheme.from)},
                {"decided_by", scheme.decidedBy},
                {"series", std::to_string(scheme.series.size())}});
  });
  return {};
}

base::Result<NumberRef> BookActs::reserve(const Caller& caller, const SetAside& input) const {
  if (input.series.direction == Direction::Incoming) {
    return base::refuse(RefusalKind::Invalid, "number.not_reservable");  // R-1
  }
  return setAside(caller, input, true);
}

base::Result<NumberRef> BookActs::voidNext(const Caller& caller, const SetAside& input) const {
  return setAside(caller, input, false);
}

base::Result<NumberRef> BookActs::setAside(const Caller& caller, const SetAside& given,
                                           bool reserved) const {
  if (auto right = directory::require(caller, capabilityOf(given.series.direction)); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  const auto today = base::localDate(office_.clock.now());
  auto input = given;
  FieldCheck check;
  check.required(input.reason, "reason", 500);
  if (reserved) check.required(input.forWhom, "for_whom", 200);
  if (input.useBy && *input.useBy < today) check.fault("field.date_in_past", "use_by");
  if (input.useBy && input.useBy->year() != today.year()) {
    check.fault("number.use_this_year", "use_by");  // R-3: the book ends with the year
  }
  if (auto good = check.result(); !good) return tl::unexpected(std::move(good.error()));

  return office_.database.transact([&](Session& session) -> base::Result<NumberRef> {
    const auto direction = input.series.direction;
    const auto scheme = schemeOn(session, office_.types, caller.agency, direction, today);
    const auto* series = scheme.find(input.series.code.empty() ? kCommonSeries : input.series.code);
    if (series == nullptr) return base::refuse(RefusalKind::NotFound, "series.unknown", "series");
    auto book = lockBook(session, caller.agency, direction, *series, today);
    if (!book) return tl::unexpected(std::move(book.error()));
    const auto state = reserved ? Aside::Reserved : Aside::Void;
    if (input.expected > 0 && input.expected != book->next) {
      const auto done = session.find(kLockAside, {book->id, input.expected});
      const bool same = done && done->code<Aside>(0) == state && done->text(1) == input.reason &&
                        done->id<PostId>(2) == caller.post;
      if (same) return NumberRef{book->id, input.expected};
      return base::refuse(RefusalKind::Conflict, "number.moved_on", {},
                          {{"next", std::to_string(book->next)}});
    }
    advanceBook(session, *book, book->next + 1);
    session.execute(kSetAside, {book->id, book->next, state, input.reason, input.forWhom,
                                input.useBy, today, caller.post});
    recordBook(session, office_.clock, caller, reserved ? "number.reserved" : "number.voided",
               "book", book->id,
               {{"number", std::to_string(book->next)}, {"reason", input.reason}});
    return NumberRef{book->id, book->next};
  });
}

base::Result<void> BookActs::voidReserved(const Caller& caller, const NumberRef& number,
                                          const std::string& reason) const {
  if (auto right = directory::require(caller, Capability::GiveNumber); !right) return right;
  auto why = reason;
  if (auto good = checkReason(why); !good) return good;
  const auto today = base::localDate(office_.clock.now());
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    if (auto own = lockOwn(session, caller, number.book); !own) {
      return tl::unexpected(std::move(own.error()));
    }
    const auto row = session.find(kLockAside, {number.book, number.number});
    if (!row || row->code<Aside>(0) != Aside::Reserved) return notReserved(number.number);
    session.execute(kVoidReserved, {why, today, caller.post, number.book, number.number});
    recordBook(session, office_.clock, caller, "number.voided", "book", number.book,
               {{"number", std::to_string(number.number)}, {"reason", why}});
    return {};
  });
}

base::Result<void> BookActs::voidNumberOf(const Caller& caller, const Target& target,
                                          const std::string& reason) const {
  auto why = reason;
  if (auto good = checkReason(why); !good) return good;
  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    auto document =
        lockForAct(session, caller, target, {State::Registered, State::Numbered, State::Sealed},
                   {{StepKind::Submit, Outcome::Dropped},
                    {StepKind::Seal, Outcome::Dropped},
                    {StepKind::Issue, Outcome::Dropped}});
    if (!document) return tl::unexpected(std::move(document.error()));
    const bool incoming = document->direction == Direction::Incoming;
    if (auto right = directory::require(caller, capabilityOf(document->direction)); !right) {
      return right;
    }
    const auto had = session.get(kBookOf, {document->id});
    auto fields = document->fields;
    const auto symbol = incoming ? std::string() : symbolOf(fields.codeNumber, fields.codeNotation);
    session.execute(kVoidGiven, {had.integer(0), had.integer(1), why, base::localDate(now),
                                 caller.post, document->id, symbol});
    const auto waits = incoming                             ? StepKind::Submit
                       : document->state == State::Numbered ? StepKind::Seal
                                                            : StepKind::Issue;
    if (const auto step = openStepOf(session, document->id, waits)) {
      closeStep(session, step->id, caller.post, Outcome::Dropped, why, now);
    }
    if (incoming) {
      session.execute(kTakeArrivalNumber, {document->id});
    } else {
      session.execute(kTakeNumber, {document->id});
      fields.codeNumber.clear();
      fields.codeNotation = fields.codeNotation.substr(fields.codeNotation.rfind('/') + 1);
      fields.issuedDate.reset();
      updateFields(session, document->id, fields, now);
    }
    setState(session, document->id, incoming ? State::Arrived : State::Signed, now);
    openStepForRole(session, *document, incoming ? StepKind::Register : StepKind::Number,
                    Role::Clerk, caller.post, why, now);
    record(session, office_.clock, caller, "document.number_voided", document->id, {},
           {{"number", std::to_string(had.integer(1))}, {"reason", why}});
    return {};
  });
}

base::Result<void> BookActs::close(const Caller& caller, std::int64_t book,
                                   const std::string& reason) const {
  if (auto right = directory::require(caller, Capability::ManageBooks); !right) return right;
  auto why = reason;
  if (auto good = checkReason(why); !good) return good;
  const auto now = office_.clock.now();
  return office_.database.transact([&](Session& session) -> base::Result<void> {
    auto row = lockOwn(session, caller, book);
    if (!row) return tl::unexpected(std::move(row.error()));
    if (const auto closed = row->maybeInstant(1)) {
      return base::refuse(RefusalKind::Conflict, "book.closed_already", {},
                          {{"day", base::viDate(base::localDate(*closed))}});
    }
    session.execute(kClose, {now, why, caller.post, book});  // R-106
    recordBook(session, office_.clock, caller, "book.closed", "book", book, {{"reason", why}});
    return {};
  });
}

base::Result<TakenNumber> useReserved(Session& session, const Caller& caller, const Series& series,
                                      int number, base::LocalDate day, const std::string& notation,
                                      DocumentId document) {
  auto book = lockBook(session, caller.agency, Direction::Outgoing, series, day);
  if (!book) return tl::unexpected(std::move(book.error()));
  const auto row = session.find(kLockAside, {book->id, number});
  if (!row || row->code<Aside>(0) != Aside::Reserved) {
    return tl::unexpected(std::move(notReserved(number).error()));
  }
  if (symbolGiven(session, caller.agency, number, notation, day)) {
    return base::refuse(RefusalKind::Conflict, "number.symbol_given", "number",
                        {{"symbol", symbolOf(printedNumber(number), notation)}});
  }
  session.execute(kUse, {document, day, caller.post, book->id, number});
  return TakenNumber{book->id, number, day};
}

}  // namespace eoffice::documents
