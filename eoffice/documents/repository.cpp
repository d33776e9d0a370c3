#include "eoffice/documents/repository.h"

#include "base/text.h"
#include "eoffice/intake/blob_text.h"

namespace eoffice::documents {
namespace {

using base::Instant;
using base::db::Row;
using base::db::Session;

constexpr const char* kFindByRequestKey = R"(/* documents.findByRequestKey */
SELECT id FROM document WHERE agency_id = ? AND request_key = ?)";

constexpr const char* kInsertDocument = R"(/* documents.insert */
INSERT INTO document (agency_id, direction, state, type_code, type_name, code_number, code_notation,
  issued_date, issuer_name, subject, page_amount, description, urgency, signer_name, signer_position,
  due_date, search_text, request_key, created_at, created_by_post, updated_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))";

constexpr const char* kInsertIncoming = R"(/* documents.insertIncoming */
INSERT INTO incoming_document (document_id, source, received_at, to_places, sender_code, inbox_id)
VALUES (?, ?, ?, ?, ?, ?))";

constexpr const char* kInsertOutgoing = R"(/* documents.insertOutgoing */
INSERT INTO outgoing_document (document_id, drafter_post, reviewer_post, signer_post,
  signer_competence, answers_document_id)
VALUES (?, ?, ?, ?, ?, ?))";

constexpr const char* kFindDocument = R"(/* documents.find */
SELECT d.id, d.agency_id, d.direction, d.state, d.version, d.type_code, d.type_name, d.code_number,
  d.code_notation, d.issued_date, d.issuer_name, d.subject, d.page_amount, d.description, d.urgency,
  d.signer_name, d.signer_position, d.due_date, d.created_at,
  i.source, i.received_at, i.arrival_number, i.arrival_date, i.to_places, i.sender_code, i.inbox_id,
  o.drafter_post, o.reviewer_post, o.signer_post, o.signer_competence, o.answers_document_id,
  o.number, o.signed_at, o.numbered_at, o.sealed_at, o.issued_at
FROM document d
LEFT JOIN incoming_document i ON i.document_id = d.id
LEFT JOIN outgoing_document o ON o.document_id = d.id
WHERE d.id = ?)";

// The same row, locked: what an act decides on is what is stored, not what a snapshot shows.
const std::string kLockDocument = std::string(kFindDocument) + " FOR UPDATE";

constexpr const char* kUpdateFields = R"(/* documents.updateFields */
UPDATE document SET type_code = ?, type_name = ?, code_number = ?, code_notation = ?,
  issued_date = ?, issuer_name = ?, subject = ?, page_amount = ?, description = ?, urgency = ?,
  signer_name = ?, signer_position = ?, due_date = ?, search_text = ?, updated_at = ?
WHERE id = ?)";

constexpr const char* kUpdateToPlaces = R"(/* documents.updateToPlaces */
UPDATE incoming_document SET to_places = ? WHERE document_id = ?)";

constexpr const char* kSetState = R"(/* documents.setState */
UPDATE document SET state = ?, version = version + 1, updated_at = ? WHERE id = ?)";

constexpr const char* kSetReviewer = R"(/* documents.setReviewer */
UPDATE outgoing_document SET reviewer_post = ? WHERE document_id = ?)";

constexpr const char* kSetSigner = R"(/* documents.setSigner */
UPDATE outgoing_document SET signer_post = ?, signer_competence = ? WHERE document_id = ?)";

constexpr const char* kSetSigned = R"(/* documents.setSigned */
UPDATE outgoing_document SET signed_at = ? WHERE document_id = ?)";

constexpr const char* kSetNumbered = R"(/* documents.setNumbered */
UPDATE outgoing_document SET book_id = ?, number = ?, numbered_at = ? WHERE document_id = ?)";

constexpr const char* kSetSealed = R"(/* documents.setSealed */
UPDATE outgoing_document SET sealed_at = ? WHERE document_id = ?)";

constexpr const char* kSetIssued = R"(/* documents.setIssued */
UPDATE outgoing_document SET issued_at = ?, issued_by_post = ? WHERE document_id = ?)";

constexpr const char* kSetArrivalNumber = R"(/* documents.setArrivalNumber */
UPDATE incoming_document SET book_id = ?, arrival_number = ?, arrival_date = ?
WHERE document_id = ?)";

constexpr const char* kAddPart = R"(/* documents.addPart */
INSERT IGNORE INTO document_part (document_id, post_id, part, agency_id) VALUES (?, ?, ?, ?))";

constexpr const char* kAddFile = R"(/* documents.addFile */
INSERT INTO document_file (document_id, kind, version, name, media_type, sha256, size, pages,
  signature_report, signing_places, created_at, created_by_post)
SELECT ?, ?, COALESCE(MAX(version), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?
FROM document_file WHERE document_id = ? AND kind = ?)";

