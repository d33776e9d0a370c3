#include "eoffice/directory/session_rows.h"

#include "base/crypto/digest.h"
#include "base/text.h"
#include "eoffice/directory/rows.h"

namespace eoffice::directory {
namespace {

using base::Instant;
using base::db::Row;
using base::db::Session;

constexpr std::size_t kLongestUserAgent = 300;
constexpr std::size_t kLongestAddress = 64;

#define ACCOUNT_SELECT                                                                         \
  "SELECT k.person_id, k.login, k.password_hash, n.name, n.mail, k.must_change, k.locked FROM" \
  " account k JOIN person n ON n.id = k.person_id "
constexpr std::string_view kFindAccount =
    "/* sign_in.findAccount */ " ACCOUNT_SELECT "WHERE k.login = ?";
constexpr std::string_view kLockByPerson =
    "/* sign_in.lockAccount */ " ACCOUNT_SELECT "WHERE k.person_id = ? FOR UPDATE";
constexpr std::string_view kLockByLogin =
    "/* sign_in.lockAccountByLogin */ " ACCOUNT_SELECT "WHERE k.login = ? FOR UPDATE";
constexpr std::string_view kSetPassword = R"(/* sign_in.setPassword */
  UPDATE account SET password_hash = ?, must_change = ?, password_changed_at = ?
  WHERE person_id = ?)";
// Each table is read by its primary key: five rows, no plan to speak of.
constexpr std::string_view kFind = R"(/* session.find */
  SELECT s.person_id, s.post_id, p.agency_id, p.unit_id, p.role, n.name, p.title, a.name,
         k.must_change, k.login, s.expires_at, s.last_seen_at
  FROM session s JOIN post p ON p.id = s.post_id JOIN agency a ON a.id = p.agency_id
  JOIN person n ON n.id = s.person_id JOIN account k ON k.person_id = s.person_id
  WHERE s.token_hash = UNHEX(?) AND s.expires_at > ? AND s.last_seen_at > ? AND k.locked = 0
    AND ? BETWEEN p.valid_from AND p.valid_to AND ? BETWEEN a.valid_from AND a.valid_to)";
constexpr std::string_view kOpen = R"(/* session.open */
  INSERT INTO session (token_hash, person_id, post_id, created_at, last_seen_at, expires_at,
                       address, user_agent)
  VALUES (UNHEX(?), ?, ?, ?, ?, ?, ?, ?))";
constexpr std::string_view kSeen = R"(/* session.seen */
  UPDATE session SET last_seen_at = ? WHERE token_hash = UNHEX(?) AND last_seen_at < ?)";
constexpr std::string_view kSignedIn = R"(/* sign_in.signedIn */
  UPDATE account SET last_sign_in_at = ?, last_post_id = ? WHERE person_id = ?)";
constexpr std::string_view kSetPost = R"(/* session.setPost */
  UPDATE session SET post_id = ? WHERE token_hash = UNHEX(?) AND person_id = ?)";
constexpr std::string_view kLastPost =
    "/* session.lastPost */ UPDATE account SET last_post_id = ? WHERE person_id = ?";
constexpr std::string_view kClose =
    "/* session.close */ DELETE FROM session WHERE token_hash = UNHEX(?)";
constexpr std::string_view kCloseRow =
    "/* session.closeRow */ DELETE FROM session WHERE person_id = ? AND id = ?";
constexpr std::string_view kCloseAll =
    "/* session.closeAll */ DELETE FROM session WHERE person_id = ?";
constexpr std::string_view kCloseOthers =
    "/* session.closeOthers */ DELETE FROM session WHERE person_id = ? AND token_hash <> UNHEX(?)";
constexpr std::string_view kOfPerson = R"(/* session.ofPerson */
  SELECT s.id, s.token_hash = UNHEX(?), s.created_at, s.last_seen_at, s.address, s.user_agent,
         p.title
  FROM session s JOIN post p ON p.id = s.post_id
  WHERE s.person_id = ? AND s.expires_at > ? AND s.last_seen_at > ? ORDER BY s.last_seen_at DESC)";
constexpr std::uint64_t kPurgeBatch = 1000;
constexpr std::string_view kPurge =
    "/* session.purge */ DELETE FROM session WHERE expires_at <= ? LIMIT ?";
constexpr std::string_view kPurgeFailures =
    "/* sign_in.purge */ DELETE FROM sign_in_failure WHERE last_failure_at < ? LIMIT ?";

