#include "tests/support/office_people.h"

#include "eoffice/directory/rows.h"

namespace tests {
namespace {

using base::db::Session;
using eoffice::Role;

}  // namespace

eoffice::AgencyId addAgency(Session& session, std::string_view code, std::string_view name,
                            bool hosted) {
  return eoffice::AgencyId(
      session.insert("/* test.addAgency */ INSERT INTO agency (code_qd20, level, kind, name, "
                     "short_name, notation, hosted) VALUES (?, 1, 1, ?, 'UBND', 'UBND', ?)",
                     {code, name, hosted}));
}

eoffice::UnitId addUnit(Session& session, eoffice::AgencyId agency, std::string_view code,
                        std::string_view name, eoffice::UnitId parent) {
  return eoffice::UnitId(session.insert(
      "/* test.addUnit */ INSERT INTO unit (agency_id, code, name, notation, parent_id) "
      "VALUES (?, ?, ?, 'KGVX', ?)",
      {agency, code, name, parent}));
}

eoffice::PersonId addPerson(Session& session, std::string_view login, std::string_view name,
                            std::string_view hash) {
  const eoffice::PersonId person(
      session.insert("/* test.addPerson */ INSERT INTO person (name, search_text, mail) "
                     "VALUES (?, ?, ?)",
                     {name, eoffice::directory::searchText({name, login}),
                      std::string(login) + "@khanhhoa.example"}));
  session.execute(
      "/* test.addAccount */ INSERT INTO account (person_id, login, password_hash) "
      "VALUES (?, ?, ?)",
      {person, login, hash.empty() ? base::db::Param(nullptr) : base::db::Param(hash)});
  return person;
}

eoffice::PostId addPost(Session& session, eoffice::PersonId person, eoffice::AgencyId agency,
                        eoffice::UnitId unit, Role role, std::string_view title,
                        std::string_view from, std::string_view to) {
  return eoffice::PostId(session.insert(
      "/* test.addPost */ INSERT INTO post (person_id, agency_id, unit_id, role, title, "
      "valid_from, valid_to) VALUES (?, ?, ?, ?, ?, ?, ?)",
      {person, agency, unit, role, title, from, to}));
}

eoffice::Caller callerIn(Session& session, eoffice::PostId post) {
  const auto row = session.get(
      "/* test.callerIn */ SELECT p.person_id, p.agency_id, p.unit_id, p.role, n.name, p.title, "
      "a.name FROM post p JOIN person n ON n.id = p.person_id JOIN agency a ON a.id = p.agency_id "
      "WHERE p.id = ?",
      {post});
  eoffice::Caller caller;
  caller.person = row.id<eoffice::PersonId>(0);
  caller.post = post;
  caller.agency = row.id<eoffice::AgencyId>(1);
  caller.unit = row.id<eoffice::UnitId>(2);
  caller.role = row.code<Role>(3);
  caller.name = row.text(4);
  caller.postTitle = row.text(5);
  caller.agencyName = row.text(6);
  caller.requestId = "test-request";
  caller.address = "127.0.0.1";
  return caller;
}

Office::Office(Session& session, std::string_view code, std::string_view name,
               std::string_view loginEnding)
    : agency(addAgency(session, code, name)) {
  const std::string prefix(code);
  const std::string ending(loginEnding);
  office = addUnit(session, agency, prefix + ".VP", "Văn phòng");
  room = addUnit(session, agency, prefix + ".KGVX", "Phòng Khoa giáo - Văn xã", office);
  const auto add = [&](const std::string& login, std::string_view person, eoffice::UnitId unit,
                       Role role, std::string_view title) {
    const auto id = addPerson(session, login + ending, person);
    return callerIn(session, addPost(session, id, agency, unit, role, title));
  };
  clerk = add("clerk", "Trần Thị Bích", office, Role::Clerk, "Văn thư");
  headOfOffice =
      add("head_of_office", "Phạm Quốc Tuấn", office, Role::HeadOfOffice, "Chánh Văn phòng");
  leader = add("leader", "Nguyễn Văn An", {}, Role::Leader, "Phó Chủ tịch");
  headOfUnit = add("head_of_unit", "Võ Thị Mỹ Hạnh", room, Role::HeadOfUnit, "Trưởng phòng");
  official = add("official", "Đỗ Hoàng Nam", room, Role::Official, "Chuyên viên");
  recordsKeeper =
      add("records_keeper", "Huỳnh Ngọc Ánh", office, Role::RecordsKeeper, "Lưu trữ viên");
  unitAdmin = add("unit_admin", "Cao Thị Hồng Nhung", office, Role::UnitAdmin, "Quản trị đơn vị");
  systemAdmin = add("system_admin", "Dương Tấn Phát", {}, Role::SystemAdmin, "Quản trị hệ thống");
}

}  // namespace tests
