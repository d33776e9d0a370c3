#include "eoffice/documents/book_list.h"

#include "base/db/in_list.h"

namespace eoffice::documents {
namespace {

using base::db::Row;
using base::db::Session;

const std::string kBooks = R"(
SELECT b.id, b.agency_id, a.name, b.direction, b.kind, b.name, b.nature, b.year, b.next_number,
  b.closed_at, b.close_reason, a.valid_to
FROM document_book b JOIN agency a ON a.id = b.agency_id
WHERE (b.agency_id = ?
  OR b.agency_id IN (SELECT predecessor_id FROM agency_predecessor WHERE agency_id = ?)))";
const std::string kBooksOfYear = "/* documents.booksOf */" + kBooks +
                                 " AND b.direction = ? AND b.year = ?"
                                 " ORDER BY b.agency_id <> ?, b.agency_id, b.id";
const std::string kFindBook = "/* documents.findBook */" + kBooks + " AND b.id = ?";

constexpr std::string_view kAside = R"(
SELECT n.book_id, n.number, n.state, n.reason, n.for_whom, n.use_by, n.day, n.document_id, n.symbol,
  p.name
FROM book_number n LEFT JOIN post o ON o.id = n.by_post LEFT JOIN person p ON p.id = o.person_id
WHERE n.book_id IN )";

Book readBook(const Row& row) {
  const auto last = row.date(11);
  const bool endless = last.year() == std::chrono::year(9999);
  return {.id = row.integer(0),
          .agency = row.id<AgencyId>(1),
          .agencyName = row.text(2),
          .direction = row.code<Direction>(3),
          .code = row.text(4),
          .name = row.text(5).empty() ? commonName(row.code<Direction>(3)) : row.text(5),
          .nature = row.code<Nature>(6),
          .year = static_cast<int>(row.integer(7)),
          .next = static_cast<int>(row.integer(8)),
          .closedAt = row.maybeInstant(9),
          .closeReason = row.text(10),
          .agencyEnded = endless ? std::nullopt : std::optional(last)};
}

BookNumber readNumber(const Row& row) {
  return {.book = row.integer(0),
          .number = static_cast<int>(row.integer(1)),
          .state = row.code<Aside>(2),
          .reason = row.text(3),
          .forWhom = row.text(4),
          .useBy = row.maybeDate(5),
          .day = row.date(6),
          .document = row.id<DocumentId>(7),
          .symbol = row.text(8),
          .by = row.textOr(9)};
}

}  // namespace

std::string_view nameOf(Aside state) {
  switch (state) {
    case Aside::Reserved:
      return "reserved";
    case Aside::Used:
      return "used";
    case Aside::Void:
      return "void";
    case Aside::PassedOver:
      return "passed_over";
  }
  return "void";
}

std::vector<Book> booksOf(Session& session, AgencyId agency, Direction direction, int year) {
  std::vector<Book> books;
  for (const auto& row : session.query(kBooksOfYear, {agency, agency, direction, year, agency})) {
    books.push_back(readBook(row));
  }
  return books;
}

std::optional<Book> findBook(Session& session, AgencyId agency, std::int64_t book) {
  const auto row = session.find(kFindBook, {agency, agency, book});
  return row ? std::optional(readBook(*row)) : std::nullopt;
}

std::vector<BookNumber> numbersAside(Session& session, const std::vector<Book>& books,
                                     Which which) {
  std::vector<base::Id<struct BookTag>> ids;
  for (const auto& book : books) ids.emplace_back(book.id);
  const base::db::InList in(ids);
  const auto sql = "/* documents.numbersAside */" + std::string(kAside) + in.text() +
                   (which == Which::ReservedOnly ? " AND n.state = 1" : "") +
                   " ORDER BY n.book_id, n.number";
  std::vector<BookNumber> numbers;
  for (const auto& row : session.query(sql, in.params())) numbers.push_back(readNumber(row));
  return numbers;
}

}  // namespace eoffice::documents
