// Who signs an outgoing document, looked up when it is drafted and again when it is approved: a
// post may have ended in between.
#pragma once

#include "base/db/database.h"
#include "base/result.h"
#include "eoffice/directory/people.h"

namespace eoffice::documents {

/// The signer's card, if the post is one of the agency, active on `day` and may sign. Refuses
/// `draft.no_signer`.
[[nodiscard]] base::Result<directory::PostCard> findSigner(base::db::Session& session,
                                                           AgencyId agency, PostId signer,
                                                           base::LocalDate day);

}  // namespace eoffice::documents
