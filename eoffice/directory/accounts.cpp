#include "eoffice/directory/accounts.h"

#include <algorithm>

#include "base/text.h"
#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/account_rows.h"
#include "eoffice/directory/lockout.h"
#include "eoffice/directory/password_rules.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/directory/rows.h"
#include "eoffice/directory/session_rows.h"

namespace eoffice::directory {
namespace {

using base::Refusal;
using base::RefusalKind;
using base::db::Session;

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestMail = 200;

constexpr std::string_view kUnitByCode =
    "/* directory.unitByCode */ SELECT id, agency_id FROM unit WHERE code = ?";
// Whether a person holds, or held, a post in the agency: whom a unit administrator sees to.
constexpr std::string_view kBelongs =
    "/* account.belongs */ SELECT 1 FROM post WHERE person_id = ? AND agency_id = ? LIMIT 1";
constexpr std::string_view kManagesAll =
    "/* account.managesAll */ SELECT 1 FROM post WHERE person_id = ? AND role = 8 LIMIT 1";
constexpr std::string_view kSetLocked =
    "/* account.setLocked */ UPDATE account SET locked = ? WHERE person_id = ?";
// One row for each post, accounts without one too; NULL agency: every agency.
constexpr std::string_view kList = R"(/* account.list */
  SELECT k.login, n.name, n.mail, k.locked, k.password_hash IS NOT NULL, k.must_change,
         k.last_sign_in_at, p.role, p.title, a.code_qd20
  FROM account k JOIN person n ON n.id = k.person_id
  LEFT JOIN post p ON p.person_id = k.person_id AND ? BETWEEN p.valid_from AND p.valid_to
  LEFT JOIN agency a ON a.id = p.agency_id
  WHERE ? IS NULL OR EXISTS (SELECT 1 FROM post o WHERE o.person_id = k.person_id AND o.agency_id = ?)
  ORDER BY k.login, p.id)";

bool isLoginCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

struct Place {
  AgencyId agency;
  UnitId unit;
};

void checkUser(const NewUser& user, std::vector<Refusal>& faults) {
  if (!isLogin(user.login)) {
    faults.push_back({RefusalKind::Invalid, "user.login_form", "login"});
  }
  if (user.name.empty() || base::lengthInCharacters(user.name) > kLongestName) {
    faults.push_back({RefusalKind::Invalid, "user.name_missing", "name"});
  }
  if (!user.mail.empty() && !isMail(user.mail)) {
    faults.push_back({RefusalKind::Invalid, "user.mail_form", "mail", {{"mail", user.mail}}});
  }
}

Place findPlace(Session& session, const NewUser& user, std::vector<Refusal>& faults) {
  Place place;
  const auto agency = findAgencyByCode(session, user.agencyCode);
  if (!agency) {
    faults.push_back(
        {RefusalKind::Invalid, "agency.unknown", "agency", {{"code", user.agencyCode}}});
    return place;
  }
  place.agency = agency->id;
  if (!agency->hosted) {
    faults.push_back(
        {RefusalKind::Invalid, "agency.not_hosted", "agency", {{"code", user.agencyCode}}});
  }
  if (user.unitCode.empty()) return place;
  const auto unit = session.find(kUnitByCode, {asciiOnly(user.unitCode)});
  if (!unit || unit->id<AgencyId>(1) != agency->id) {
    faults.push_back({RefusalKind::Invalid, "unit.unknown", "unit", {{"code", user.unitCode}}});
    return place;
  }
  place.unit = unit->id<UnitId>(0);
  return place;
}

// R-33: administrators of a unit see to their own agency, and give no more than they may.
bool maySeeTo(const Actor& actor, AgencyId agency) {
  if (actor.operatorAtConsole() || may(actor.caller, Capability::ManageAgencies)) return true;
  return may(actor.caller, Capability::ManagePeople) && actor.caller.agency == agency;
}

// A system administrator's account is no unit administrator's to reset, whatever other post they
// hold: it would be the way to more rights than the own ones.
bool maySeeTo(Session& session, const Actor& actor, PersonId person) {
  if (actor.operatorAtConsole() || may(actor.caller, Capability::ManageAgencies)) return true;
  return may(actor.caller, Capability::ManagePeople) &&
         session.find(kBelongs, {person, actor.caller.agency}).has_value() &&
         !session.find(kManagesAll, {person}).has_value();
}

base::Result<AccountRow> lockManaged(Session& session, const Actor& actor, std::string_view login) {
  auto account = lockAccount(session, base::lowerAscii(login));
  if (!account) {
    return base::refuse(RefusalKind::NotFound, "user.unknown", "login",
                        {{"login", std::string(login)}});
  }
  if (!maySeeTo(session, actor, account->person)) {
    return base::refuse(RefusalKind::Forbidden, "permission.denied");
  }
  return std::move(*account);
}

base::Result<void> setLocked(Session& session, const base::Clock& clock, const Actor& actor,
                             std::string_view login, bool locked) {
  auto account = lockManaged(session, actor, login);
  if (!account) return tl::unexpected(std::move(account.error()));
  if (!locked) forgetFailures(session, FailureOf::Login, account->login);
  if (account->locked == locked) return {};
  session.execute(kSetLocked, {locked, account->person});
  if (locked) closeSessionsOf(session, account->person);
  audit::write(
      session, clock,
      accountEntry(locked ? "account.locked" : "account.unlocked", actor, account->person));
  return {};
}

std::string postLine(const base::db::Row& row) {
  return std::string(name(row.code<Role>(7))) + " · " + row.text(8) + " · " + row.text(9);
}

}  // namespace

