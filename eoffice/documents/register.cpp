#include "eoffice/documents/register.h"

#include "eoffice/directory/permissions.h"

namespace eoffice::documents {
namespace {

using base::db::Row;
using base::db::Session;

constexpr const char* kIncoming = R"(/* documents.registerIncoming */
SELECT d.id, i.arrival_number, i.arrival_date, d.issuer_name, d.code_number, d.code_notation,
  d.issued_date, d.type_name, d.subject, d.signer_name,
  COALESCE((SELECT GROUP_CONCAT(DISTINCT p.name ORDER BY dp.part SEPARATOR '; ')
    FROM document_part dp JOIN post po ON po.id = dp.post_id JOIN person p ON p.id = po.person_id
    WHERE dp.document_id = d.id AND dp.part IN (3, 4, 5)), ''),
  (SELECT DATE(CONVERT_TZ(MIN(s.done_at), '+00:00', '+07:00')) FROM document_step s
    WHERE s.document_id = d.id AND s.kind = 2), 0
FROM document_book b
JOIN incoming_document i ON i.book_id = b.id JOIN document d ON d.id = i.document_id
WHERE b.agency_id = ? AND b.direction = 1 AND b.year = ? AND i.arrival_number >= ?
ORDER BY i.arrival_number LIMIT ?)";

constexpr const char* kOutgoing = R"(/* documents.registerOutgoing */
SELECT d.id, o.number, d.issued_date, d.issuer_name, d.code_number, d.code_notation, d.issued_date,
  d.type_name, d.subject, d.signer_name,
  COALESCE((SELECT GROUP_CONCAT(r.agency_name ORDER BY r.position SEPARATOR '; ')
    FROM outgoing_receiver r WHERE r.document_id = d.id), ''),
  DATE(CONVERT_TZ(o.issued_at, '+00:00', '+07:00')),
  (SELECT COUNT(*) FROM outgoing_receiver r WHERE r.document_id = d.id)
FROM document_book b
JOIN outgoing_document o ON o.book_id = b.id JOIN document d ON d.id = o.document_id
WHERE b.agency_id = ? AND b.direction = 2 AND b.year = ? AND o.number >= ?
ORDER BY o.number LIMIT ?)";

constexpr const char* kTotal = R"(/* documents.registerTotal */
SELECT COALESCE(SUM(next_number - 1), 0) FROM document_book
WHERE agency_id = ? AND direction = ? AND year = ?)";

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
          .copies = static_cast<int>(row.integer(12))};
}

}  // namespace

RegisterPage registerOf(Session& session, const Caller& caller, Direction direction, int year,
                        int first, int size) {
  RegisterPage page;
  if (!directory::may(caller, directory::Capability::ReadAgency)) return page;
  const auto* sql = direction == Direction::Incoming ? kIncoming : kOutgoing;
  for (const auto& row : session.query(sql, {caller.agency, year, first, size})) {
    page.lines.push_back(readLine(row));
  }
  page.total = session.get(kTotal, {caller.agency, direction, year}).integer(0);
  return page;
}

}  // namespace eoffice::documents
