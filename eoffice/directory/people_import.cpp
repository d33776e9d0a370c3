#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "eoffice/directory/account_rows.h"
#include "eoffice/directory/bulk.h"
#include "eoffice/directory/import.h"
#include "eoffice/directory/password_rules.h"
#include "eoffice/directory/people_file.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/directory/rows.h"
#include "eoffice/directory/session_rows.h"
#include "eoffice/directory/unit_file.h"

namespace eoffice::directory {
namespace {

using base::db::Session;

constexpr std::string_view kPeople = R"(/* import.people */
  SELECT k.login, k.person_id, n.name, n.mail, n.phone
  FROM account k JOIN person n ON n.id = k.person_id)";
constexpr std::string_view kPosts = R"(/* import.posts */
  SELECT p.id, p.person_id, p.agency_id, p.unit_id, p.role, p.title, p.valid_from, p.valid_to
  FROM post p)";
constexpr std::string_view kHostedAgencies =
    "/* import.hostedAgencies */ SELECT id, code_qd20, hosted FROM agency";
constexpr std::string_view kUnits = "/* import.units */ SELECT id, code, agency_id FROM unit";

// A new account's password, made before the transaction: hashing takes its time.
struct Made {
  std::string password;
  std::string hash;
};
using MadePasswords = std::unordered_map<std::string, Made>;

struct KnownPerson {
  PersonId id;
  PersonRow row;
};
using KnownPeople = std::unordered_map<std::string, KnownPerson>;

KnownPeople readPeople(Session& session) {
  KnownPeople people;
  session.stream(kPeople, {}, [&](const base::db::Row& row) {
    people[row.text(0)] = {row.id<PersonId>(1),
                           {row.text(0), row.text(2), row.text(3), row.text(4)}};
    return true;
  });
  return people;
}

MadePasswords makePasswords(const PeopleFile& file, const KnownPeople& known,
                            InitialPasswords source, const base::PasswordOptions& costs) {
  MadePasswords made;
  if (source == InitialPasswords::None) return made;
  for (const PeopleFileRow& row : file.rows) {
    if (known.contains(row.person.login) || made.contains(row.person.login)) continue;
    const auto password = source == InitialPasswords::Random ? initialPassword() : row.password;
    if (password.empty()) continue;
    made[row.person.login] = {password, base::hashPassword(password, costs)};
  }
  return made;
}

class PeopleApply {
 public:
  PeopleApply(Session& session, const base::Clock& clock, const Actor& actor,
              const PeopleFile& file, ImportFaults& faults)
      : session_(session), clock_(clock), actor_(actor), file_(file), faults_(faults) {}

  /// Finds every agency and unit that the file names.
  std::vector<PostRow> resolve() {
    readPlaces();
    std::vector<PostRow> posts;
    for (const PeopleFileRow& row : file_.rows) {
      PostRow post = row.post;
      post.agency = agencyOf(row);
      post.unit = unitOf(row, post.agency);
      posts.push_back(std::move(post));
    }
    return posts;
  }

  PeopleImport apply(std::vector<PostRow> posts, KnownPeople people, const MadePasswords& made,
                     InitialPasswords source) {
    for (std::size_t i = 0; i < posts.size(); ++i) {
      posts[i].person = keepPerson(file_.rows[i], people, made, source);
    }
    readPosts();
    for (const PostRow& post : posts) keepPost(post);
    return std::move(result_);
  }

 private:
  struct Place {
    std::int64_t id = 0;
    bool hosted = false;
    AgencyId agency;
  };

  void readPlaces() {
    session_.stream(kHostedAgencies, {}, [&](const base::db::Row& row) {
      agencies_[codeKey(row.text(1))] = {row.integer(0), row.flag(2), {}};
      return true;
    });
    session_.stream(kUnits, {}, [&](const base::db::Row& row) {
      units_[codeKey(row.text(1))] = {row.integer(0), false, row.id<AgencyId>(2)};
      return true;
    });
  }

  AgencyId agencyOf(const PeopleFileRow& row) {
    if (row.agency.empty()) return {};
    const auto found = agencies_.find(codeKey(row.agency));
    if (found == agencies_.end()) {
      faults_.add("import.agency_unknown", row.line, "agency", {{"code", row.agency}});
      return {};
    }
    if (!found->second.hosted) {
      faults_.add("import.agency_not_hosted", row.line, "agency", {{"code", row.agency}});
    }
    return AgencyId(found->second.id);
  }

  UnitId unitOf(const PeopleFileRow& row, AgencyId agency) {
    if (row.unit.empty() || !agency.valid()) return {};
    const auto found = units_.find(codeKey(row.unit));
    if (found == units_.end() || found->second.agency != agency) {
      faults_.add("import.unit_unknown", row.line, "unit",
                  {{"code", row.unit}, {"agency", row.agency}});
      return {};
    }
    return UnitId(found->second.id);
  }

