#include "eoffice/documents/views.h"

#include "base/db/in_list.h"
#include "eoffice/documents/reading.h"

namespace eoffice::documents {
namespace {

using base::db::Params;
using base::db::Session;

constexpr std::chrono::minutes kOneVisit{10};

// When the post saw it last, and since when the newest thing has waited there for it.
constexpr const char* kLastSeen = R"(/* documents.lastSeen */
SELECT v.last_seen_at, (SELECT MAX(s.opened_at) FROM document_step s
  WHERE s.document_id = ? AND s.done_at IS NULL AND (s.assigned_post = ? OR s.delegate_post = ?))
FROM document_view v WHERE v.document_id = ? AND v.post_id = ?)";

constexpr const char* kShareDocument = R"(/* documents.shareForView */
SELECT id FROM document WHERE id = ? LOCK IN SHARE MODE)";

constexpr const char* kNoteView = R"(/* documents.noteView */
INSERT INTO document_view (document_id, post_id, first_seen_at, last_seen_at, times)
VALUES (?, ?, ?, ?, 1)
ON DUPLICATE KEY UPDATE last_seen_at = VALUES(last_seen_at), times = times + 1)";

constexpr const char* kViewsOf = R"(/* documents.viewsOf */
SELECT post_id, first_seen_at, last_seen_at, times FROM document_view WHERE document_id = ?
ORDER BY first_seen_at, post_id)";

const std::string kSeenAmong = R"(/* documents.seenAmong */
SELECT v.document_id FROM document_view v WHERE v.post_id = ? AND NOT EXISTS (
  SELECT 1 FROM document_step s WHERE s.document_id = v.document_id AND s.done_at IS NULL
    AND (s.assigned_post = ? OR s.delegate_post = ?) AND s.opened_at > v.last_seen_at)
  AND v.document_id IN )";

bool isKnown(Session& session, const Caller& caller, DocumentId document, base::Instant now) {
  const auto row =
      session.find(kLastSeen, {document, caller.post, caller.post, document, caller.post});
  if (!row) return false;
  const auto last = row->instant(0);
  const auto waits = row->maybeInstant(1);
  return now - last < kOneVisit && now >= last && !(waits && *waits > last);
}

}  // namespace

bool noteView(base::db::Database& database, const Caller& caller, DocumentId document,
              base::Instant now) {
  struct Seen {
    bool visible = false;
    bool known = false;
  };
  const auto look = database.read([&](Session& session) {
    const bool visible = maySee(session, caller, document);
    return Seen{visible, visible && isKnown(session, caller, document, now)};
  });
  if (!look.visible || look.known) return look.visible;
  return database.transact([&](Session& session) {
    // Behind an act that holds the row: what it decided is what counts.
    if (!session.find(kShareDocument, {document})) return false;
    if (!maySee(session, caller, document)) return false;
    session.execute(kNoteView, {document, caller.post, now, now});
    return true;
  });
}

std::vector<Look> viewsOf(Session& session, DocumentId document) {
  std::vector<Look> views;
  for (const auto& row : session.query(kViewsOf, {document})) {
    views.push_back({.post = row.id<PostId>(0),
                     .first = row.instant(1),
                     .last = row.instant(2),
                     .times = static_cast<int>(row.integer(3))});
  }
  return views;
}

std::set<DocumentId> unseenAmong(Session& session, const Caller& caller,
                                 const std::vector<DocumentId>& documents) {
  std::set<DocumentId> unseen(documents.begin(), documents.end());
  if (documents.empty()) return unseen;
  const base::db::InList list(documents);
  Params params{caller.post, caller.post, caller.post};
  list.appendTo(params);
  for (const auto& row : session.query(kSeenAmong + list.text(), params)) {
    unseen.erase(row.id<DocumentId>(0));
  }
  return unseen;
}

}  // namespace eoffice::documents
