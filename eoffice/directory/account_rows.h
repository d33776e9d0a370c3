// The rows of a new person: `person`, `account`, `post`, and their audit entries. For accounts.cpp
// and the import. Statements only, no rules. The caller owns the transaction.
#pragma once

#include <string>
#include <string_view>

#include "base/db/database.h"
#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/accounts.h"

namespace eoffice::directory {

struct PersonRow {
  std::string login, name, mail, phone;
};

struct PostRow {
  PersonId person;
  AgencyId agency;
  UnitId unit;
  Role role = Role::Official;
  std::string title;
  Validity validity;
};

PersonId insertPerson(base::db::Session& session, const PersonRow& person);
void updatePerson(base::db::Session& session, PersonId id, const PersonRow& person);
/// `hash` empty: no sign-in until a password is given.
void insertAccount(base::db::Session& session, PersonId person, std::string_view login,
                   const std::string& hash, bool mustChange, base::Instant now);
PostId insertPost(base::db::Session& session, const PostRow& post);
void updatePost(base::db::Session& session, PostId id, const PostRow& post);

[[nodiscard]] audit::Entry actorEntry(std::string act, const Actor& actor);
[[nodiscard]] audit::Entry accountEntry(std::string act, const Actor& actor, PersonId person);
[[nodiscard]] audit::Entry postEntry(std::string act, const Actor& actor, PostId id,
                                     const PostRow& post);

}  // namespace eoffice::directory
