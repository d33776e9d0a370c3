#include "eoffice/directory/lockout.h"

#include <algorithm>

#include "base/crypto/digest.h"

namespace eoffice::directory {
namespace {

using base::Instant;
using base::db::Session;
using std::chrono::seconds;

constexpr std::string_view kWait =
    "/* sign_in.wait */ SELECT wait_until FROM sign_in_failure WHERE kind = ? AND subject = "
    "UNHEX(?)";
// Makes the row, or locks the one that is there.
constexpr std::string_view kLock = R"(/* sign_in.lockFailures */
  INSERT INTO sign_in_failure (kind, subject, failures, last_failure_at, wait_until)
  VALUES (?, UNHEX(?), 0, ?, ?) ON DUPLICATE KEY UPDATE kind = kind)";
constexpr std::string_view kRead = R"(/* sign_in.readFailures */
  SELECT failures, last_failure_at, wait_until FROM sign_in_failure
  WHERE kind = ? AND subject = UNHEX(?) FOR UPDATE)";
constexpr std::string_view kCount = R"(/* sign_in.countFailure */
  UPDATE sign_in_failure SET failures = ?, last_failure_at = ?, wait_until = ?
  WHERE kind = ? AND subject = UNHEX(?))";
constexpr std::string_view kForget =
    "/* sign_in.forgetFailures */ DELETE FROM sign_in_failure WHERE kind = ? AND subject = "
    "UNHEX(?)";

seconds until(Instant end, Instant now) {
  return end <= now ? seconds(0) : std::chrono::ceil<seconds>(end - now);
}

struct Failures {
  int count = 0;
  Instant last{};
  Instant waitUntil{};
};

Failures lockFailures(Session& session, FailureOf kind, const std::string& digest, Instant now) {
  session.execute(kLock, {kind, digest, now, now});
  const auto row = session.get(kRead, {kind, digest});
  return {static_cast<int>(row.integer(0)), row.instant(1), row.instant(2)};
}

void addFailure(Session& session, FailureOf kind, const std::string& digest, Instant now,
                const Failures& before, const LockoutPolicy& policy) {
  const int count = now - before.last > policy.forget ? 1 : before.count + 1;
  session.execute(kCount, {count, now, now + delayAfter(count, policy), kind, digest});
}

}  // namespace

seconds delayAfter(int failures, const LockoutPolicy& policy) {
  if (failures < policy.freeTries) return seconds(0);
  seconds delay = policy.first;
  for (int i = policy.freeTries; i < failures && delay < policy.longest; ++i) delay *= 2;
  return std::min(delay, policy.longest);
}

seconds waitFor(Session& session, FailureOf kind, std::string_view subject, Instant now) {
  const auto row = session.find(kWait, {kind, base::sha256Hex(subject)});
  return row ? until(row->instant(0), now) : seconds(0);
}

seconds tryOnce(Session& session, FailureOf kind, std::string_view subject, Instant now,
                const LockoutPolicy& policy) {
  const auto digest = base::sha256Hex(subject);
  const auto before = lockFailures(session, kind, digest, now);
  if (const auto wait = until(before.waitUntil, now); wait > seconds(0)) return wait;
  addFailure(session, kind, digest, now, before, policy);
  return seconds(0);
}

void countFailure(Session& session, FailureOf kind, std::string_view subject, Instant now,
                  const LockoutPolicy& policy) {
  const auto digest = base::sha256Hex(subject);
  addFailure(session, kind, digest, now, lockFailures(session, kind, digest, now), policy);
}

void forgetFailures(Session& session, FailureOf kind, std::string_view subject) {
  session.execute(kForget, {kind, base::sha256Hex(subject)});
}

}  // namespace eoffice::directory
