#include "eoffice/documents/book.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Row;
using base::db::Session;

constexpr const char* kAgencyEnded = R"(/* documents.agencyEnded */
SELECT a.name, a.valid_to, s.name FROM agency a LEFT JOIN agency s ON s.id = a.successor_id
WHERE a.id = ? AND a.valid_to < ?)";

constexpr const char* kOpenBook = R"(/* documents.openBook */
INSERT IGNORE INTO document_book (agency_id, direction, kind, year, name, nature)
VALUES (?, ?, ?, ?, ?, ?))";

constexpr const char* kLockBook = R"(/* documents.lockBook */
SELECT id, next_number, closed_at, close_reason FROM document_book
WHERE agency_id = ? AND direction = ? AND kind = ? AND year = ? FOR UPDATE)";

constexpr const char* kAdvanceBook = R"(/* documents.advanceBook */
UPDATE document_book SET next_number = ? WHERE id = ?)";

constexpr const char* kPeekBook = R"(/* documents.peekBook */
SELECT next_number FROM document_book
WHERE agency_id = ? AND direction = ? AND kind = ? AND year = ?)";

constexpr const char* kSymbolGiven = R"(/* documents.symbolGiven */
SELECT d.id FROM document d JOIN outgoing_document o ON o.document_id = d.id
WHERE d.agency_id = ? AND d.direction = 2 AND d.code_number = ? AND d.code_notation = ?
  AND d.issued_date BETWEEN ? AND ? AND o.number IS NOT NULL LIMIT 1)";

constexpr const char* kPassOver = R"(/* documents.passOver */
INSERT INTO book_number (book_id, number, state, reason, day, document_id)
VALUES (?, ?, 4, ?, ?, ?))";

constexpr const char* kClaimSymbol = R"(/* documents.claimSymbol */
UPDATE outgoing_document SET symbol_key = ? WHERE document_id = ?)";

constexpr const char* kChosenLast = R"(/* documents.bookChosenLast */
SELECT code FROM book_choice WHERE post_id = ?)";

constexpr const char* kRemember = R"(/* documents.rememberBook */
INSERT INTO book_choice (post_id, code) VALUES (?, ?) ON DUPLICATE KEY UPDATE code = VALUES(code))";

// texts: data begin
constexpr const char* kPassedOver = "Số này đã cấp cho văn bản khác cùng ký hiệu trong năm";
// texts: data end

base::LocalDate firstOf(int year) { return base::LocalDate(std::chrono::year(year) / 1 / 1); }
base::LocalDate lastOf(int year) { return base::LocalDate(std::chrono::year(year) / 12 / 31); }
int yearOf(base::LocalDate day) { return static_cast<int>(day.year()); }

base::Result<void> refuseEnded(Session& session, AgencyId agency, base::LocalDate day) {
  const auto row = session.find(kAgencyEnded, {agency, day});
  if (!row) return {};
  return base::refuse(RefusalKind::Conflict, "book.agency_ended", {},
                      {{"agency", row->text(0)},
                       {"day", base::viDate(row->date(1))},
                       {"successor", row->textOr(2, "…")}});
}

std::optional<DocumentId> givenTo(Session& session, AgencyId agency, int number,
                                  const std::string& notation, base::LocalDate day) {
  const auto year = yearOf(day);
  const auto row = session.find(
      kSymbolGiven, {agency, printedNumber(number), notation, firstOf(year), lastOf(year)});
  return row ? std::optional(row->id<DocumentId>(0)) : std::nullopt;
}

}  // namespace

std::string printedNumber(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);  // R-6
}

std::string notationOf(const Series& series, const std::string& notation, base::LocalDate day) {
  if (series.nature != Nature::Legal) return notation;
  // R-102: what was numbered and voided has a year already.
  return std::to_string(yearOf(day)) + "/" + notation.substr(notation.rfind('/') + 1);
}

base::Result<LockedBook> lockBook(Session& session, AgencyId agency, Direction direction,
                                  const Series& series, base::LocalDate day) {
  if (auto open = refuseEnded(session, agency, day); !open) {
    return tl::unexpected(std::move(open.error()));
  }
  const int year = yearOf(day);  // R-3: a new book each local calendar year.
  const base::db::Params key{agency, direction, series.code, year};
  auto book = session.find(kLockBook, key);
  if (!book) {
    session.execute(kOpenBook, {agency, direction, series.code, year, series.name, series.nature});
    book = session.get(kLockBook, key);
  }
  if (const auto closed = book->maybeInstant(2)) {
    return base::refuse(RefusalKind::Conflict, "book.closed", {},
                        {{"book", series.name},
                         {"year", std::to_string(year)},
                         {"day", base::viDate(base::localDate(*closed))},
                         {"reason", book->text(3)}});
  }
  return LockedBook{book->integer(0), static_cast<int>(book->integer(1))};
}

void advanceBook(Session& session, const LockedBook& book, int next) {
  session.execute(kAdvanceBook, {next, book.id});
}

base::Result<TakenNumber> takeNumber(Session& session, AgencyId agency, Direction direction,
                                     const Series& series, base::LocalDate day,
                                     const std::string& notation) {
  // R-1, R-2: the row stays locked until the number is stored with its document.
  auto book = lockBook(session, agency, direction, series, day);
  if (!book) return tl::unexpected(std::move(book.error()));
  int number = book->next;
  if (!notation.empty()) {
    // R-101. A step for each number that another series gave to the same notation: hardly ever one.
    while (const auto other = givenTo(session, agency, number, notation, day)) {
      session.execute(kPassOver, {book->id, number, kPassedOver, day, *other});
      ++number;
    }
  }
  advanceBook(session, *book, number + 1);
  return TakenNumber{book->id, number, day};
}

int nextNumber(Session& session, AgencyId agency, Direction direction, std::string_view code,
               base::LocalDate day) {
  const auto row = session.find(kPeekBook, {agency, direction, code, yearOf(day)});
  return row ? static_cast<int>(row->integer(0)) : 1;
}

const Series& offeredBook(Session& session, const Scheme& scheme, PostId post,
                          std::string_view typeName) {
  const auto& byType = seriesFor(scheme, typeName);
  if (byType.code != kCommonSeries || scheme.series.size() == 1) return byType;
  const auto row = session.find(kChosenLast, {post});
  const auto* last = row ? scheme.find(row->text(0)) : nullptr;
  return last != nullptr ? *last : byType;
}

void rememberBook(Session& session, PostId post, const std::string& code) {
  session.execute(kRemember, {post, code});
}

bool symbolGiven(Session& session, AgencyId agency, int number, const std::string& notation,
                 base::LocalDate day) {
  return givenTo(session, agency, number, notation, day).has_value();
}

void claimSymbol(Session& session, DocumentId document, AgencyId agency, base::LocalDate day,
                 const std::string& number, const std::string& notation) {
  session.execute(kClaimSymbol, {std::to_string(agency.value()) + "/" +
                                     std::to_string(yearOf(day)) + "/" + number + "/" + notation,
                                 document});
}

}  // namespace eoffice::documents
