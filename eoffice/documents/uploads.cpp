#include "eoffice/documents/uploads.h"

#include "eoffice/audit/audit_log.h"

namespace eoffice::documents {
namespace {

using base::db::Session;

constexpr const char* kNote = R"(/* documents.noteUpload */
INSERT INTO upload (person_id, agency_id, sha256, size, uploaded_at) VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE uploaded_at = VALUES(uploaded_at))";

constexpr const char* kOwn = R"(/* documents.ownUpload */
SELECT sha256, size FROM upload
WHERE person_id = ? AND agency_id = ? AND sha256 = ? AND uploaded_at > ? LOCK IN SHARE MODE)";

constexpr const char* kPurge =
    "/* documents.purgeUploads */ DELETE FROM upload WHERE uploaded_at <= ? LIMIT ?";
constexpr std::uint64_t kPurgeBatch = 1000;

bool isSha256(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

void noteUpload(Session& session, const base::Clock& clock, const Caller& caller,
                const base::BlobRef& blob) {
  session.execute(kNote, {caller.person, caller.agency, blob.sha256, blob.size, clock.now()});
  audit::write(session, clock,
               {.act = "file.uploaded",
                .person = caller.person,
                .post = caller.post,
                .agency = caller.agency,
                .objectKind = "upload",
                .detail = {{"sha256", blob.sha256}, {"size", std::to_string(blob.size)}},
                .requestId = caller.requestId,
                .address = caller.address});
}

base::Result<base::BlobRef> ownUpload(Session& session, const Caller& caller,
                                      const std::string& sha256, base::Instant now) {
  const auto row =
      isSha256(sha256)
          ? session.find(kOwn, {caller.person, caller.agency, sha256, now - kUploadLife})
          : std::nullopt;
  if (!row) return base::refuse(base::RefusalKind::Invalid, "upload.unknown", "upload.sha256");
  return base::BlobRef{row->text(0), static_cast<std::uint64_t>(row->integer(1))};
}

bool purgeUploads(Session& session, base::Instant now) {
  return session.execute(kPurge, {now - kUploadLife, kPurgeBatch}) == kPurgeBatch;
}

}  // namespace eoffice::documents
