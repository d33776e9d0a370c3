// Accounts for `eoffice user` and the administrators' page: add, reset, lock, unlock, list. Initial
// passwords are returned once and kept as a hash. Every act ends the account's sessions where it
// must and writes an audit entry without passwords. The caller owns the transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/crypto/password.h"
#include "base/db/database.h"
#include "base/result.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/caller.h"

namespace eoffice::directory {

/// Lower case a-z, digits, `.`, `-`, `_`; 3 to 64 characters, beginning with a letter.
[[nodiscard]] bool isLogin(std::string_view login);

/// An address that mail can go to, ASCII, as far as its form tells.
[[nodiscard]] bool isMail(std::string_view mail);

/// Who manages: a person at a page, or the operator at the command line (an invalid caller).
struct Actor {
  Caller caller = {};
  [[nodiscard]] bool operatorAtConsole() const { return !caller.person.valid(); }
};

struct NewUser {
  std::string login, name, mail, phone;
  std::string agencyCode;
  std::string unitCode;  ///< Empty: at the head of the agency.
  std::string title;
  Role role = Role::Official;
  Validity validity;
};

struct InitialPassword {
  PersonId person;
  std::string login;
  std::string password;  ///< Show once.
};

/// Refuses `user.login_taken`, `user.login_form`, `user.name_missing`, `user.mail_form`,
/// `agency.unknown`, `agency.not_hosted`, `unit.unknown`, `permission.denied`: all at once.
[[nodiscard]] base::Result<InitialPassword> addUser(base::db::Session& session,
                                                    const base::Clock& clock, const Actor& actor,
                                                    const NewUser& user,
                                                    const base::PasswordOptions& costs);
/// A new initial password; must be changed at the next sign-in. Unlocks too-many-tries, not a lock.
[[nodiscard]] base::Result<InitialPassword> resetPassword(base::db::Session& session,
                                                          const base::Clock& clock,
                                                          const Actor& actor,
                                                          std::string_view login,
                                                          const base::PasswordOptions& costs);
/// Refuses `user.unknown`. Again: no change.
[[nodiscard]] base::Result<void> lockUser(base::db::Session& session, const base::Clock& clock,
                                          const Actor& actor, std::string_view login);
/// Also forgets failed sign-ins.
[[nodiscard]] base::Result<void> unlockUser(base::db::Session& session, const base::Clock& clock,
                                            const Actor& actor, std::string_view login);

struct UserRow {
  std::string login, name, mail;
  bool locked = false;
  bool hasPassword = false;
  bool mustChangePassword = false;
  std::optional<base::Instant> lastSignIn;
  std::vector<std::string> posts;  ///< `clerk · Văn thư · H32`, valid on the day.
};
/// By login. A unit administrator sees the own agency's.
[[nodiscard]] std::vector<UserRow> listUsers(base::db::Session& session, const Actor& actor,
                                             base::LocalDate day);

}  // namespace eoffice::directory
