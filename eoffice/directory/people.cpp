#include "eoffice/directory/people.h"

#include <algorithm>
#include <array>

#include "base/db/in_list.h"
#include "eoffice/directory/rows.h"

namespace eoffice::directory {
namespace {

using base::db::Session;

constexpr std::array<std::string_view, 8> kRoleNames{
    "clerk",  "official",       "head_of_unit", "head_of_office",
    "leader", "records_keeper", "unit_admin",   "system_admin"};

constexpr std::string_view kFindPost =
    "/* directory.findPost */ " POST_CARD_SELECT "WHERE p.id = ?";
constexpr std::string_view kFindPosts =
    "/* directory.findPosts */ " POST_CARD_SELECT "WHERE p.id IN ";
// STRAIGHT_JOIN: there is one order for these joins, and the server need not look for it.
constexpr std::string_view kPostNames = R"(/* directory.postNames */
  SELECT p.id, n.name, p.title, p.unit_id, u.name
  FROM post p STRAIGHT_JOIN person n ON n.id = p.person_id LEFT JOIN unit u ON u.id = p.unit_id
  WHERE p.id IN )";
constexpr std::string_view kPostsOf = R"(/* directory.postsOf */
  SELECT p.id, p.title, p.role, p.agency_id, a.name, p.unit_id
  FROM post p STRAIGHT_JOIN agency a ON a.id = p.agency_id
  LEFT JOIN account k ON k.person_id = p.person_id
  WHERE p.person_id = ? AND ? BETWEEN p.valid_from AND p.valid_to
    AND ? BETWEEN a.valid_from AND a.valid_to AND COALESCE(k.locked, 0) = 0
  ORDER BY COALESCE(k.last_post_id, 0) <> p.id, p.id)";
constexpr std::string_view kPostsByRole =
    "/* directory.postsByRole */ " POST_CARD_SELECT
    "WHERE p.agency_id = ? AND p.role = ? AND" POST_IS_ACTIVE "ORDER BY n.name, p.id";
// From the unit upwards; the nearest head first.
constexpr std::string_view kHeadOfUnit =
    "/* directory.headOfUnit */ WITH RECURSIVE up (id, step) AS ("
    " SELECT CAST(? AS SIGNED), 0 UNION ALL"
    " SELECT v.parent_id, up.step + 1 FROM up JOIN unit v ON v.id = up.id"
    " WHERE v.parent_id IS NOT NULL AND up.step < 20) " POST_CARD_SELECT
    "JOIN up ON up.id = p.unit_id WHERE p.role IN (3, 4) AND" POST_IS_ACTIVE
    "ORDER BY up.step, p.id LIMIT 1";
// Everybody who could watch over the post, the nearest first: heads of its unit and those above,
// then the head of office, then leaders.
constexpr std::string_view kHeadOf =
    "/* directory.headOf */ WITH RECURSIVE up (id, step) AS ("
    " SELECT unit_id, 0 FROM post WHERE id = ? AND unit_id IS NOT NULL UNION ALL"
    " SELECT v.parent_id, up.step + 1 FROM up JOIN unit v ON v.id = up.id"
    " WHERE v.parent_id IS NOT NULL AND up.step < 20) " POST_CARD_SELECT
    "JOIN post me ON me.id = ? AND me.agency_id = p.agency_id AND me.person_id <> p.person_id"
    " LEFT JOIN up ON up.id = p.unit_id AND p.role IN (3, 4)"
    " WHERE (up.id IS NOT NULL OR p.role IN (4, 5))"
    " AND (p.role > me.role OR me.role > 5 OR (me.role = 5 AND p.role = 5)"
    "  OR (me.role = 3 AND p.role = 3 AND up.step > 0)) AND" POST_IS_ACTIVE
    "ORDER BY up.id IS NULL, up.step, p.role, p.id LIMIT 1";
