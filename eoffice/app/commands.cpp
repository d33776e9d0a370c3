#include "eoffice/app/commands.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "eoffice/app/office_process.h"
#include "eoffice/app/platform.h"
#include "eoffice/app/process_parts.h"
#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/accounts.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/heads.h"
#include "eoffice/directory/import.h"
#include "eoffice/directory/people.h"
#include "eoffice/signing/key_store.h"

namespace eoffice::app {
namespace {

using base::Config;

std::string readFile(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// An office's store with its schema up to date.
struct Opened {
  explicit Opened(const Config& config) : clock(makeClock(config)), store(config) {
    store.migrate(config, Kind::Office);
  }
  std::unique_ptr<base::Clock> clock;
  Store store;
};

std::string text(std::size_t number) { return std::to_string(number); }

base::Texts::Facts countsOf(const directory::ImportCounts& counts) {
  return {{"created", text(counts.created)},
          {"changed", text(counts.changed)},
          {"unchanged", text(counts.unchanged)}};
}

Exit printUsers(const Console& console, Opened& office) {
  const auto rows = office.store.database().read([&](base::db::Session& session) {
    return directory::listUsers(session, {}, office.clock->today());
  });
  for (const auto& row : rows) {
    std::string posts;
    for (const auto& post : row.posts) posts += (posts.empty() ? "" : "; ") + post;
    console.print(row.login + "\t" + row.name + "\t" + posts +
                  (row.locked ? "\t" + console.say("cli.user.locked") : ""));
  }
  return Exit::Done;
}

Exit printPassword(const Console& console,
                   const base::Result<directory::InitialPassword>& password) {
  if (!password) {
    console.complain(password.error());
    return Exit::Refused;
  }
  console.print(console.say("cli.user.password",
                            {{"login", password->login}, {"password", password->password}}));
  return Exit::Done;
}

directory::NewUser newUser(const UserInput& input) {
  return {.login = input.login,
          .name = input.name,
          .mail = input.mail,
          .phone = input.phone,
          .agencyCode = input.agency,
          .unitCode = input.unit,
          .title = input.title,
          .role = directory::roleNamed(input.role).value_or(Role::Official)};
}

// Whose key is imported.
struct KeyOwner {
  std::string label;  ///< Of the key in its store.
  std::string name;   ///< That the certificate must bear; empty: any.
  std::string kind;   ///< For the audit: `person`, `agency`
  std::int64_t id = 0;
};

// By login, or by an agency's code. An agency's certificate may write its name in short: that it is
// the right one is for the operator to see.
std::optional<KeyOwner> keyOwner(Opened& office, const std::string& owner) {
  return office.store.database().read([&](base::db::Session& session) -> std::optional<KeyOwner> {
    if (const auto person = directory::personByLogin(session, owner)) {
      const auto id = person->id.value();
      return KeyOwner{"person-" + std::to_string(id), person->name, "person", id};
    }
    const auto agency = directory::findAgencyByCode(session, owner);
    if (!agency) return std::nullopt;
    return KeyOwner{agency->codeQd20, {}, "agency", agency->id.value()};
  });
}

}  // namespace

Exit serve(const Console&, const Config& config) {
  OfficeProcess process(config);
  process.run();
  return Exit::Done;
}

Exit hub(const Console&, const Config& config) {
  HubProcess process(config);
  process.run();
  return Exit::Done;
}

Exit migrate(const Console& console, const Config& config, const std::string& kind) {
  Store store(config);
  const auto applied = store.migrate(config, kind == "hub" ? Kind::Hub : Kind::Office);
  for (const auto& name : applied) console.print(name);
  console.print(console.say("cli.migrate.done", {{"count", text(applied.size())}}));
  return Exit::Done;
}

Exit checkConfig(const Console& console, const Config& config) {
  console.print(config.describe());
  console.print(console.say("cli.check-config.good"));
  return Exit::Done;
}

Exit importUnits(const Console& console, const Config& config, const std::filesystem::path& file) {
  Opened office(config);
  const auto counts =
      directory::importUnits(office.store.database(), *office.clock, {}, readFile(file));
  if (!counts) {
    console.complain(counts.error());
    return Exit::Refused;
  }
  console.print(console.say("cli.import.units_done", countsOf(*counts)));
  return Exit::Done;
}

Exit importPeople(const Console& console, const Config& config, const std::filesystem::path& file,
                  bool demonstration) {
  Opened office(config);
  const auto done =
      directory::importPeople(office.store.database(), *office.clock, {}, readFile(file),
                              demonstration ? directory::InitialPasswords::Demonstration
                                            : directory::InitialPasswords::Random,
                              {});
  if (!done) {
    console.complain(done.error());
    return Exit::Refused;
  }
  for (const auto& password : done->passwords)
    console.print(password.login + "\t" + password.password);
  console.print(console.say("cli.import.people_done", countsOf(done->people)));
  return Exit::Done;
}

Exit importKey(const Console& console, const Config& config, const std::string& owner,
               const std::filesystem::path& file, const std::string& password) {
  Opened office(config);
  const auto found = keyOwner(office, owner);
  if (!found) {
    console.complain({base::RefusalKind::NotFound, "import.owner_unknown", {}, {{"owner", owner}}});
    return Exit::Refused;
  }
  const Pkcs12KeyStore keys(dataPath(config, "signing.keys", "keys"), *office.clock);
  const auto added = keys.add(found->label, readFile(file), password, found->name);
  if (!added) {
    console.complain(added.error());
    return Exit::Refused;
  }
  office.store.database().transact([&](base::db::Session& session) {
    audit::write(session, *office.clock,
                 {.act = "key.imported",
                  .objectKind = found->kind,
                  .objectId = found->id,
                  .detail = {{"certificate", added->sha256}, {"subject", added->subject}}});
  });
  console.print(console.say("cli.import.key_done", {{"subject", added->subject}}));
  return Exit::Done;
}

Exit user(const Console& console, const Config& config, const UserInput& input) {
  if (input.act == "add" && !directory::roleNamed(input.role)) {
    console.complain(
        {base::RefusalKind::Invalid, "user.role_unknown", "role", {{"role", input.role}}});
    return Exit::Refused;
  }
  Opened office(config);
  auto& database = office.store.database();
  const auto& clock = *office.clock;
  if (input.act == "list") return printUsers(console, office);
  if (input.act == "add") {
    return printPassword(console, database.transact([&](base::db::Session& session) {
      return directory::addUser(session, clock, {}, newUser(input), {});
    }));
  }
  if (input.act == "reset") {
    return printPassword(console, database.transact([&](base::db::Session& session) {
      return directory::resetPassword(session, clock, {}, input.login, {});
    }));
  }
  const auto done = database.transact([&](base::db::Session& session) {
    return input.act == "lock" ? directory::lockUser(session, clock, {}, input.login)
                               : directory::unlockUser(session, clock, {}, input.login);
  });
  if (!done) {
    console.complain(done.error());
    return Exit::Refused;
  }
  // texts: cli.user.*
  console.print(console.say("cli.user." + input.act + "_done", {{"login", input.login}}));
  return Exit::Done;
}

}  // namespace eoffice::app
