#include "eoffice/documents/register.h"

#include <algorithm>

#include "eoffice/directory/permissions.h"

namespace eoffice::documents {
namespace {

using base::db::Row;
using base::db::Session;

// The columns that all three forms have, in the order of readLine().
constexpr std::string_view kIncomingColumns = R"(
SELECT d.id, i.arrival_number, i.arrival_date, d.issuer_name, d.code_number, d.code_notation,
  d.issued_date, d.type_name, d.subject, d.signer_name,
  COALESCE((SELECT GROUP_CONCAT(DISTINCT p.name ORDER BY dp.part SEPARATOR '; ')
    FROM document_part dp JOIN post po ON po.id = dp.post_id JOIN person p ON p.id = po.person_id
    WHERE dp.document_id = d.id AND dp.part IN (3, 4, 5)), ''),
  (SELECT DATE(CONVERT_TZ(MIN(s.done_at), '+00:00', '+07:00')) FROM document_step s
    WHERE s.document_id = d.id AND s.kind = 2 AND s.outcome = 1), 0, '', d.state)";

const std::string kIncoming = "/* documents.registerIncoming */" + std::string(kIncomingColumns) +
                              R"(, NULL, NULL, ''
FROM incoming_document i JOIN document d ON d.id = i.document_id
WHERE i.book_id = ? AND i.arrival_number >= ? AND i.arrival_date BETWEEN ? AND ?
ORDER BY i.arrival_number)";

const std::string kHandling = "/* documents.registerHandling */" + std::string(kIncomingColumns) +
                              R"(,
  COALESCE((SELECT n.due_date FROM instruction n WHERE n.document_id = d.id
    ORDER BY n.id DESC LIMIT 1), d.due_date),
  (SELECT DATE(CONVERT_TZ(MAX(s.done_at), '+00:00', '+07:00')) FROM document_step s
    WHERE s.document_id = d.id AND s.kind = 4 AND s.outcome = 1),
  COALESCE((SELECT GROUP_CONCAT(CONCAT(a.code_number, '/', a.code_notation) ORDER BY a.id
      SEPARATOR '; ')
    FROM outgoing_document o JOIN document a ON a.id = o.document_id
    WHERE o.answers_document_id = d.id AND o.number IS NOT NULL), '')
FROM incoming_document i JOIN document d ON d.id = i.document_id
WHERE i.book_id = ? AND i.arrival_number >= ? AND i.arrival_date BETWEEN ? AND ?
  AND EXISTS (SELECT 1 FROM instruction n WHERE n.document_id = d.id)
ORDER BY i.arrival_number)";

constexpr const char* kOutgoing = R"(/* documents.registerOutgoing */
SELECT d.id, o.number, d.issued_date, d.issuer_name, d.code_number, d.code_notation, d.issued_date,
  d.type_name, d.subject, d.signer_name,
  COALESCE((SELECT GROUP_CONCAT(r.agency_name ORDER BY r.position SEPARATOR '; ')
    FROM outgoing_receiver r WHERE r.document_id = d.id), ''),
  DATE(CONVERT_TZ(o.issued_at, '+00:00', '+07:00')),
  (SELECT COUNT(*) FROM outgoing_receiver r WHERE r.document_id = d.id),
  COALESCE((SELECT u.name FROM post p JOIN unit u ON u.id = p.unit_id WHERE p.id = o.drafter_post),
    ''), d.state, NULL, NULL, ''
FROM outgoing_document o JOIN document d ON d.id = o.document_id
WHERE o.book_id = ? AND o.number >= ? AND d.issued_date BETWEEN ? AND ?
ORDER BY o.number)";

constexpr const char* kAside = R"(/* documents.registerAside */
SELECT number, day, state, reason, for_whom, symbol FROM book_number
WHERE book_id = ? AND number >= ? AND day BETWEEN ? AND ? AND state IN (1, 3, 4) ORDER BY number)";

constexpr const char* kRangeIncoming = R"(/* documents.registerRangeIncoming */
SELECT COALESCE(MIN(i.arrival_number), 0), COALESCE(MAX(i.arrival_number), 0), COUNT(*)
FROM incoming_document i WHERE i.book_id = ? AND i.arrival_date BETWEEN ? AND ?)";

const std::string kRangeHandling =
    "/* documents.registerRangeHandling */" +
    std::string(kRangeIncoming)
        .substr(std::string_view("/* documents.registerRangeIncoming */").size()) +
    " AND EXISTS (SELECT 1 FROM instruction n WHERE n.document_id = i.document_id)";

constexpr const char* kRangeOutgoing = R"(/* documents.registerRangeOutgoing */
SELECT COALESCE(MIN(o.number), 0), COALESCE(MAX(o.number), 0), COUNT(*)
FROM outgoing_document o JOIN document d ON d.id = o.document_id
WHERE o.book_id = ? AND d.issued_date BETWEEN ? AND ?)";

constexpr const char* kRangeAside = R"(/* documents.registerRangeAside */
SELECT COALESCE(MIN(number), 0), COALESCE(MAX(number), 0) FROM book_number
WHERE book_id = ? AND day BETWEEN ? AND ? AND state IN (1, 3, 4))";

struct Days {
  base::LocalDate first;
  base::LocalDate last;
};

Days daysOf(int year, unsigned month) {
  const auto from = std::chrono::year(year) / std::chrono::month(month == 0 ? 1 : month);
  const auto to = std::chrono::year(year) / std::chrono::month(month == 0 ? 12 : month);
  return {from / 1, base::LocalDate(to / std::chrono::last)};
}