constexpr std::string_view kAssignable =
    "/* directory.assignablePosts */ " POST_CARD_SELECT
    "WHERE p.agency_id = ? AND p.role IN (2, 3, 4, 5) AND" POST_IS_ACTIVE
    "ORDER BY p.role DESC, u.name, n.name, p.id";
constexpr std::string_view kEnterAbsence = R"(/* directory.enterAbsence */
  INSERT INTO absence (person_id, first_day, last_day) VALUES (?, ?, ?)
  ON DUPLICATE KEY UPDATE last_day = VALUES(last_day))";

std::optional<PostCard> maybeCard(std::optional<base::db::Row> row) {
  if (!row) return std::nullopt;
  return readPostCard(*row);
}

}  // namespace

std::string_view name(Role role) {
  const auto index = static_cast<std::size_t>(role) - 1;
  return index < kRoleNames.size() ? kRoleNames.at(index) : std::string_view{};
}

std::optional<Role> roleNamed(std::string_view name) {
  const auto found = std::find(kRoleNames.begin(), kRoleNames.end(), name);
  if (found == kRoleNames.end()) return std::nullopt;
  return static_cast<Role>(found - kRoleNames.begin() + 1);
}

std::optional<PostCard> findPost(Session& session, PostId post, base::LocalDate day) {
  return maybeCard(session.find(kFindPost, postCardParams(day, {post})));
}

std::vector<PostCard> findPosts(Session& session, std::span<const PostId> posts,
                                base::LocalDate day) {
  if (posts.empty()) return {};
  const base::db::InList wanted(posts);
  return readPostCards(
      session.query(std::string(kFindPosts) + wanted.text(), postCardParams(day, wanted.params())));
}

PostNames postNames(Session& session, std::span<const PostId> posts) {
  PostNames names;
  if (posts.empty()) return names;
  const base::db::InList wanted(posts);
  for (const auto& row : session.query(std::string(kPostNames) + wanted.text(), wanted.params())) {
    const auto post = row.id<PostId>(0);
    names.emplace(post, PostName{post, row.text(1), row.text(2), row.id<UnitId>(3), row.textOr(4)});
  }
  return names;
}

std::vector<HeldPost> postsOf(Session& session, PersonId person, base::LocalDate day) {
  std::vector<HeldPost> posts;
  for (const auto& row : session.query(kPostsOf, {person, day, day})) {
    posts.push_back({row.id<PostId>(0), row.text(1), row.code<Role>(2), row.id<AgencyId>(3),
                     row.text(4), row.id<UnitId>(5)});
  }
  return posts;
}

std::vector<PostCard> postsByRole(Session& session, AgencyId agency, Role role,
                                  base::LocalDate day) {
  return readPostCards(session.query(kPostsByRole, postCardParams(day, {agency, role, day, day})));
}

std::optional<PostCard> headOfOffice(Session& session, AgencyId agency, base::LocalDate day) {
  auto heads = postsByRole(session, agency, Role::HeadOfOffice, day);
  if (heads.empty()) return std::nullopt;
  return std::move(heads.front());
}

std::optional<PostCard> headOfUnit(Session& session, UnitId unit, base::LocalDate day) {
  base::db::Params params{unit};
  for (auto& param : postCardParams(day, {day, day})) params.push_back(std::move(param));
  return maybeCard(session.find(kHeadOfUnit, params));
}

std::optional<PostCard> headOf(Session& session, PostId post, base::LocalDate day) {
  base::db::Params params{post};
  for (auto& param : postCardParams(day, {post, day, day})) params.push_back(std::move(param));
  return maybeCard(session.find(kHeadOf, params));
}

std::vector<PostCard> assignablePosts(Session& session, AgencyId agency, base::LocalDate day) {
  return readPostCards(session.query(kAssignable, postCardParams(day, {agency, day, day})));
}

void enterAbsence(Session& session, PersonId person, base::LocalDate first, base::LocalDate last) {
  session.execute(kEnterAbsence, {person, first, last});
}

}  // namespace eoffice::directory
