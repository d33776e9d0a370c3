// Register books: who takes a number holds the book's row until the transaction that uses the
// number ends, so numbers run from 1 without gaps, however many clerks work at once. The
// numbers that no document has are rows of their own, each with its reason.
#pragma once

#include <cstdint>
#include <string>

#include "base/db/database.h"
#include "base/result.h"
#include "base/time.h"
#include "eoffice/documents/document.h"
#include "eoffice/documents/series.h"

namespace eoffice::documents {

struct TakenNumber {
  std::int64_t book = 0;
  int number = 0;
  base::LocalDate date;  ///< The local day whose year the book is of.
};

/// The next number of the agency's book of that series for the year of `day`; the book is opened
/// when the year's first number is taken. Call inside the transaction that stores the number.
/// Refuses `book.closed` (facts `book`, `day`, `reason`), `book.agency_ended` (facts `agency`,
/// `day`, `successor`).
///
/// With a `notation` (outgoing), a number that stands with it on another document of the agency and
/// year is passed over, and the gap is kept with its reason.
[[nodiscard]] base::Result<TakenNumber> takeNumber(base::db::Session& session, AgencyId agency,
                                                   Direction direction, const Series& series,
                                                   base::LocalDate day,
                                                   const std::string& notation = {});

/// The number that would be next; for display only.
[[nodiscard]] int nextNumber(base::db::Session& session, AgencyId agency, Direction direction,
                             std::string_view code, base::LocalDate day);

/// As printed: `05`, `123`.
[[nodiscard]] std::string printedNumber(int number);
/// What stands after the number: the notation, with the year before it in legal series.
[[nodiscard]] std::string notationOf(const Series& series, const std::string& notation,
                                     base::LocalDate day);

/// Keeps number and notation for this outgoing document alone, in agency and year. Throws
/// base::db::DuplicateKey where another series gave them at the same moment: run the act again.
void claimSymbol(base::db::Session& session, DocumentId document, AgencyId agency,
                 base::LocalDate day, const std::string& number, const std::string& notation);

/// The book that is offered for an incoming document of that type: the one that the scheme names
/// for it, else the one that the post chose last, else the common one.
[[nodiscard]] const Series& offeredBook(base::db::Session& session, const Scheme& scheme,
                                        PostId post, std::string_view typeName);
void rememberBook(base::db::Session& session, PostId post, const std::string& code);

// What the acts on books (book_acts.h) do with the same row.

struct LockedBook {
  std::int64_t id = 0;
  int next = 1;
};

/// Opens the year's book where it is not yet, and locks its row. Refuses as takeNumber().
[[nodiscard]] base::Result<LockedBook> lockBook(base::db::Session& session, AgencyId agency,
                                                Direction direction, const Series& series,
                                                base::LocalDate day);
/// `next` is the next number from now on.
void advanceBook(base::db::Session& session, const LockedBook& book, int next);
/// Whether an outgoing document of the agency and year has that number with that notation.
[[nodiscard]] bool symbolGiven(base::db::Session& session, AgencyId agency, int number,
                               const std::string& notation, base::LocalDate day);

}  // namespace eoffice::documents
