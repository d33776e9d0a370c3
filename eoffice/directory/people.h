// People and the posts they hold: several, in several agencies, over time. A post is one person's;
// when another takes the chair, that is another post. Knows nothing of sign-in (accounts.h) and of
// documents. The caller owns the transaction.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/db/database.h"
#include "base/time.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/caller.h"

namespace eoffice::directory {

/// `head_of_office`, as import files write it.
// texts: role.*
[[nodiscard]] std::string_view name(Role role);
[[nodiscard]] std::optional<Role> roleNamed(std::string_view name);

/// A post with what pages, steps and reminders need of its holder, unit and agency.
struct PostCard {
  PostId post;
  PersonId person;
  std::string personName;
  std::string mail;  ///< Empty when not known.
  std::string phone;
  std::string title;  ///< `Phó Chủ tịch`
  Role role = Role::Official;
  AgencyId agency;
  std::string agencyName;
  UnitId unit;           ///< Not valid at the head of the agency.
  std::string unitName;  ///< Empty then.
  Validity validity;
  bool active = false;  ///< Post, person's account and agency are valid on the day asked for.
  bool absent = false;  ///< An absence is entered, or a delegation runs, on the day asked for.
  PostId delegate;      ///< Who stands in for reading or directing on that day, if anybody.
};

[[nodiscard]] std::optional<PostCard> findPost(base::db::Session& session, PostId post,
                                               base::LocalDate day);
/// Cards of all `posts` that exist, in one query, in no certain order; ended ones too.
[[nodiscard]] std::vector<PostCard> findPosts(base::db::Session& session,
                                              std::span<const PostId> posts, base::LocalDate day);
/// What a list says of a post: nothing that changes from day to day.
struct PostName {
  PostId post;
  std::string personName;
  std::string title;
  UnitId unit;           ///< Not valid at the head of the agency.
  std::string unitName;  ///< Empty then.
};
using PostNames = std::map<PostId, PostName>;
/// Of all `posts` that exist, in one query: a third of findPosts()' cost.
[[nodiscard]] PostNames postNames(base::db::Session& session, std::span<const PostId> posts);
/// A post as its holder chooses among theirs.
struct HeldPost {
  PostId post;
  std::string title;
  Role role = Role::Official;
  AgencyId agency;
  std::string agencyName;
  UnitId unit;  ///< Not valid at the head of the agency.
};
/// The posts that a person holds on `day`, the one used last first.
[[nodiscard]] std::vector<HeldPost> postsOf(base::db::Session& session, PersonId person,
                                            base::LocalDate day);

// Each of these returns active posts of `day` only, by role and name.
[[nodiscard]] std::vector<PostCard> postsByRole(base::db::Session& session, AgencyId agency,
                                                Role role, base::LocalDate day);
[[nodiscard]] inline std::vector<PostCard> clerksOf(base::db::Session& session, AgencyId agency,
                                                    base::LocalDate day) {
  return postsByRole(session, agency, Role::Clerk, day);
}
[[nodiscard]] inline std::vector<PostCard> leadersOf(base::db::Session& session, AgencyId agency,
                                                     base::LocalDate day) {
  return postsByRole(session, agency, Role::Leader, day);
}
[[nodiscard]] std::optional<PostCard> headOfOffice(base::db::Session& session, AgencyId agency,
                                                   base::LocalDate day);
/// The head of the unit, or of the nearest unit above that has one.
[[nodiscard]] std::optional<PostCard> headOfUnit(base::db::Session& session, UnitId unit,
                                                 base::LocalDate day);
/// Who watches over `post`: the head of its unit (or above), else the head of office, else a leader
/// of the agency; never the post itself, never the same person.
[[nodiscard]] std::optional<PostCard> headOf(base::db::Session& session, PostId post,
                                             base::LocalDate day);
/// Who may be lead or support of an instruction in the agency: everyone who handles work, thus not
/// clerks, records keepers and administrators. Units stand for themselves: see unitsOf().
[[nodiscard]] std::vector<PostCard> assignablePosts(base::db::Session& session, AgencyId agency,
                                                    base::LocalDate day);

/// A person is away on these days (inclusive). Reminders and new steps look at it.
void enterAbsence(base::db::Session& session, PersonId person, base::LocalDate first,
                  base::LocalDate last);

}  // namespace eoffice::directory
