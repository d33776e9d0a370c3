#include "eoffice/directory/sign_in.h"

#include <algorithm>
#include <mutex>
#include <semaphore>

#include "base/crypto/digest.h"
#include "base/text.h"
#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/password_rules.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/session_memory.h"
#include "eoffice/directory/session_rows.h"

namespace eoffice::directory {
namespace {

using base::Instant;
using base::RefusalKind;
using base::db::Session;
using std::chrono::seconds;

constexpr seconds kHashQueue{5};               // Longest wait for a turn to hash.
constexpr std::chrono::minutes kSeenEvery{1};  // How often last_seen_at is written.
constexpr std::size_t kLongestLogin = 200;     // Of foreign input, bytes.
constexpr std::ptrdiff_t kMostHashesAtOnce = 64;

std::string cleanLogin(std::string_view login) {
  return base::lowerAscii(base::squeezed(login.substr(0, kLongestLogin)));
}

tl::unexpected<base::Refusal> tooOften(seconds wait) {
  return base::refuse(RefusalKind::TooOften, "sign_in.too_often", {},
                      {{"seconds", std::to_string(wait.count())}});
}

audit::Entry entryOf(std::string act, const Caller& caller) {
  audit::Entry entry;
  entry.act = std::move(act);
  entry.person = caller.person;
  entry.post = caller.post;
  entry.agency = caller.agency;
  entry.objectKind = "person";
  entry.objectId = caller.person.value();
  entry.requestId = caller.requestId;
  entry.address = caller.address;
  return entry;
}

// What a checked password may end in.
enum class Verdict : std::uint8_t { SignedIn, Wrong, Locked, NoPost };

constexpr const char* reason(Verdict verdict) {
  switch (verdict) {
    case Verdict::SignedIn:
      return "";
    case Verdict::Wrong:
      return "wrong";
    case Verdict::Locked:
      return "locked";
    case Verdict::NoPost:
      return "no_post";
  }
  return "";
}

class Turn {
 public:
  explicit Turn(std::counting_semaphore<kMostHashesAtOnce>& turns)
      : turns_(turns), taken_(turns.try_acquire_for(kHashQueue)) {}
  ~Turn() {
    if (taken_) turns_.release();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  [[nodiscard]] bool taken() const { return taken_; }

 private:
  std::counting_semaphore<kMostHashesAtOnce>& turns_;
  bool taken_;
};

}  // namespace

struct SignIn::State {
  State(base::db::Database& db, const base::Clock& time, SignInPolicy rules)
      : database(db),
        clock(time),
        policy(rules),
        memory(rules.remember),
        turns(std::clamp<std::ptrdiff_t>(rules.hashesAtOnce, 1, kMostHashesAtOnce)) {}

  // What an unknown login's password is compared with, so that it costs the same.
  const std::string& nobodysHash() {
    std::call_once(nobodyOnce,
                   [&] { nobody = base::hashPassword(base::randomToken(), policy.password); });
    return nobody;
  }

  base::db::Database& database;
  const base::Clock& clock;
  const SignInPolicy policy;
  SessionMemory memory;
  std::counting_semaphore<kMostHashesAtOnce> turns;
  std::once_flag nobodyOnce;
  std::string nobody;

  struct Begun {
    seconds wait{};
    std::optional<AccountRow> account;
  };

  // Known or not, a login takes the same steps: counted, looked up, compared, recorded.
  Begun begin(const std::string& login, const std::string& address) {
    return database.transact([&](Session& session) {
      Begun begun;
      const Instant now = clock.now();
      begun.wait = waitFor(session, FailureOf::Address, address, now);
      if (begun.wait > seconds(0)) return begun;
      begun.wait = tryOnce(session, FailureOf::Login, login, now, policy.login);
      if (begun.wait > seconds(0)) return begun;
      begun.account = findAccount(session, login);
      return begun;
    });
  }

  bool matches(const std::string& password, const std::optional<AccountRow>& account) {
    const bool comparable = account && !account->passwordHash.empty();
    return base::passwordMatches(password, comparable ? account->passwordHash : nobodysHash()) &&
           comparable;
  }

  void recordRefusal(const SignInAttempt& input, const std::string& login,
                     const std::optional<AccountRow>& account, Verdict verdict) {
    database.transact([&](Session& session) {
      if (verdict == Verdict::Wrong) {
        countFailure(session, FailureOf::Address, input.address, clock.now(), policy.address);
      } else {
        forgetFailures(session, FailureOf::Login, login);
      }
      Caller nobodyYet;
      nobodyYet.requestId = input.requestId;
      nobodyYet.address = input.address;
      auto entry = entryOf("sign_in.refused", nobodyYet);
      entry.objectId = account ? account->person.value() : 0;
      entry.detail = {{"reason", reason(verdict)}};
      const auto wait = waitFor(session, FailureOf::Login, login, clock.now());
      if (wait > seconds(0)) entry.detail.emplace_back("wait", std::to_string(wait.count()));
      audit::write(session, clock, entry);
    });
  }

