#include "eoffice/directory/account_rows.h"

#include "eoffice/directory/rows.h"

namespace eoffice::directory {
namespace {

using base::db::Session;

constexpr std::string_view kInsertPerson = R"(/* person.insert */
  INSERT INTO person (name, search_text, mail, phone) VALUES (?, ?, ?, ?))";
constexpr std::string_view kUpdatePerson = R"(/* person.update */
  UPDATE person SET name = ?, search_text = ?, mail = ?, phone = ? WHERE id = ?)";
constexpr std::string_view kInsertAccount = R"(/* account.insert */
  INSERT INTO account (person_id, login, password_hash, must_change, password_changed_at)
  VALUES (?, ?, ?, ?, ?))";
constexpr std::string_view kInsertPost = R"(/* post.insert */
  INSERT INTO post (person_id, agency_id, unit_id, role, title, valid_from, valid_to)
  VALUES (?, ?, ?, ?, ?, ?, ?))";
constexpr std::string_view kUpdatePost =
    "/* post.update */ UPDATE post SET title = ?, valid_to = ? WHERE id = ?";

}  // namespace

PersonId insertPerson(Session& session, const PersonRow& person) {
  return PersonId(session.insert(
      kInsertPerson,
      {person.name, searchText({person.name, person.login}), person.mail, person.phone}));
}

void updatePerson(Session& session, PersonId id, const PersonRow& person) {
  session.execute(kUpdatePerson, {person.name, searchText({person.name, person.login}), person.mail,
                                  person.phone, id});
}

void insertAccount(Session& session, PersonId person, std::string_view login,
                   const std::string& hash, bool mustChange, base::Instant now) {
  const bool given = !hash.empty();
  session.execute(kInsertAccount, {person, login, given ? base::db::Param(hash) : nullptr,
                                   mustChange, given ? base::db::Param(now) : nullptr});
}

PostId insertPost(Session& session, const PostRow& post) {
  return PostId(
      session.insert(kInsertPost, {post.person, post.agency, post.unit, post.role, post.title,
                                   storedFrom(post.validity), storedTo(post.validity)}));
}

void updatePost(Session& session, PostId id, const PostRow& post) {
  session.execute(kUpdatePost, {post.title, storedTo(post.validity), id});
}

audit::Entry actorEntry(std::string act, const Actor& actor) {
  audit::Entry entry;
  entry.act = std::move(act);
  entry.person = actor.caller.person;
  entry.post = actor.caller.post;
  entry.agency = actor.caller.agency;
  entry.requestId = actor.caller.requestId;
  entry.address = actor.caller.address;
  if (actor.operatorAtConsole()) entry.detail.emplace_back("by", "operator");
  return entry;
}

audit::Entry accountEntry(std::string act, const Actor& actor, PersonId person) {
  auto entry = actorEntry(std::move(act), actor);
  entry.objectKind = "person";
  entry.objectId = person.value();
  return entry;
}

audit::Entry postEntry(std::string act, const Actor& actor, PostId id, const PostRow& post) {
  auto entry = actorEntry(std::move(act), actor);
  entry.objectKind = "post";
  entry.objectId = id.value();
  entry.detail.emplace_back("person", std::to_string(post.person.value()));
  entry.detail.emplace_back("agency", std::to_string(post.agency.value()));
  entry.detail.emplace_back("role", std::string(name(post.role)));
  entry.detail.emplace_back("title", post.title);
  if (post.validity.from) entry.detail.emplace_back("from", base::isoDate(*post.validity.from));
  if (post.validity.to) entry.detail.emplace_back("to", base::isoDate(*post.validity.to));
  return entry;
}

}  // namespace eoffice::directory
