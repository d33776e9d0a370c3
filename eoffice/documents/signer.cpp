#include "eoffice/documents/signer.h"

#include "eoffice/directory/permissions.h"

namespace eoffice::documents {

base::Result<directory::PostCard> findSigner(base::db::Session& session, AgencyId agency,
                                             PostId signer, base::LocalDate day) {
  auto card = directory::findPost(session, signer, day);
  if (!card || !card->active || card->agency != agency ||
      !directory::may(card->role, directory::Capability::Sign)) {
    return base::refuse(base::RefusalKind::Invalid, "draft.no_signer", "signer");
  }
  return std::move(*card);
}

}  // namespace eoffice::documents