bool isLogin(std::string_view login) {
  return login.size() >= 3 && login.size() <= 64 && login.front() >= 'a' && login.front() <= 'z' &&
         std::all_of(login.begin(), login.end(), isLoginCharacter);
}

bool isMail(std::string_view mail) {
  const auto at = mail.find('@');
  if (at == mail.npos || at == 0 || mail.find('@', at + 1) != mail.npos) return false;
  const auto domain = mail.substr(at + 1);
  const bool dotted = domain.find('.') != domain.npos && domain.front() != '.' &&
                      domain.back() != '.' && domain.find("..") == domain.npos;
  return mail.size() <= kLongestMail && dotted && std::all_of(mail.begin(), mail.end(), [](char c) {
           return c > ' ' && c <= '~' &&
                  std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos;
         });
}

base::Result<InitialPassword> addUser(Session& session, const base::Clock& clock,
                                      const Actor& actor, const NewUser& user,
                                      const base::PasswordOptions& costs) {
  std::vector<Refusal> faults;
  checkUser(user, faults);
  const Place place = findPlace(session, user, faults);
  if (!faults.empty()) return base::refuseAll(std::move(faults));
  if (!maySeeTo(actor, place.agency) ||
      (user.role == Role::SystemAdmin && !actor.operatorAtConsole() &&
       !may(actor.caller, Capability::ManageAgencies))) {
    return base::refuse(RefusalKind::Forbidden, "permission.denied");
  }
  if (findAccount(session, user.login)) {
    return base::refuse(RefusalKind::Conflict, "user.login_taken", "login",
                        {{"login", user.login}});
  }
  InitialPassword initial;
  initial.login = user.login;
  initial.password = initialPassword();
  initial.person = insertPerson(session, {user.login, user.name, user.mail, user.phone});
  insertAccount(session, initial.person, user.login, base::hashPassword(initial.password, costs),
                true, clock.now());
  const PostId post = insertPost(
      session, {initial.person, place.agency, place.unit, user.role, user.title, user.validity});
  audit::write(session, clock, accountEntry("account.added", actor, initial.person));
  audit::write(
      session, clock,
      postEntry("post.added", actor, post,
                {initial.person, place.agency, place.unit, user.role, user.title, user.validity}));
  return initial;
}

base::Result<InitialPassword> resetPassword(Session& session, const base::Clock& clock,
                                            const Actor& actor, std::string_view login,
                                            const base::PasswordOptions& costs) {
  auto account = lockManaged(session, actor, login);
  if (!account) return tl::unexpected(std::move(account.error()));
  InitialPassword initial{account->person, account->login, initialPassword()};
  setPassword(session, account->person, base::hashPassword(initial.password, costs), true,
              clock.now());
  closeSessionsOf(session, account->person);
  forgetFailures(session, FailureOf::Login, account->login);
  audit::write(session, clock, accountEntry("password.reset", actor, account->person));
  return initial;
}

base::Result<void> lockUser(Session& session, const base::Clock& clock, const Actor& actor,
                            std::string_view login) {
  return setLocked(session, clock, actor, login, true);
}

base::Result<void> unlockUser(Session& session, const base::Clock& clock, const Actor& actor,
                              std::string_view login) {
  return setLocked(session, clock, actor, login, false);
}

std::vector<UserRow> listUsers(Session& session, const Actor& actor, base::LocalDate day) {
  const bool all = actor.operatorAtConsole() || may(actor.caller, Capability::ManageAgencies);
  if (!all && !may(actor.caller, Capability::ManagePeople)) return {};
  const AgencyId agency = all ? AgencyId() : actor.caller.agency;
  std::vector<UserRow> users;
  for (const auto& row : session.query(kList, {day, agency, agency})) {
    if (users.empty() || users.back().login != row.text(0)) {
      UserRow user;
      user.login = row.text(0);
      user.name = row.text(1);
      user.mail = row.text(2);
      user.locked = row.flag(3);
      user.hasPassword = row.flag(4);
      user.mustChangePassword = row.flag(5);
      user.lastSignIn = row.maybeInstant(6);
      users.push_back(std::move(user));
    }
    if (!row.isNull(7)) users.back().posts.push_back(postLine(row));
  }
  return users;
}

}  // namespace eoffice::directory