std::string_view linesOf(RegisterForm form) {
  switch (form) {
    case RegisterForm::Incoming:
      return kIncoming;
    case RegisterForm::Outgoing:
      return kOutgoing;
    case RegisterForm::Handling:
      return kHandling;
  }
  return kIncoming;
}

std::string_view rangeOf(RegisterForm form) {
  switch (form) {
    case RegisterForm::Incoming:
      return kRangeIncoming;
    case RegisterForm::Outgoing:
      return kRangeOutgoing;
    case RegisterForm::Handling:
      return kRangeHandling;
  }
  return kRangeIncoming;
}

RegisterLine readLine(const Row& row) {
  return {.document = row.id<DocumentId>(0),
          .number = static_cast<int>(row.integer(1)),
          .day = row.maybeDate(2).value_or(base::LocalDate{}),
          .issuerName = row.text(3),
          .symbol = symbolOf(row.text(4), row.text(5)),
          .issuedDate = row.maybeDate(6),
          .typeName = row.text(7),
          .subject = row.text(8),
          .signerName = row.text(9),
          .receivers = row.text(10),
          .handedOn = row.maybeDate(11),
          .copies = static_cast<int>(row.integer(12)),
          .keeper = row.text(13),
          .state = row.code<State>(14),
          .due = row.maybeDate(15),
          .finishedOn = row.maybeDate(16),
          .answers = row.text(17)};
}

RegisterLine readAside(const Row& row) {
  return {.number = static_cast<int>(row.integer(0)),
          .day = row.date(1),
          .symbol = row.text(5),
          .receivers = row.text(4),
          .aside = row.code<Aside>(2),
          .reason = row.text(3)};
}

// The common book of the agency, else its first; a predecessor's only by its name.
std::optional<Book> usualBook(const std::vector<Book>& books, AgencyId agency) {
  std::optional<Book> first;
  for (const auto& book : books) {
    if (book.agency != agency) continue;
    if (book.code == kCommonSeries) return book;
    if (!first) first = book;
  }
  return first;
}

void addRange(Session& session, const RegisterQuery& query, RegisterHead& head) {
  const auto [first, last] = daysOf(head.book->year, query.month);
  const auto given = session.get(rangeOf(query.form), {head.book->id, first, last});
  head.firstNumber = static_cast<int>(given.integer(0));
  head.lastNumber = static_cast<int>(given.integer(1));
  head.lines = given.integer(2);
  if (query.form == RegisterForm::Handling) return;
  const auto aside = session.get(kRangeAside, {head.book->id, first, last});
  const auto least = static_cast<int>(aside.integer(0));
  if (least == 0) return;
  head.firstNumber = head.firstNumber == 0 ? least : std::min(head.firstNumber, least);
  head.lastNumber = std::max(head.lastNumber, static_cast<int>(aside.integer(1)));
}

}  // namespace

std::string_view nameOf(RegisterForm form) {
  switch (form) {
    case RegisterForm::Incoming:
      return "incoming";
    case RegisterForm::Outgoing:
      return "outgoing";
    case RegisterForm::Handling:
      return "handling";
  }
  return "incoming";
}

std::optional<RegisterForm> registerForm(std::string_view name) {
  for (const auto form : {RegisterForm::Incoming, RegisterForm::Outgoing, RegisterForm::Handling}) {
    if (nameOf(form) == name) return form;
  }
  return std::nullopt;
}

base::Result<RegisterHead> registerHead(Session& session, const Caller& caller,
                                        const RegisterQuery& query) {
  if (auto right = directory::require(caller, directory::Capability::ReadAgency); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  const auto direction =
      query.form == RegisterForm::Outgoing ? Direction::Outgoing : Direction::Incoming;
  RegisterHead head;
  int year = query.year;
  if (query.book > 0) {
    head.book = findBook(session, caller.agency, query.book);
    if (!head.book || head.book->direction != direction) {
      return base::refuse(base::RefusalKind::NotFound, "book.unknown", "book");
    }
    if (query.year > 0 && query.year != head.book->year) {
      const auto books = booksOf(session, caller.agency, direction, query.year);
      const auto same = std::find_if(books.begin(), books.end(), [&](const Book& one) {
        return one.agency == head.book->agency && one.code == head.book->code;
      });
      head.book = same == books.end() ? std::nullopt : std::optional(*same);
    } else {
      year = head.book->year;
    }
  }
  head.books = booksOf(session, caller.agency, direction, year);
  if (!head.book) head.book = usualBook(head.books, caller.agency);
  if (head.book) addRange(session, query, head);
  return head;
}

void streamRegister(Session& session, const Book& book, const RegisterQuery& query,
                    const std::function<bool(const RegisterLine&)>& visit) {
  const auto [first, last] = daysOf(book.year, query.month);
  const base::db::Params params{book.id, query.first, first, last};
  // The gaps are few; they are laid between the documents as these come.
  base::db::Rows gaps;
  if (query.form != RegisterForm::Handling) gaps = session.query(kAside, params);
  auto gap = gaps.begin();
  bool going = true;
  session.stream(linesOf(query.form), params, [&](const Row& row) {
    const auto line = readLine(row);
    for (; going && gap != gaps.end() && gap->integer(0) < line.number; ++gap) {
      going = visit(readAside(*gap));
    }
    if (going) going = visit(line);
    return going;
  });
  for (; going && gap != gaps.end(); ++gap) going = visit(readAside(*gap));
}

}  // namespace eoffice::documents
