// Rows of the directory for tests that need somebody to act: agencies, units, people, posts, made
// by plain inserts (nothing here tests the directory; its own tests import files).
//
//   tests::Office office(session);  // UBND H32 with a clerk, a head of office, a leader …
#pragma once

#include <string>
#include <string_view>

#include "base/db/database.h"
#include "eoffice/directory/caller.h"

namespace tests {

eoffice::AgencyId addAgency(base::db::Session& session, std::string_view code,
                            std::string_view name, bool hosted = true);
eoffice::UnitId addUnit(base::db::Session& session, eoffice::AgencyId agency, std::string_view code,
                        std::string_view name, eoffice::UnitId parent = {});
/// With an account; `hash` empty: no password yet.
eoffice::PersonId addPerson(base::db::Session& session, std::string_view login,
                            std::string_view name, std::string_view hash = {});
eoffice::PostId addPost(base::db::Session& session, eoffice::PersonId person,
                        eoffice::AgencyId agency, eoffice::UnitId unit, eoffice::Role role,
                        std::string_view title, std::string_view from = "1000-01-01",
                        std::string_view to = "9999-12-31");
/// Who acts in `post`, as sign-in would say it.
eoffice::Caller callerIn(base::db::Session& session, eoffice::PostId post);

/// One agency with one post of each kind; logins are `clerk`, `head_of_office` …
struct Office {
  explicit Office(base::db::Session& session, std::string_view code = "H32",
                  std::string_view name = "Ủy ban nhân dân tỉnh Khánh Hòa",
                  std::string_view loginEnding = "");

  eoffice::AgencyId agency;
  eoffice::UnitId office;  ///< Văn phòng
  eoffice::UnitId room;    ///< Phòng Khoa giáo - Văn xã, below it
  eoffice::Caller clerk, headOfOffice, leader, headOfUnit, official, recordsKeeper, unitAdmin,
      systemAdmin;
};

}  // namespace tests