std::optional<AccountRow> readAccount(const std::optional<Row>& row) {
  if (!row) return std::nullopt;
  AccountRow account;
  account.person = row->id<PersonId>(0);
  account.login = row->text(1);
  account.passwordHash = row->textOr(2);
  account.name = row->text(3);
  account.mail = row->text(4);
  account.mustChange = row->flag(5);
  account.locked = row->flag(6);
  return account;
}

// Foreign text, made fit for its column.
std::string shortText(std::string_view text, std::size_t most) {
  if (!base::isUtf8(text)) return {};
  return base::firstCharacters(base::squeezed(text), most);
}

std::string asciiText(std::string_view text, std::size_t most) {
  std::string kept(text.substr(0, most));
  for (char& c : kept) {
    if (c < ' ' || c > '~') c = '?';
  }
  return kept;
}

}  // namespace

std::optional<AccountRow> findAccount(Session& session, std::string_view login) {
  return readAccount(session.find(kFindAccount, {asciiOnly(login)}));
}

std::optional<AccountRow> lockAccount(Session& session, PersonId person) {
  return readAccount(session.find(kLockByPerson, {person}));
}

std::optional<AccountRow> lockAccount(Session& session, std::string_view login) {
  return readAccount(session.find(kLockByLogin, {asciiOnly(login)}));
}

void setPassword(Session& session, PersonId person, const std::string& hash, bool mustChange,
                 Instant now) {
  session.execute(kSetPassword, {hash, mustChange, now, person});
}

std::optional<FoundSession> findSession(Session& session, std::string_view token, Instant now,
                                        std::chrono::minutes idle) {
  const auto today = base::localDate(now);
  const auto row = session.find(kFind, {base::sha256Hex(token), now, now - idle, today, today});
  if (!row) return std::nullopt;
  FoundSession found;
  Caller& caller = found.current.caller;
  caller.person = row->id<PersonId>(0);
  caller.post = row->id<PostId>(1);
  caller.agency = row->id<AgencyId>(2);
  caller.unit = row->id<UnitId>(3);
  caller.role = row->code<Role>(4);
  caller.name = row->text(5);
  caller.postTitle = row->text(6);
  caller.agencyName = row->text(7);
  found.current.mustChangePassword = row->flag(8);
  found.current.login = row->text(9);
  found.current.expires = row->instant(10);
  found.lastSeen = row->instant(11);
  return found;
}

void openSession(Session& session, std::string_view token, PersonId person, PostId post,
                 Instant now, Instant expires, std::string_view address,
                 std::string_view userAgent) {
  session.execute(kOpen,
                  {base::sha256Hex(token), person, post, now, now, expires,
                   asciiText(address, kLongestAddress), shortText(userAgent, kLongestUserAgent)});
}

void markSeen(Session& session, std::string_view token, Instant now) {
  session.execute(kSeen, {now, base::sha256Hex(token), now});
}

void markSignedIn(Session& session, PersonId person, PostId post, Instant now) {
  session.execute(kSignedIn, {now, post, person});
}

std::uint64_t setPost(Session& session, std::string_view token, PersonId person, PostId post) {
  session.execute(kLastPost, {post, person});
  return session.execute(kSetPost, {post, base::sha256Hex(token), person});
}

std::uint64_t closeSession(Session& session, std::string_view token) {
  return session.execute(kClose, {base::sha256Hex(token)});
}

std::uint64_t closeSession(Session& session, PersonId person, std::int64_t row) {
  return session.execute(kCloseRow, {person, row});
}

std::uint64_t closeSessionsOf(Session& session, PersonId person) {
  return session.execute(kCloseAll, {person});
}

std::uint64_t closeOtherSessionsOf(Session& session, PersonId person, std::string_view token) {
  return session.execute(kCloseOthers, {person, base::sha256Hex(token)});
}

std::vector<SessionRow> sessionsOf(Session& session, PersonId person, std::string_view token,
                                   Instant now, std::chrono::minutes idle) {
  std::vector<SessionRow> sessions;
  for (const Row& row :
       session.query(kOfPerson, {base::sha256Hex(token), person, now, now - idle})) {
    SessionRow one;
    one.id = row.integer(0);
    one.current = row.flag(1);
    one.created = row.instant(2);
    one.lastSeen = row.instant(3);
    one.address = row.text(4);
    one.userAgent = row.text(5);
    one.postTitle = row.text(6);
    sessions.push_back(std::move(one));
  }
  return sessions;
}

bool purgeSessions(Session& session, Instant now, Instant forgottenBefore) {
  const auto sessions = session.execute(kPurge, {now, kPurgeBatch});
  const auto failures = session.execute(kPurgeFailures, {forgottenBefore, kPurgeBatch});
  return sessions == kPurgeBatch || failures == kPurgeBatch;
}

}  // namespace eoffice::directory
