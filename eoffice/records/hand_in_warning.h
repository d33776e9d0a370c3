// whoever keeps a closed file hears thirty days before its last day for handing in, once, by
// the bell. For a timer; reads only the files that are due.
#pragma once

#include "base/db/database.h"
#include "base/time.h"

namespace eoffice::records {

/// Rings for the files whose warning day has come by `now`; a second call, or another process,
/// rings nothing again. Returns how many notices were new.
std::uint64_t warnOfHandIn(base::db::Session& session, base::Instant now);

}  // namespace eoffice::records
