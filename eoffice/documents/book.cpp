#include "eoffice/documents/book.h"

namespace eoffice::documents {
namespace {

constexpr const char* kOpenBook = R"(/* documents.openBook */
INSERT IGNORE INTO document_book (agency_id, direction, year) VALUES (?, ?, ?))";

constexpr const char* kLockBook = R"(/* documents.lockBook */
SELECT id, next_number FROM document_book
WHERE agency_id = ? AND direction = ? AND kind = 'common' AND year = ? FOR UPDATE)";

constexpr const char* kAdvanceBook = R"(/* documents.advanceBook */
UPDATE document_book SET next_number = next_number + 1 WHERE id = ?)";

constexpr const char* kPeekBook = R"(/* documents.peekBook */
SELECT next_number FROM document_book
WHERE agency_id = ? AND direction = ? AND kind = 'common' AND year = ?)";

}  // namespace

TakenNumber takeNumber(base::db::Session& session, AgencyId agency, Direction direction,
                       base::LocalDate day) {
  const int year = static_cast<int>(day.year());  // R-3: a new book each local calendar year.
  auto book = session.find(kLockBook, {agency, direction, year});
  if (!book) {
    session.execute(kOpenBook, {agency, direction, year});
    book = session.get(kLockBook, {agency, direction, year});
  }
  // R-1, R-2: the row stays locked until the number is stored with its document.
  session.execute(kAdvanceBook, {book->integer(0)});
  return {book->integer(0), static_cast<int>(book->integer(1)), day};
}

int nextNumber(base::db::Session& session, AgencyId agency, Direction direction,
               base::LocalDate day) {
  const auto row = session.find(kPeekBook, {agency, direction, static_cast<int>(day.year())});
  return row ? static_cast<int>(row->integer(0)) : 1;
}

}  // namespace eoffice::documents
