// Files that came alone, before the act that uses them. Such a file is named by its SHA-256, which
// is no secret: so it belongs to the person who brought it, for the agency they acted in, and for
// some days only. Nobody learns from a hash whether the store has such a file. The caller owns the
// transaction.
#pragma once

#include <chrono>
#include <string>

#include "base/blob/blob_store.h"
#include "base/clock.h"
#include "base/db/database.h"
#include "base/result.h"
#include "eoffice/directory/caller.h"

namespace eoffice::documents {

/// Later an act finds it no longer: it is sent again.
inline constexpr std::chrono::hours kUploadLife{7 * 24};

/// The caller has brought `blob`, with its audit entry. Again: its days begin anew.
void noteUpload(base::db::Session& session, const base::Clock& clock, const Caller& caller,
                const base::BlobRef& blob);

/// The file, if it is the caller's; its row is locked, so that it is still there when the act
/// commits. Refuses `upload.unknown`: also for a file that others brought, and for no hash at all.
[[nodiscard]] base::Result<base::BlobRef> ownUpload(base::db::Session& session,
                                                    const Caller& caller, const std::string& sha256,
                                                    base::Instant now);

/// Forgets what is older than kUploadLife, at most a thousand, so that nobody waits for it; true
/// when there may be more. The bytes stay. For a timer.
[[nodiscard]] bool purgeUploads(base::db::Session& session, base::Instant now);

}  // namespace eoffice::documents
