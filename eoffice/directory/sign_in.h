// Sign-in and sessions, without HTTP: a login and a password become an opaque token, a token
// becomes a Caller, by at most one indexed query for each request. The database holds the token's
// SHA-256 only; the CSRF token is derived from the token and stored nowhere. Cookies are the web
// layer's. Safe from any thread and any number of processes.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/crypto/password.h"
#include "base/db/database.h"
#include "base/result.h"
#include "eoffice/directory/caller.h"
#include "eoffice/directory/lockout.h"

namespace eoffice::directory {

struct SignInPolicy {
  std::chrono::minutes idle{120};   ///< Without a request for this long, the session is over.
  std::chrono::hours absolute{12};  ///< Over in any case.
  LockoutPolicy login;
  LockoutPolicy address{50, std::chrono::seconds(30), std::chrono::seconds(300),
                        std::chrono::seconds(3600)};  ///< Many people share one address.
  base::PasswordOptions password;
  int hashesAtOnce = 2;  ///< Argon2id runs at the same time in this process: bounds its memory.
  /// How long a process believes a session that it looked up. What this process ends, ends at once;
  /// what another one does (`eoffice user lock`, a second server) holds here this much later.
  std::chrono::milliseconds remember{0};
};

struct SignInAttempt {
  std::string login;  ///< Case and surrounding space matter not.
  std::string password;
  std::string address;
  std::string userAgent;
  std::string requestId;
};

struct NewSession {
  std::string token;  ///< 43 characters, URL-safe. For the cookie; shown once, stored nowhere.
  Caller caller;
  bool mustChangePassword = false;
  std::chrono::seconds life{};  ///< Until the absolute end.
};

/// What a request knows of its session.
struct CurrentSession {
  Caller caller;
  bool mustChangePassword = false;  ///< Nothing but changing it and signing out is allowed.
  std::string login;
  base::Instant expires{};
};

/// Whether a person stands behind a request: only then does it keep the session from idling out.
enum class Presence : std::uint8_t { Here, Absent };

struct SessionRow {
  std::int64_t id = 0;
  bool current = false;
  base::Instant created{};
  base::Instant lastSeen{};
  std::string address;
  std::string userAgent;
  std::string postTitle;
};

class SignIn {
 public:
  SignIn(base::db::Database& database, const base::Clock& clock, SignInPolicy policy = {});
  ~SignIn();

  /// Refuses `sign_in.wrong` (unknown login, wrong password: the same sentence, the same work),
  /// `sign_in.too_often` (fact `seconds`; login or address), and, after the right password only,
  /// `sign_in.locked` and `sign_in.no_post` (no post is valid today); `sign_in.busy` when too many
  /// passwords are being checked.
  [[nodiscard]] base::Result<NewSession> attempt(const SignInAttempt& input);

  /// Who a token is. Empty when it is none, over, idle too long, or its post is not valid today.
  /// `last_seen_at` is written at most once a minute, and not for a page that asks by itself.
  [[nodiscard]] std::optional<CurrentSession> find(std::string_view token, std::string address = {},
                                                   std::string requestId = {},
                                                   Presence presence = Presence::Here);
  void signOut(std::string_view token, const Caller& caller);
  /// Every session of the person, this one too. Returns how many.
  std::size_t signOutEverywhere(const Caller& caller);
  /// One other session of the caller's, by its row. Refuses `session.unknown`.
  [[nodiscard]] base::Result<void> endSession(const Caller& caller, std::int64_t sessionRow);
  [[nodiscard]] std::vector<SessionRow> sessions(std::string_view token, const Caller& caller);

  /// The session acts in another post of the same person from now on. Refuses `post.not_yours`,
  /// `session.over`.
  [[nodiscard]] base::Result<Caller> switchPost(std::string_view token, const Caller& caller,
                                                PostId post);

  /// Ends all other sessions. Refuses `password.wrong` (counted like a failed sign-in),
  /// `sign_in.too_often`, `sign_in.busy`, `session.over`, `password.unchanged` and what
  /// checkPassword() refuses.
  [[nodiscard]] base::Result<void> changePassword(std::string_view token, const Caller& caller,
                                                  std::string_view current, std::string_view next);

  /// For forms and the `X-CSRF-Token` header: 43 characters.
  [[nodiscard]] static std::string csrfToken(std::string_view token);
  /// In constant time.
  [[nodiscard]] static bool csrfMatches(std::string_view token, std::string_view csrf);

  /// Deletes sessions that are over and failures that are forgotten. For a timer, hourly.
  void purge();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eoffice::directory
