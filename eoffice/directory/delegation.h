// Standing in for somebody who is away: from one post to another of the same agency, from day to
// day, for some kinds of step and never for signing. Looked at once, when a step is opened; the
// step then keeps both posts. Knows nothing of steps. The caller owns the transaction.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/db/database.h"
#include "base/result.h"
#include "eoffice/directory/caller.h"

namespace eoffice::directory {

using DelegationId = base::Id<struct DelegationTag>;

/// Bits, stored in `delegation.scope`: never renumber. Signing is none of them and never will be:
/// a personal key is never lent.
enum class Scope : std::uint8_t { Read = 1, Direct = 2, Approve = 4 };
using Scopes = std::uint8_t;
[[nodiscard]] constexpr Scopes operator|(Scope a, Scope b) {
  return static_cast<Scopes>(static_cast<Scopes>(a) | static_cast<Scopes>(b));
}

[[nodiscard]] constexpr Scopes operator|(Scopes scopes, Scope one) {
  return static_cast<Scopes>(scopes | static_cast<Scopes>(one));
}
inline constexpr std::array kScopes{Scope::Read, Scope::Direct, Scope::Approve};
/// Everything that can be lent.
inline constexpr Scopes kAllScopes = Scope::Read | Scope::Direct | Scope::Approve;
[[nodiscard]] constexpr bool has(Scopes scopes, Scope scope) {
  return (scopes & static_cast<Scopes>(scope)) != 0;
}
/// Stable names for JSON, forms and text keys: `read`, `direct`, `approve`.
[[nodiscard]] std::string_view nameOf(Scope scope);
/// Empty when one of the names is none.
[[nodiscard]] std::optional<Scopes> scopesFrom(const std::vector<std::string>& names);

struct Delegation {
  DelegationId id;
  PostId from;
  PostId to;
  base::LocalDate first{};  ///< Inclusive.
  base::LocalDate last{};   ///< Inclusive.
  Scopes scopes = 0;
  bool revoked = false;
};

/// Who gets a step, and for whom.
struct StepHolder {
  PostId holder;
  PostId onBehalfOf;  ///< The post the step was meant for; not valid when that is the holder.
};

/// Pure rule: which of `delegations` (any posts, any days) takes a step meant for `post` that opens
/// on `day`. The delegate's own delegations are not followed.
[[nodiscard]] StepHolder resolveHolder(PostId post, Scope scope, base::LocalDate day,
                                       const std::vector<Delegation>& delegations);

/// The same from the database; a delegate whose post has ended is passed over. One query.
[[nodiscard]] StepHolder holderFor(base::db::Session& session, PostId post, Scope scope,
                                   base::LocalDate day);

struct NewDelegation {
  PostId from;
  PostId to;
  base::LocalDate first{};
  base::LocalDate last{};
  Scopes scopes = 0;
};

/// By the holder of `from`, or an administrator of its agency. Refuses `delegation.not_yours`,
/// `.to_oneself`, `.other_agency`, `.dates` (last before first or before today), `.too_long` (over
/// a year), `.scope` (none, or a bit that is none), `.post_ended`, `.overlaps` (a day and scope
/// that another one of this post has).
[[nodiscard]] base::Result<DelegationId> delegate(base::db::Session& session,
                                                  const base::Clock& clock, const Caller& caller,
                                                  const NewDelegation& input);
/// Ends it now; steps that were opened keep their holder. Refuses `delegation.unknown`.
[[nodiscard]] base::Result<void> revokeDelegation(base::db::Session& session,
                                                  const base::Clock& clock, const Caller& caller,
                                                  DelegationId delegation);
/// Given and received ones of a post that are not over on `day`, by first day.
[[nodiscard]] std::vector<Delegation> delegationsOf(base::db::Session& session, PostId post,
                                                    base::LocalDate day);

}  // namespace eoffice::directory