  PersonId keepPerson(const PeopleFileRow& row, KnownPeople& people, const MadePasswords& made,
                      InitialPasswords source) {
    const bool first = seen_.insert(row.person.login).second;
    const auto known = people.find(row.person.login);
    if (known == people.end()) return addPerson(row, people, made, source);
    if (!first) return known->second.id;
    PersonRow next = known->second.row;
    next.name = row.person.name;
    if (file_.hasMail) next.mail = row.person.mail;
    if (file_.hasPhone) next.phone = row.person.phone;
    const PersonRow& before = known->second.row;
    if (next.name == before.name && next.mail == before.mail && next.phone == before.phone) {
      ++result_.people.unchanged;
      return known->second.id;
    }
    updatePerson(session_, known->second.id, next);
    audit::write(session_, clock_, accountEntry("person.changed", actor_, known->second.id));
    ++result_.people.changed;
    return known->second.id;
  }

  PersonId addPerson(const PeopleFileRow& row, KnownPeople& people, const MadePasswords& made,
                     InitialPasswords source) {
    const PersonId id = insertPerson(session_, row.person);
    const auto password = made.find(row.person.login);
    const bool random = source == InitialPasswords::Random && password != made.end();
    insertAccount(session_, id, row.person.login,
                  password == made.end() ? std::string() : password->second.hash, random,
                  clock_.now());
    if (random) result_.passwords.push_back({id, row.person.login, password->second.password});
    audit::write(session_, clock_, accountEntry("account.added", actor_, id));
    people[row.person.login] = {id, row.person};
    ++result_.people.created;
    return id;
  }

  using PostKey = std::tuple<PersonId, AgencyId, UnitId, Role, std::string>;
  static PostKey keyOf(const PostRow& post) {
    return {post.person, post.agency, post.unit, post.role, storedFrom(post.validity)};
  }

  void readPosts() {
    session_.stream(kPosts, {}, [&](const base::db::Row& row) {
      PostRow post{row.id<PersonId>(1), row.id<AgencyId>(2), row.id<UnitId>(3),
                   row.code<Role>(4),   row.text(5),         readValidity(row, 6)};
      const auto key = keyOf(post);
      posts_[key] = {row.id<PostId>(0), std::move(post)};
      return true;
    });
  }

  void keepPost(const PostRow& post) {
    const auto known = posts_.find(keyOf(post));
    if (known == posts_.end()) {
      const PostId id = insertPost(session_, post);
      audit::write(session_, clock_, postEntry("post.added", actor_, id, post));
      ++result_.posts.created;
      return;
    }
    const auto& [id, before] = known->second;
    if (before.title == post.title && before.validity == post.validity) {
      ++result_.posts.unchanged;
      return;
    }
    updatePost(session_, id, post);
    audit::write(session_, clock_, postEntry("post.changed", actor_, id, post));
    ++result_.posts.changed;
  }

  Session& session_;
  const base::Clock& clock_;
  const Actor& actor_;
  const PeopleFile& file_;
  ImportFaults& faults_;
  std::unordered_map<std::string, Place> agencies_, units_;
  std::map<PostKey, std::pair<PostId, PostRow>> posts_;
  std::unordered_set<std::string> seen_;
  PeopleImport result_;
};

}  // namespace

base::Result<PeopleImport> importPeople(base::db::Database& database, const base::Clock& clock,
                                        const Actor& actor, std::string_view csv,
                                        InitialPasswords passwords,
                                        const base::PasswordOptions& costs) {
  if (!actor.operatorAtConsole()) {
    if (auto allowed = require(actor.caller, Capability::ManageAgencies); !allowed) {
      return tl::unexpected(std::move(allowed.error()));
    }
  }
  ImportFaults formFaults;
  const PeopleFile file = readPeopleFile(csv, passwords, formFaults);
  if (!file.whole) return std::move(formFaults).refuse();
  MadePasswords made;
  if (!formFaults.any()) {
    const auto known = database.read([](Session& session) { return readPeople(session); });
    made = makePasswords(file, known, passwords, costs);
  }
  return database.transact([&](Session& session) -> base::Result<PeopleImport> {
    lockDirectory(session, clock.now());
    ImportFaults faults = formFaults;
    PeopleApply import(session, clock, actor, file, faults);
    auto posts = import.resolve();
    if (faults.any()) return std::move(faults).refuse();
    return import.apply(std::move(posts), readPeople(session), made, passwords);
  });
}

}  // namespace eoffice::directory
