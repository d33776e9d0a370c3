// The rows of `session` and of `account` behind sign-in: statements only, no rules. For sign_in.cpp
// and accounts.cpp. The caller owns the transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/db/database.h"
#include "eoffice/directory/sign_in.h"

namespace eoffice::directory {

struct AccountRow {
  PersonId person;
  std::string login;
  std::string passwordHash;  ///< Empty: none was given yet.
  std::string name;
  std::string mail;
  bool mustChange = false;
  bool locked = false;
};

[[nodiscard]] std::optional<AccountRow> findAccount(base::db::Session& session,
                                                    std::string_view login);
/// Locks the row.
[[nodiscard]] std::optional<AccountRow> lockAccount(base::db::Session& session, PersonId person);
[[nodiscard]] std::optional<AccountRow> lockAccount(base::db::Session& session,
                                                    std::string_view login);
void setPassword(base::db::Session& session, PersonId person, const std::string& hash,
                 bool mustChange, base::Instant now);

/// One session, with what the request needs of person, post and agency.
struct FoundSession {
  CurrentSession current;
  base::Instant lastSeen{};
};
[[nodiscard]] std::optional<FoundSession> findSession(base::db::Session& session,
                                                      std::string_view token, base::Instant now,
                                                      std::chrono::minutes idle);
void openSession(base::db::Session& session, std::string_view token, PersonId person, PostId post,
                 base::Instant now, base::Instant expires, std::string_view address,
                 std::string_view userAgent);
void markSeen(base::db::Session& session, std::string_view token, base::Instant now);
void markSignedIn(base::db::Session& session, PersonId person, PostId post, base::Instant now);
std::uint64_t setPost(base::db::Session& session, std::string_view token, PersonId person,
                      PostId post);
std::uint64_t closeSession(base::db::Session& session, std::string_view token);
std::uint64_t closeSession(base::db::Session& session, PersonId person, std::int64_t row);
std::uint64_t closeSessionsOf(base::db::Session& session, PersonId person);
std::uint64_t closeOtherSessionsOf(base::db::Session& session, PersonId person,
                                   std::string_view token);
[[nodiscard]] std::vector<SessionRow> sessionsOf(base::db::Session& session, PersonId person,
                                                 std::string_view token, base::Instant now,
                                                 std::chrono::minutes idle);
/// At most a thousand rows of each kind, so that nobody waits for it; true when there may be more.
[[nodiscard]] bool purgeSessions(base::db::Session& session, base::Instant now,
                                 base::Instant forgottenBefore);

}  // namespace eoffice::directory