  struct Entered {
    Verdict verdict = Verdict::Wrong;
    NewSession session;
  };

  Entered enter(const SignInAttempt& input, const AccountRow& compared,
                const std::string& newHash) {
    const auto token = base::randomToken();
    return database.transact([&](Session& session) {
      Entered entered;
      const Instant now = clock.now();
      const auto account = lockAccount(session, compared.person);
      if (!account || account->passwordHash != compared.passwordHash) return entered;
      if (account->locked) {
        entered.verdict = Verdict::Locked;
        return entered;
      }
      const auto posts = postsOf(session, account->person, base::localDate(now));
      if (posts.empty()) {
        entered.verdict = Verdict::NoPost;
        return entered;
      }
      if (!newHash.empty()) {
        setPassword(session, account->person, newHash, account->mustChange, now);
      }
      forgetFailures(session, FailureOf::Login, account->login);
      openSession(session, token, account->person, posts.front().post, now, now + policy.absolute,
                  input.address, input.userAgent);
      markSignedIn(session, account->person, posts.front().post, now);
      entered.verdict = Verdict::SignedIn;
      entered.session = newSession(session, token, input);
      audit::write(session, clock, entryOf("sign_in.done", entered.session.caller));
      return entered;
    });
  }

  std::optional<CurrentSession> lookUp(std::string_view token, Presence presence) {
    const Instant now = clock.now();
    if (auto known = memory.find(token, now)) return known;
    const auto age = memory.age();
    auto found = database.read(
        [&](Session& session) { return findSession(session, token, now, policy.idle); });
    if (!found) return std::nullopt;
    if (presence == Presence::Here && now - found->lastSeen >= kSeenEvery) {
      database.transact([&](Session& session) { markSeen(session, token, now); });
    }
    memory.keep(token, found->current, now, age);
    return std::move(found->current);
  }

