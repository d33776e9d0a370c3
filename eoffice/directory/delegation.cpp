#include "eoffice/directory/delegation.h"

#include <algorithm>

#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/permissions.h"

namespace eoffice::directory {
namespace {

using base::RefusalKind;
using base::db::Session;

constexpr int kLongestDays = 366;

constexpr std::string_view kHolderFor = R"(/* directory.holderFor */
  SELECT g.to_post_id FROM delegation g JOIN post t ON t.id = g.to_post_id
  WHERE g.from_post_id = ? AND ? BETWEEN g.first_day AND g.last_day AND g.scope & ? <> 0
    AND g.revoked_at IS NULL AND ? BETWEEN t.valid_from AND t.valid_to
  ORDER BY g.id LIMIT 1)";
// Locks the giver's post: two delegations of one post are made one after the other.
constexpr std::string_view kLockPosts = R"(/* directory.lockDelegationPosts */
  SELECT f.person_id, f.agency_id, t.person_id, t.agency_id,
         ? BETWEEN f.valid_from AND f.valid_to AND ? BETWEEN t.valid_from AND t.valid_to
  FROM post f JOIN post t ON t.id = ? WHERE f.id = ? FOR UPDATE)";
constexpr std::string_view kOverlapping = R"(/* directory.overlappingDelegation */
  SELECT id FROM delegation
  WHERE from_post_id = ? AND revoked_at IS NULL AND first_day <= ? AND last_day >= ?
    AND scope & ? <> 0 LIMIT 1)";
constexpr std::string_view kInsert = R"(/* directory.delegate */
  INSERT INTO delegation (from_post_id, to_post_id, first_day, last_day, scope, created_by, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?))";
constexpr std::string_view kFindOne = R"(/* directory.findDelegation */
  SELECT g.id, g.from_post_id, g.to_post_id, g.first_day, g.last_day, g.scope,
         g.revoked_at IS NOT NULL, p.person_id, p.agency_id
  FROM delegation g JOIN post p ON p.id = g.from_post_id WHERE g.id = ? FOR UPDATE)";
constexpr std::string_view kRevoke = R"(/* directory.revokeDelegation */
  UPDATE delegation SET revoked_by = ?, revoked_at = ? WHERE id = ? AND revoked_at IS NULL)";
constexpr std::string_view kOfPost = R"(/* directory.delegationsOf */
  SELECT id, from_post_id, to_post_id, first_day, last_day, scope, revoked_at IS NOT NULL
  FROM delegation WHERE (from_post_id = ? OR to_post_id = ?) AND last_day >= ? AND revoked_at IS NULL
  ORDER BY first_day, id)";

Delegation readDelegation(const base::db::Row& row) {
  Delegation delegation;
  delegation.id = row.id<DelegationId>(0);
  delegation.from = row.id<PostId>(1);
  delegation.to = row.id<PostId>(2);
  delegation.first = row.date(3);
  delegation.last = row.date(4);
  delegation.scopes = static_cast<Scopes>(row.integer(5));
  delegation.revoked = row.flag(6);
  return delegation;
}

bool covers(const Delegation& delegation, Scope scope, base::LocalDate day) {
  return !delegation.revoked && has(delegation.scopes, scope) && delegation.first <= day &&
         day <= delegation.last;
}

// The holder of the post, or who manages delegations in its agency.
bool mayGive(const Caller& caller, PersonId owner, AgencyId agency) {
  if (caller.person == owner) return true;
  return may(caller, Capability::ManageDelegations) &&
         (caller.agency == agency || may(caller, Capability::ManageAgencies));
}

base::Result<void> checkInput(const NewDelegation& input, base::LocalDate today) {
  if (!input.first.ok() || !input.last.ok() || input.last < input.first || input.last < today) {
    return base::refuse(RefusalKind::Invalid, "delegation.dates", "last");
  }
  if (base::daysBetween(input.first, input.last) >= kLongestDays) {
    return base::refuse(RefusalKind::Invalid, "delegation.too_long", "last");
  }
  // R-32: the scopes that exist, of which signing is none.
  if (input.scopes == 0 || (input.scopes & ~kAllScopes) != 0) {
    return base::refuse(RefusalKind::Invalid, "delegation.scope", "scopes");
  }
  return {};
}