constexpr const char* kNewestFile = R"(/* documents.newestFile */
SELECT id, kind, version, name, media_type, sha256, size, pages, signature_report, created_at,
  signing_places
FROM document_file WHERE document_id = ? AND kind = ? ORDER BY version DESC LIMIT 1)";

constexpr const char* kOpenStep = R"(/* documents.openStep */
INSERT INTO document_step (document_id, agency_id, kind, assigned_post, delegate_post, assigned_role,
  opened_at, opened_by_post, note)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?))";

constexpr const char* kOpenStepOf = R"(/* documents.openStepOf */
SELECT id, kind, assigned_post, delegate_post, assigned_role FROM document_step
WHERE document_id = ? AND kind = ? AND done_at IS NULL ORDER BY id LIMIT 1)";

constexpr const char* kCloseStep = R"(/* documents.closeStep */
UPDATE document_step SET done_at = ?, done_by_post = ?, outcome = ?, remark = ?
WHERE id = ? AND done_at IS NULL)";

std::string searchText(const Fields& fields) {
  return base::firstCharacters(
      base::fold(symbolOf(fields.codeNumber, fields.codeNotation) + " " + fields.subject + " " +
                 fields.issuerName + " " + fields.signerName + " " + fields.typeName),
      4000);
}

Fields readFields(const Row& row) {
  return {.typeCode = row.text(5),
          .typeName = row.text(6),
          .codeNumber = row.text(7),
          .codeNotation = row.text(8),
          .issuedDate = row.maybeDate(9),
          .issuerName = row.text(10),
          .subject = row.text(11),
          .signerName = row.text(15),
          .signerPosition = row.text(16),
          .urgency = row.code<Urgency>(14),
          .pageAmount = static_cast<int>(row.integer(12)),
          .dueDate = row.maybeDate(17),
          .description = row.text(13),
          .toPlaces = row.textOr(23)};
}

base::db::Param orNull(const std::string& text) {
  return text.empty() ? base::db::Param(nullptr) : base::db::Param(text);
}

std::optional<int> maybeInt(const Row& row, std::size_t column) {
  const auto value = row.maybeInteger(column);
  return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

Document readDocument(const Row& row) {
  Document document{.id = row.id<DocumentId>(0),
                    .agency = row.id<AgencyId>(1),
                    .direction = row.code<Direction>(2),
                    .state = row.code<State>(3),
                    .version = static_cast<int>(row.integer(4)),
                    .fields = readFields(row),
                    .createdAt = row.instant(18),
                    .incoming = std::nullopt,
                    .outgoing = std::nullopt};
  if (!row.isNull(19)) {
    document.incoming = IncomingData{.source = row.code<Source>(19),
                                     .receivedAt = row.instant(20),
                                     .arrivalNumber = maybeInt(row, 21),
                                     .arrivalDate = row.maybeDate(22),
                                     .senderCode = row.text(24),
                                     .inboxId = row.maybeInteger(25).value_or(0)};
  }
  if (!row.isNull(26)) {
    document.outgoing = OutgoingData{.drafter = row.id<PostId>(26),
                                     .reviewer = row.id<PostId>(27),
                                     .signer = row.id<PostId>(28),
                                     .signerCompetence = row.text(29),
                                     .answers = row.id<DocumentId>(30),
                                     .number = maybeInt(row, 31),
                                     .signedAt = row.maybeInstant(32),
                                     .numberedAt = row.maybeInstant(33),
                                     .sealedAt = row.maybeInstant(34),
                                     .issuedAt = row.maybeInstant(35)};
  }
  return document;
}

}  // namespace

std::optional<DocumentId> findByRequestKey(Session& session, AgencyId agency,
                                           const std::string& key) {
  if (key.empty()) return std::nullopt;
  const auto row = session.find(kFindByRequestKey, {agency, key});
  return row ? std::optional(row->id<DocumentId>(0)) : std::nullopt;
}

DocumentId insertDocument(Session& session, AgencyId agency, Direction direction, State state,
                          const Fields& f, const std::string& requestKey, PostId createdBy,
                          Instant now) {
  return DocumentId(session.insert(kInsertDocument, {agency,
                                                     direction,
                                                     state,
                                                     f.typeCode,
                                                     f.typeName,
                                                     f.codeNumber,
                                                     f.codeNotation,
                                                     f.issuedDate,
                                                     f.issuerName,
                                                     f.subject,
                                                     f.pageAmount,
                                                     f.description,
                                                     f.urgency,
                                                     f.signerName,
                                                     f.signerPosition,
                                                     f.dueDate,
                                                     searchText(f),
                                                     orNull(requestKey),
                                                     now,
                                                     createdBy,
                                                     now}));
}

