// The document aggregate in the database: rows in, rows out, no rule and no right. Each function
// takes the session of the caller's transaction. The acts (incoming.h, outgoing.h) decide; the
// pages' reads with the reader's rights in the query stand in reading.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "eoffice/documents/document.h"
#include "eoffice/ids.h"

namespace eoffice::documents {

struct IncomingData {
  Source source = Source::Upload;
  base::Instant receivedAt{};
  std::optional<int> arrivalNumber;
  std::optional<base::LocalDate> arrivalDate;
  std::string senderCode;
  std::int64_t inboxId = 0;  ///< 0: not from the exchange.
};

struct OutgoingData {
  PostId drafter;
  PostId reviewer;
  PostId signer;
  std::string signerCompetence;
  DocumentId answers;
  std::optional<int> number;
  std::optional<base::Instant> signedAt, numberedAt, sealedAt, issuedAt;
};

struct Document {
  DocumentId id;
  AgencyId agency;
  Direction direction = Direction::Incoming;
  State state = State::Arrived;
  int version = 1;
  Fields fields;
  base::Instant createdAt{};
  std::optional<IncomingData> incoming;
  std::optional<OutgoingData> outgoing;
};

struct Step {
  std::int64_t id = 0;
  StepKind kind = StepKind::Register;
  PostId assignedPost;
  PostId delegatePost;
  std::optional<int> assignedRole;  ///< Code of eoffice::Role; then no post is assigned.
};

struct NewStep {
  StepKind kind = StepKind::Register;
  PostId post = {};              ///< Either a post ...
  PostId delegate = {};          ///< ... with the delegate of the day, if there is one,
  std::optional<int> role = {};  ///< or a role of the agency (code of eoffice::Role).
  PostId openedBy = {};
  std::string note = {};
};

struct NewFile {
  FileKind kind = FileKind::Main;
  std::string name;
  std::string mediaType = "application/pdf";
  base::BlobRef blob;
  int pages = 0;
  std::string signatureReport = {};
  std::string signingPlaces = {};
  PostId createdBy = {};
};

/// The document with this request key, if the same request was carried out before.
[[nodiscard]] std::optional<DocumentId> findByRequestKey(base::db::Session& session,
                                                         AgencyId agency, const std::string& key);

[[nodiscard]] DocumentId insertDocument(base::db::Session& session, AgencyId agency,
                                        Direction direction, State state, const Fields& fields,
                                        const std::string& requestKey, PostId createdBy,
                                        base::Instant now);
void insertIncoming(base::db::Session& session, DocumentId document, const IncomingData& data,
                    const std::string& toPlaces);
void insertOutgoing(base::db::Session& session, DocumentId document, const OutgoingData& data);

// One column each, as the acts set them.
void setReviewer(base::db::Session& session, DocumentId id, PostId reviewer);
void setSigner(base::db::Session& session, DocumentId id, PostId signer,
               const std::string& competence);
void setSigned(base::db::Session& session, DocumentId id, base::Instant now);
void setNumbered(base::db::Session& session, DocumentId id, std::int64_t book, int number,
                 base::Instant now);
void setSealed(base::db::Session& session, DocumentId id, base::Instant now);
void setIssued(base::db::Session& session, DocumentId id, PostId by, base::Instant now);
void setArrivalNumber(base::db::Session& session, DocumentId id, std::int64_t book, int number,
                      base::LocalDate date);

/// The whole document, its row locked until the transaction ends. Whoever acts on a document takes
/// it by this first, so that two acts never interleave.
[[nodiscard]] std::optional<Document> lockDocument(base::db::Session& session, DocumentId id);
[[nodiscard]] std::optional<Document> findDocument(base::db::Session& session, DocumentId id);

/// Writes the fields and what a search finds the document by.
void updateFields(base::db::Session& session, DocumentId id, const Fields& fields,
                  base::Instant now);
/// Also makes the version grow.
void setState(base::db::Session& session, DocumentId id, State state, base::Instant now);

void addPart(base::db::Session& session, DocumentId id, AgencyId agency, PostId post, Part part);

/// The next version of its kind; what it says will be read (intake). Returns the row's id.
std::int64_t addFile(base::db::Session& session, DocumentId id, const NewFile& file,
                     base::Instant now);
/// Of `id, kind, version, name, media_type, sha256, size, pages, signature_report, created_at,
/// signing_places`.
[[nodiscard]] File readFile(const base::db::Row& row);
/// The newest version of the kind.
[[nodiscard]] std::optional<File> newestFile(base::db::Session& session, DocumentId id,
                                             FileKind kind);

std::int64_t openStep(base::db::Session& session, DocumentId id, AgencyId agency,
                      const NewStep& step, base::Instant now);
/// The open step of that kind, if there is one.
[[nodiscard]] std::optional<Step> openStepOf(base::db::Session& session, DocumentId id,
                                             StepKind kind);
void closeStep(base::db::Session& session, std::int64_t step, PostId doneBy, Outcome outcome,
               const std::string& remark, base::Instant now);

}  // namespace eoffice::documents