base::Result<void> checkPosts(Session& session, const Caller& caller, const NewDelegation& input,
                              base::LocalDate today) {
  const auto row = session.find(kLockPosts, {today, today, input.to, input.from});
  if (!row) return base::refuse(RefusalKind::NotFound, "post.unknown", "to");
  if (!mayGive(caller, row->id<PersonId>(0), row->id<AgencyId>(1))) {
    return base::refuse(RefusalKind::Forbidden, "delegation.not_yours", "from");
  }
  if (row->id<PersonId>(0) == row->id<PersonId>(2)) {
    return base::refuse(RefusalKind::Invalid, "delegation.to_oneself", "to");
  }
  if (row->id<AgencyId>(1) != row->id<AgencyId>(3)) {
    return base::refuse(RefusalKind::Invalid, "delegation.other_agency", "to");
  }
  if (!row->flag(4)) return base::refuse(RefusalKind::Conflict, "delegation.post_ended", "to");
  return {};
}

void auditDelegation(Session& session, const base::Clock& clock, const Caller& caller,
                     std::string act, const Delegation& delegation, AgencyId agency) {
  audit::Entry entry;
  entry.act = std::move(act);
  entry.person = caller.person;
  entry.post = caller.post;
  entry.agency = agency;
  entry.objectKind = "delegation";
  entry.objectId = delegation.id.value();
  entry.detail = {{"from_post", std::to_string(delegation.from.value())},
                  {"to_post", std::to_string(delegation.to.value())},
                  {"first_day", base::isoDate(delegation.first)},
                  {"last_day", base::isoDate(delegation.last)},
                  {"scope", std::to_string(delegation.scopes)}};
  entry.requestId = caller.requestId;
  entry.address = caller.address;
  audit::write(session, clock, entry);
}

}  // namespace

std::string_view nameOf(Scope scope) {
  switch (scope) {
    case Scope::Read:
      return "read";
    case Scope::Direct:
      return "direct";
    case Scope::Approve:
      return "approve";
  }
  return "";
}

std::optional<Scopes> scopesFrom(const std::vector<std::string>& names) {
  Scopes scopes = 0;
  for (const auto& name : names) {
    const auto found = std::find_if(kScopes.begin(), kScopes.end(),
                                    [&](Scope scope) { return nameOf(scope) == name; });
    if (found == kScopes.end()) return std::nullopt;
    scopes = scopes | *found;
  }
  return scopes;
}

StepHolder resolveHolder(PostId post, Scope scope, base::LocalDate day,
                         const std::vector<Delegation>& delegations) {
  // R-30: both days belong to it. R-31: looked at once, so a chain is never followed.
  const auto found =
      std::find_if(delegations.begin(), delegations.end(), [&](const Delegation& delegation) {
        return delegation.from == post && covers(delegation, scope, day);
      });
  if (found == delegations.end()) return {post, PostId()};
  return {found->to, post};
}

StepHolder holderFor(Session& session, PostId post, Scope scope, base::LocalDate day) {
  // R-30, R-31: as resolveHolder().
  const auto row = session.find(kHolderFor, {post, day, scope, day});
  if (!row) return {post, PostId()};
  return {row->id<PostId>(0), post};
}

base::Result<DelegationId> delegate(Session& session, const base::Clock& clock,
                                    const Caller& caller, const NewDelegation& input) {
  const auto today = clock.today();
  if (auto checked = checkInput(input, today); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  if (auto checked = checkPosts(session, caller, input, today); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  if (session.find(kOverlapping, {input.from, input.last, input.first, input.scopes})) {
    return base::refuse(RefusalKind::Conflict, "delegation.overlaps", "first");
  }
  const DelegationId id(session.insert(kInsert, {input.from, input.to, input.first, input.last,
                                                 input.scopes, caller.person, clock.now()}));
  auditDelegation(session, clock, caller, "delegation.made",
                  {id, input.from, input.to, input.first, input.last, input.scopes, false},
                  caller.agency);
  return id;
}

base::Result<void> revokeDelegation(Session& session, const base::Clock& clock,
                                    const Caller& caller, DelegationId delegation) {
  const auto row = session.find(kFindOne, {delegation});
  if (!row || !mayGive(caller, row->id<PersonId>(7), row->id<AgencyId>(8))) {
    return base::refuse(RefusalKind::NotFound, "delegation.unknown");
  }
  if (session.execute(kRevoke, {caller.person, clock.now(), delegation}) == 0) return {};
  auditDelegation(session, clock, caller, "delegation.revoked", readDelegation(*row),
                  row->id<AgencyId>(8));
  return {};
}

std::vector<Delegation> delegationsOf(Session& session, PostId post, base::LocalDate day) {
  std::vector<Delegation> delegations;
  for (const auto& row : session.query(kOfPost, {post, post, day})) {
    delegations.push_back(readDelegation(row));
  }
  return delegations;
}

}  // namespace eoffice::directory