  NewSession newSession(Session& session, const std::string& token, const SignInAttempt& input) {
    auto found = findSession(session, token, clock.now(), policy.idle);
    NewSession opened;
    opened.token = token;
    opened.caller = std::move(found.value().current.caller);
    opened.caller.requestId = input.requestId;
    opened.caller.address = input.address;
    opened.mustChangePassword = found->current.mustChangePassword;
    opened.life = policy.absolute;
    return opened;
  }
};

SignIn::SignIn(base::db::Database& database, const base::Clock& clock, SignInPolicy policy)
    : state_(std::make_unique<State>(database, clock, policy)) {}
SignIn::~SignIn() = default;

base::Result<NewSession> SignIn::attempt(const SignInAttempt& input) {
  const auto login = cleanLogin(input.login);
  const Turn turn(state_->turns);
  if (!turn.taken()) return base::refuse(RefusalKind::Unavailable, "sign_in.busy");
  static_cast<void>(state_->nobodysHash());
  const auto begun = state_->begin(login, input.address);
  if (begun.wait > seconds(0)) return tooOften(begun.wait);

  State::Entered entered;
  if (state_->matches(input.password, begun.account)) {
    const auto& costs = state_->policy.password;
    const bool rehash = base::passwordNeedsRehash(begun.account->passwordHash, costs);
    entered = state_->enter(input, *begun.account,
                            rehash ? base::hashPassword(input.password, costs) : std::string());
  }
  if (entered.verdict == Verdict::SignedIn) return std::move(entered.session);
  state_->recordRefusal(input, login, begun.account, entered.verdict);
  if (entered.verdict == Verdict::Locked) {
    return base::refuse(RefusalKind::Forbidden, "sign_in.locked");
  }
  if (entered.verdict == Verdict::NoPost) {
    return base::refuse(RefusalKind::Forbidden, "sign_in.no_post");
  }
  return base::refuse(RefusalKind::SignInNeeded, "sign_in.wrong");
}

std::optional<CurrentSession> SignIn::find(std::string_view token, std::string address,
                                           std::string requestId, Presence presence) {
  auto current = state_->lookUp(token, presence);
  if (current) {
    current->caller.address = std::move(address);
    current->caller.requestId = std::move(requestId);
  }
  return current;
}

void SignIn::signOut(std::string_view token, const Caller& caller) {
  state_->database.transact([&](Session& session) {
    if (closeSession(session, token) == 0) return;
    audit::write(session, state_->clock, entryOf("sign_out.done", caller));
  });
  state_->memory.forgetAll();
}

std::size_t SignIn::signOutEverywhere(const Caller& caller) {
  const auto ended = state_->database.transact([&](Session& session) {
    const auto closed = closeSessionsOf(session, caller.person);
    auto entry = entryOf("sign_out.everywhere", caller);
    entry.detail = {{"sessions", std::to_string(closed)}};
    audit::write(session, state_->clock, entry);
    return static_cast<std::size_t>(closed);
  });
  state_->memory.forgetAll();
  return ended;
}

base::Result<void> SignIn::endSession(const Caller& caller, std::int64_t sessionRow) {
  auto ended = state_->database.transact([&](Session& session) -> base::Result<void> {
    if (closeSession(session, caller.person, sessionRow) == 0) {
      return base::refuse(RefusalKind::NotFound, "session.unknown");
    }
    audit::write(session, state_->clock, entryOf("sign_out.other", caller));
    return {};
  });
  state_->memory.forgetAll();
  return ended;
}

std::vector<SessionRow> SignIn::sessions(std::string_view token, const Caller& caller) {
  return state_->database.read([&](Session& session) {
    return sessionsOf(session, caller.person, token, state_->clock.now(), state_->policy.idle);
  });
}

base::Result<Caller> SignIn::switchPost(std::string_view token, const Caller& caller, PostId post) {
  auto switched = state_->database.transact([&](Session& session) -> base::Result<Caller> {
    const Instant now = state_->clock.now();
    const auto posts = postsOf(session, caller.person, base::localDate(now));
    const bool own = std::any_of(posts.begin(), posts.end(),
                                 [&](const HeldPost& held) { return held.post == post; });
    if (!own) return base::refuse(RefusalKind::NotFound, "post.not_yours", "post");
    setPost(session, token, caller.person, post);
    auto found = findSession(session, token, now, state_->policy.idle);
    if (!found) return base::refuse(RefusalKind::SignInNeeded, "session.over");
    Caller next = std::move(found->current.caller);
    next.requestId = caller.requestId;
    next.address = caller.address;
    auto entry = entryOf("session.post_switched", next);
    entry.detail = {{"from_post", std::to_string(caller.post.value())}};
    audit::write(session, state_->clock, entry);
    return next;
  });
  state_->memory.forgetAll();
  return switched;
}

base::Result<void> SignIn::changePassword(std::string_view token, const Caller& caller,
                                          std::string_view current, std::string_view next) {
  const Turn turn(state_->turns);
  if (!turn.taken()) return base::refuse(RefusalKind::Unavailable, "sign_in.busy");
  const auto [wait, account] = state_->database.transact([&](Session& session) {
    State::Begun begun;
    begun.account = lockAccount(session, caller.person);
    if (begun.account) {
      begun.wait = tryOnce(session, FailureOf::Login, begun.account->login, state_->clock.now(),
                           state_->policy.login);
    }
    return begun;
  });
  if (!account) return base::refuse(RefusalKind::SignInNeeded, "session.over");
  if (wait > seconds(0)) return tooOften(wait);
  if (!state_->matches(std::string(current), account)) {
    state_->database.transact([&](Session& session) {
      audit::write(session, state_->clock, entryOf("password.change_refused", caller));
    });
    return base::refuse(RefusalKind::Invalid, "password.wrong", "current");
  }
  state_->database.transact(
      [&](Session& session) { forgetFailures(session, FailureOf::Login, account->login); });
  if (current == next) {
    return base::refuse(RefusalKind::Invalid, "password.unchanged", "password");
  }
  if (auto good = checkPassword(next, {account->login, account->name, account->mail}); !good) {
    return good;
  }
  const auto hash = base::hashPassword(next, state_->policy.password);
  const auto& compared = *account;
  auto changed = state_->database.transact([&](Session& session) -> base::Result<void> {
    const auto now = lockAccount(session, caller.person);
    if (!now || now->passwordHash != compared.passwordHash) {  // somebody reset it meanwhile
      return base::refuse(RefusalKind::SignInNeeded, "session.over");
    }
    setPassword(session, caller.person, hash, false, state_->clock.now());
    closeOtherSessionsOf(session, caller.person, token);
    audit::write(session, state_->clock, entryOf("password.changed", caller));
    return {};
  });
  state_->memory.forgetAll();
  return changed;
}

std::string SignIn::csrfToken(std::string_view token) {
  std::string text = base::base64(base::hmacSha256(token, "eoffice.csrf"));
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.erase(text.find_last_not_of('=') + 1);
  return text;
}

bool SignIn::csrfMatches(std::string_view token, std::string_view csrf) {
  return !token.empty() && base::sameSecret(csrfToken(token), csrf);
}

void SignIn::purge() {
  const Instant now = state_->clock.now();
  const auto forget = std::max(state_->policy.login.forget, state_->policy.address.forget);
  bool more = true;
  while (more) {
    more = state_->database.transact(
        [&](Session& session) { return purgeSessions(session, now, now - forget); });
  }
}

}  // namespace eoffice::directory