void insertIncoming(Session& session, DocumentId document, const IncomingData& data,
                    const std::string& toPlaces) {
  session.execute(kInsertIncoming,
                  {document, data.source, data.receivedAt, toPlaces, data.senderCode,
                   data.inboxId > 0 ? base::db::Param(data.inboxId) : base::db::Param(nullptr)});
}

void insertOutgoing(Session& session, DocumentId document, const OutgoingData& data) {
  session.execute(kInsertOutgoing, {document, data.drafter, data.reviewer, data.signer,
                                    data.signerCompetence, data.answers});
}

std::optional<Document> findDocument(Session& session, DocumentId id) {
  const auto row = session.find(kFindDocument, {id});
  return row ? std::optional(readDocument(*row)) : std::nullopt;
}

std::optional<Document> lockDocument(Session& session, DocumentId id) {
  const auto row = session.find(kLockDocument, {id});
  return row ? std::optional(readDocument(*row)) : std::nullopt;
}

void updateFields(Session& session, DocumentId id, const Fields& f, Instant now) {
  session.execute(kUpdateFields,
                  {f.typeCode, f.typeName, f.codeNumber, f.codeNotation, f.issuedDate, f.issuerName,
                   f.subject, f.pageAmount, f.description, f.urgency, f.signerName,
                   f.signerPosition, f.dueDate, searchText(f), now, id});
  session.execute(kUpdateToPlaces, {f.toPlaces, id});
}

void setState(Session& session, DocumentId id, State state, Instant now) {
  session.execute(kSetState, {state, now, id});
}

void setReviewer(Session& session, DocumentId id, PostId reviewer) {
  session.execute(kSetReviewer, {reviewer, id});
}

void setSigner(Session& session, DocumentId id, PostId signer, const std::string& competence) {
  session.execute(kSetSigner, {signer, competence, id});
}

void setSigned(Session& session, DocumentId id, Instant now) {
  session.execute(kSetSigned, {now, id});
}

void setNumbered(Session& session, DocumentId id, std::int64_t book, int number, Instant now) {
  session.execute(kSetNumbered, {book, number, now, id});
}

void setSealed(Session& session, DocumentId id, Instant now) {
  session.execute(kSetSealed, {now, id});
}

void setIssued(Session& session, DocumentId id, PostId by, Instant now) {
  session.execute(kSetIssued, {now, by, id});
}

void setArrivalNumber(Session& session, DocumentId id, std::int64_t book, int number,
                      base::LocalDate date) {
  session.execute(kSetArrivalNumber, {book, number, date, id});
}

void addPart(Session& session, DocumentId id, AgencyId agency, PostId post, Part part) {
  session.execute(kAddPart, {id, post, part, agency});
}

std::int64_t addFile(Session& session, DocumentId id, const NewFile& file, Instant now) {
  intake::noteBlob(session, file.blob.sha256, file.mediaType,
                   file.kind == FileKind::Main ? intake::Turn::Incoming : intake::Turn::Usual, now);
  return session.insert(kAddFile, {id, file.kind, file.name, file.mediaType, file.blob.sha256,
                                   file.blob.size, file.pages, orNull(file.signatureReport),
                                   orNull(file.signingPlaces), now, file.createdBy, id, file.kind});
}

File readFile(const Row& row) {
  return {.id = row.integer(0),
          .kind = row.code<FileKind>(1),
          .version = static_cast<int>(row.integer(2)),
          .name = row.text(3),
          .mediaType = row.text(4),
          .blob = {row.text(5), static_cast<std::uint64_t>(row.integer(6))},
          .pages = static_cast<int>(row.integer(7)),
          .signatureReport = row.textOr(8),
          .signingPlaces = row.textOr(10),
          .createdAt = row.instant(9)};
}

std::optional<File> newestFile(Session& session, DocumentId id, FileKind kind) {
  const auto row = session.find(kNewestFile, {id, kind});
  return row ? std::optional(readFile(*row)) : std::nullopt;
}

std::int64_t openStep(Session& session, DocumentId id, AgencyId agency, const NewStep& step,
                      Instant now) {
  return session.insert(kOpenStep, {id, agency, step.kind, step.post, step.delegate, step.role, now,
                                    step.openedBy, step.note});
}

std::optional<Step> openStepOf(Session& session, DocumentId id, StepKind kind) {
  const auto row = session.find(kOpenStepOf, {id, kind});
  if (!row) return std::nullopt;
  return Step{row->integer(0), row->code<StepKind>(1), row->id<PostId>(2), row->id<PostId>(3),
              maybeInt(*row, 4)};
}

void closeStep(Session& session, std::int64_t step, PostId doneBy, Outcome outcome,
               const std::string& remark, Instant now) {
  session.execute(kCloseStep, {now, doneBy, outcome, remark, step});
}

}  // namespace eoffice::documents
