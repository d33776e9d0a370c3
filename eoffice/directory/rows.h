// How rows of the directory's tables become its values: for the sources of this folder only.
#pragma once

#include <string_view>

#include "base/db/value.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/people.h"

namespace eoffice::directory {

// "No bound" of a validity, as stored.
inline constexpr std::string_view kNoFirstDay = "1000-01-01";
inline constexpr std::string_view kNoLastDay = "9999-12-31";
[[nodiscard]] std::string storedFrom(const Validity& validity);
[[nodiscard]] std::string storedTo(const Validity& validity);

/// Of `valid_from` at `column` and `valid_to` after it.
[[nodiscard]] Validity readValidity(const base::db::Row& row, std::size_t column);

// Of `agency a`.
#define AGENCY_COLUMNS                                                                      \
  "a.id, a.code_qd20, a.code_qcvn, a.parent_id, a.level, a.kind, a.name, a.short_name,"     \
  " a.notation, a.address, a.phone, a.mail, a.website, a.hosted, a.valid_from, a.valid_to," \
  " a.successor_id"
[[nodiscard]] Agency readAgency(const base::db::Row& row);

// Of `unit u`.
#define UNIT_COLUMNS                                                                        \
  "u.id, u.agency_id, u.parent_id, u.code, u.name, u.short_name, u.notation, u.valid_from," \
  " u.valid_to, u.successor_id"
[[nodiscard]] Unit readUnit(const base::db::Row& row);

// A card takes the day five times: whether the post is active (its days, the agency's, an account
// that is not locked), an absence, a delegation. `p` is post, `n` person, `a` agency, `u` unit.
#define POST_CARD_SELECT                                                                          \
  "SELECT p.id, p.person_id, n.name, n.mail, n.phone, p.title, p.role, p.agency_id, a.name,"      \
  " p.unit_id, u.name, p.valid_from, p.valid_to,"                                                 \
  " (? BETWEEN p.valid_from AND p.valid_to AND ? BETWEEN a.valid_from AND a.valid_to"             \
  "  AND NOT EXISTS (SELECT 1 FROM account c WHERE c.person_id = p.person_id AND c.locked = 1))," \
  " EXISTS (SELECT 1 FROM absence w WHERE w.person_id = p.person_id"                              \
  "  AND ? BETWEEN w.first_day AND w.last_day),"                                                  \
  " (SELECT g.to_post_id FROM delegation g JOIN post t ON t.id = g.to_post_id"                    \
  "  WHERE g.from_post_id = p.id AND ? BETWEEN g.first_day AND g.last_day"                        \
  "  AND g.revoked_at IS NULL AND ? BETWEEN t.valid_from AND t.valid_to"                          \
  "  ORDER BY g.scope & 2 DESC, g.id LIMIT 1)"                                                    \
  " FROM post p JOIN person n ON n.id = p.person_id JOIN agency a ON a.id = p.agency_id"          \
  " LEFT JOIN unit u ON u.id = p.unit_id "
// The condition of an active post; takes the day twice.
#define POST_IS_ACTIVE                                                               \
  " ? BETWEEN p.valid_from AND p.valid_to AND ? BETWEEN a.valid_from AND a.valid_to" \
  " AND NOT EXISTS (SELECT 1 FROM account c WHERE c.person_id = p.person_id AND c.locked = 1) "

/// The parameters of POST_CARD_SELECT, then `more`.
[[nodiscard]] base::db::Params postCardParams(base::LocalDate day, base::db::Params more);
[[nodiscard]] PostCard readPostCard(const base::db::Row& row);
[[nodiscard]] std::vector<PostCard> readPostCards(const base::db::Rows& rows);

/// For comparing with an ASCII column, which the server refuses to do with other letters: those
/// become
/// `?`, which no code and no login has.
[[nodiscard]] std::string asciiOnly(std::string_view text);

/// What search compares: folded words of all `texts` with a space before, between and after.
[[nodiscard]] std::string searchText(std::initializer_list<std::string_view> texts);
}  // namespace eoffice::directory
