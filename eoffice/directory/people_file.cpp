#include "eoffice/directory/people_file.h"

#include <array>
#include <map>
#include <tuple>
#include <unordered_map>

#include "base/text.h"
#include "eoffice/directory/password_rules.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/unit_file.h"

namespace eoffice::directory {
namespace {

constexpr std::array kColumns{
    ImportColumn{"login", true}, ImportColumn{"name", true},   ImportColumn{"mail"},
    ImportColumn{"phone"},       ImportColumn{"agency", true}, ImportColumn{"unit"},
    ImportColumn{"title", true}, ImportColumn{"role", true},   ImportColumn{"valid_from"},
    ImportColumn{"valid_to"},    ImportColumn{"password"},
};

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestPhone = 50;
constexpr std::size_t kLongestCode = 64;

PeopleFileRow readRow(ImportRow& row, const ImportTable& table, InitialPasswords passwords) {
  PeopleFileRow read;
  read.line = row.line();
  read.person.login = base::lowerAscii(row.needed("login", kLongestCode));
  if (!read.person.login.empty() && !isLogin(read.person.login)) {
    row.fault("import.login", "login", {{"login", read.person.login}});
  }
  read.person.name = row.needed("name", kLongestName);
  read.person.mail = row.text("mail", kLongestName);
  if (!read.person.mail.empty() && !isMail(read.person.mail)) {
    row.fault("import.mail", "mail", {{"value", read.person.mail}});
  }
  read.person.phone = row.text("phone", kLongestPhone);
  read.agency = row.needed("agency", kLongestCode);
  read.unit = row.text("unit", kLongestCode);
  read.post.title = row.needed("title", kLongestName);
  const auto role = row.needed("role", kLongestCode);
  if (const auto known = roleNamed(role)) {
    read.post.role = *known;
  } else if (!role.empty()) {
    row.fault("import.role", "role", {{"value", role}});
  }
  read.post.validity = {row.date("valid_from"), row.date("valid_to")};
  const auto& [from, to] = read.post.validity;
  if (from && to && *to < *from) row.fault("import.ends_before_it_begins", "valid_to");

  if (!table.has("password")) return read;
  read.password = row.text("password", kLongestPassword);
  if (passwords == InitialPasswords::Demonstration || read.password.empty()) return read;
  row.fault("import.password_not_allowed", "password");
  return read;
}

// One name, mail and phone for each login; each post once.
void checkAmongRows(const PeopleFile& file, ImportFaults& faults) {
  std::unordered_map<std::string_view, const PeopleFileRow*> people;
  using Key = std::tuple<std::string, std::string, std::string, Role, std::string>;
  std::map<Key, std::size_t> posts;
  for (const PeopleFileRow& row : file.rows) {
    const auto [first, fresh] = people.emplace(row.person.login, &row);
    const PersonRow& said = first->second->person;
    if (!fresh && (said.name != row.person.name || said.mail != row.person.mail ||
                   said.phone != row.person.phone || first->second->password != row.password)) {
      faults.add("import.person_differs", row.line, "login",
                 {{"login", row.person.login}, {"first", std::to_string(first->second->line)}});
    }
    const auto from = row.post.validity.from;
    const auto [post, once] =
        posts.emplace(Key{row.person.login, codeKey(row.agency), codeKey(row.unit), row.post.role,
                          from ? base::isoDate(*from) : std::string()},
                      row.line);
    if (!once) {
      faults.add("import.post_twice", row.line, "login",
                 {{"login", row.person.login}, {"first", std::to_string(post->second)}});
    }
  }
}

}  // namespace

PeopleFile readPeopleFile(std::string_view csv, InitialPasswords passwords, ImportFaults& faults) {
  const ImportTable table(csv, kColumns, faults);
  PeopleFile file;
  file.whole = table.whole();
  file.hasMail = table.has("mail");
  file.hasPhone = table.has("phone");
  for (const auto& record : table.records()) {
    ImportRow row(table, record, faults);
    file.rows.push_back(readRow(row, table, passwords));
  }
  checkAmongRows(file, faults);
  return file;
}

}  // namespace eoffice::directory
