// Takes away what every receiver has said that it has, some time ago: first the rows, in small
// batches, then the files that no message needs any more. What nobody has fetched stays for ever.
// Folder-internal. Safe from any thread, and from several processes at once.
//
// A file is shared by all messages with the same bytes, and a sender may be sending them again at
// this very moment. So a file goes in two steps. With the last message it is doomed (a row); then,
// with that row locked and after a locking look for messages that use it, it is removed. Who
// records a message spares its file (spareBlob), which waits for that lock, and only then looks
// whether the file is still there.
#pragma once

#include <cstddef>
#include <string>

#include "base/db/database.h"
#include "base/time.h"
#include "exchange/hub/calls_internal.h"

namespace exchange::hub {

/// Messages whose receivers all said `done` or `fail` before `now - keepFor`, and remembered
/// requests whose headers are no longer good. Returns the messages.
std::size_t purgeRows(const Workshop& shop, base::Instant now);
/// Doomed files that no message uses. Returns how many went.
std::size_t purgeFiles(const Workshop& shop);

/// No message uses the file, or soon none will.
void doomBlob(base::db::Session& session, const std::string& sha256, base::Instant now);
/// In the transaction that adds a message, after its row: false when its file has just been
/// removed, and must be sent again.
[[nodiscard]] bool spareBlob(base::db::Session& session, const base::BlobStore& blobs,
                             const std::string& sha256);

}  // namespace exchange::hub
