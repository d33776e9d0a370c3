// Who opened a document, in which post, from when to when. Written when a person opens its page or
// a file of it; a GET of the API does not count unless the client says so (POST .../view). Bounded:
// one row for each post, written anew at most every ten minutes, or when something new waits there.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "base/db/database.h"
#include "base/time.h"
#include "eoffice/directory/caller.h"
#include "eoffice/ids.h"

namespace eoffice::documents {

/// The caller has the document before their eyes. False when they may not see it: then nothing is
/// kept. Waits for an act on the document that is under way, so that "taken back" and "opened" are
/// never both true.
bool noteView(base::db::Database& database, const Caller& caller, DocumentId document,
              base::Instant now);

struct Look {
  PostId post;
  base::Instant first{}, last{};
  int times = 0;
};
/// Of every post that opened it, earliest first.
[[nodiscard]] std::vector<Look> viewsOf(base::db::Session& session, DocumentId document);

/// Which of `documents` the caller's post has not opened since something waits for it there, or
/// ever: the rows that a list shows in semibold. One query.
[[nodiscard]] std::set<DocumentId> unseenAmong(base::db::Session& session, const Caller& caller,
                                               const std::vector<DocumentId>& documents);

}  // namespace eoffice::documents
