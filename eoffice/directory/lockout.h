// How long a login or an address must wait after failed sign-ins. Rows, not memory: every process
// sees the same. Logins are kept as digests (people type passwords into the wrong field), known or
// not, so that nobody learns which exist. The caller owns the transaction.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "base/clock.h"
#include "base/db/database.h"

namespace eoffice::directory {

struct LockoutPolicy {
  int freeTries = 5;                   ///< Failures before the first delay.
  std::chrono::seconds first{30};      ///< That delay; each further failure doubles it ...
  std::chrono::seconds longest{900};   ///< ... up to this.
  std::chrono::seconds forget{86400};  ///< Without a failure for this long, the count starts anew.
};

/// Pure: the wait that the `failures`-th failure in a row brings. Zero below `freeTries`.
[[nodiscard]] std::chrono::seconds delayAfter(int failures, const LockoutPolicy& policy);

/// Stored in `sign_in_failure.kind`: never renumber.
enum class FailureOf : std::uint8_t { Login = 1, Address = 2 };

/// Zero when an attempt may be made at `now`; else how long to wait.
[[nodiscard]] std::chrono::seconds waitFor(base::db::Session& session, FailureOf kind,
                                           std::string_view subject, base::Instant now);

/// waitFor() and countFailure() under one lock: zero when the attempt may be made, which is then
/// counted as failed already (a hundred at once are a hundred); forgetFailures() after it
/// succeeded.
[[nodiscard]] std::chrono::seconds tryOnce(base::db::Session& session, FailureOf kind,
                                           std::string_view subject, base::Instant now,
                                           const LockoutPolicy& policy);

/// Counts one failure.
void countFailure(base::db::Session& session, FailureOf kind, std::string_view subject,
                  base::Instant now, const LockoutPolicy& policy);

void forgetFailures(base::db::Session& session, FailureOf kind, std::string_view subject);

}  // namespace eoffice::directory
