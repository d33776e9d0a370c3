// The office's people as the reminder engine asks for them: who stands behind a post today.
#pragma once

#include "reminder/engine/ports.h"

namespace eoffice::app {

class PeopleBook : public reminder::PeopleBook {
 public:
  std::map<reminder::HolderId, reminder::Reader> readersOf(
      base::db::Session& session, const std::vector<reminder::HolderId>& holders,
      base::Instant at) override;
  std::map<reminder::HolderId, reminder::HolderId> headsOfUnit(
      base::db::Session& session, const std::vector<reminder::HolderId>& holders,
      base::Instant at) override;
  std::map<reminder::ScopeId, reminder::HolderId> headsOfOffice(
      base::db::Session& session, const std::vector<reminder::ScopeId>& scopes,
      base::Instant at) override;
};

}  // namespace eoffice::app
