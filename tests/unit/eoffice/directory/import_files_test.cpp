// What a file of units or people says wrong by itself, each as a row of a table.
#include <gtest/gtest.h>

#include "eoffice/directory/people_file.h"
#include "eoffice/directory/unit_file.h"

namespace {

using namespace eoffice::directory;

struct BadRow {
  const char* name;
  std::string row;
  const char* code;
  const char* column;
};

// "code@line" of every fault.
std::vector<std::string> told(ImportFaults faults) {
  if (!faults.any()) return {};
  std::vector<std::string> all;
  auto refusal = std::move(faults).refuse().value();
  auto others = std::move(refusal.others);
  others.insert(others.begin(), std::move(refusal));
  for (const auto& fault : others) {
    all.push_back(fault.code + "@" + fault.facts.front().second + ":" + fault.field);
  }
  return all;
}

constexpr const char* kUnitHeader =
    "code,parent,level,kind,short,name,code_qcvn,notation,hosted,valid_from,valid_to,successor,"
    "mail\n";

class BadUnitRow : public testing::TestWithParam<BadRow> {};

TEST_P(BadUnitRow, IsToldWithLineAndColumn) {
  ImportFaults faults;
  static_cast<void>(readUnitFile(kUnitHeader + GetParam().row + "\n", faults));
  EXPECT_EQ(told(faults),
            std::vector<std::string>{std::string(GetParam().code) + "@2:" + GetParam().column});
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadUnitRow,
    testing::Values(
        BadRow{"noCode", ",,1,province,U,Tên,,,,,,,", "import.missing", "code"},
        BadRow{"codeForm", "H 32,,1,province,U,Tên,,,,,,,", "import.code_form", "code"},
        BadRow{"ownCodeIsStrict", "vxp.saas.03,,1,other,U,Tên,,,1,,,,", "import.code_form", "code"},
        BadRow{"noName", "H32,,1,province,U,,,,,,,,", "import.missing", "name"},
        BadRow{"kind", "H32,,1,kingdom,U,Tên,,,,,,,", "import.kind", "kind"},
        BadRow{"level", "H32,,x,province,U,Tên,,,,,,,", "import.level", "level"},
        BadRow{"level0", "H32,,0,province,U,Tên,,,,,,,", "import.level", "level"},
        BadRow{"qcvn", "H32,,1,province,U,Tên,H32.00.00.000,,,,,,", "import.code_qcvn_form",
               "code_qcvn"},
        BadRow{"notation", "H32,,1,province,U,Tên,,U/B,,,,,", "import.notation", "notation"},
        BadRow{"hosted", "H32,,1,province,U,Tên,,,yes,,,,", "import.flag", "hosted"},
        BadRow{"date", "H32,,1,province,U,Tên,,,,30/02/2026,,,", "import.date", "valid_from"},
        BadRow{"mail", "H32,,1,province,U,Tên,,,,,,,a@b", "import.mail", "mail"},
        BadRow{"unitWithoutParent", "H32.VP,,,unit,VP,Văn phòng,,,,,,,", "import.missing",
               "parent"},
        BadRow{"hostedUnit", "H32.VP,H32,,unit,VP,Văn phòng,,,1,,,,", "import.unit_hosted",
               "hosted"},
        BadRow{"tooFewCells", "H32,,1", "import.wrong_width", ""},
        BadRow{"longName", "H32,,1,province,U," + std::string(301, 'x') + ",,,,,,,",
               "import.too_long", "name"}),
    [](const auto& row) { return row.param.name; });

TEST(UnitFile, TellsWhatIsWrongWithTheHeaderAllAtOnce) {
  ImportFaults faults;
  static_cast<void>(readUnitFile("code,kind,colour,kind\nH32,province,red,office\n", faults));
  EXPECT_EQ(told(faults), (std::vector<std::string>{
                              "import.column_unknown@1:colour", "import.column_twice@1:kind",
                              "import.column_missing@1:parent", "import.column_missing@1:level",
                              "import.column_missing@1:short", "import.column_missing@1:name"}));
}

TEST(UnitFile, TellsEveryFaultOfEveryRowInOrder) {
  ImportFaults faults;
  static_cast<void>(readUnitFile(
      "code,parent,level,kind,short,name\nH 1,,1,kingdom,a,b\nH32,,1,province,a,b\n,,9,ward,a,\n",
      faults));
  EXPECT_EQ(told(faults),
            (std::vector<std::string>{"import.kind@2:kind", "import.code_form@2:code",
                                      "import.missing@4:code", "import.missing@4:name"}));
}

TEST(UnitFile, StopsTellingAfterTwoHundred) {
  std::string csv = "code,parent,level,kind,short,name\n";
  for (int i = 0; i < 250; ++i) csv += "H32,,x,province,a,b\n";
  ImportFaults faults;
  static_cast<void>(readUnitFile(csv, faults));
  const auto all = told(faults);
  ASSERT_EQ(all.size(), 201U);
  EXPECT_EQ(all.back(), "import.more_faults@202:");
}

TEST(UnitFile, TakesNamesAsNfcAndNotationFromTheShortName) {
  ImportFaults faults;
  const auto file = readUnitFile(
      "CODE, Parent ,level,kind,short,name\nH32.8,H32,2,department,SGDĐT,  So\xCC\x9B\xCC\x89  GD "
      "\n",
      faults);
  EXPECT_EQ(told(faults), std::vector<std::string>{});
  ASSERT_EQ(file.rows.size(), 1U);
  EXPECT_EQ(file.rows[0].values.name, "Sở GD");
  EXPECT_EQ(file.rows[0].values.notation, "SGDĐT");
}

constexpr const char* kPeopleHeader =
    "login,name,mail,phone,agency,unit,title,role,valid_from,valid_to,password\n";

class BadPeopleRow : public testing::TestWithParam<BadRow> {};

TEST_P(BadPeopleRow, IsToldWithLineAndColumn) {
  ImportFaults faults;
  static_cast<void>(
      readPeopleFile(kPeopleHeader + GetParam().row + "\n", InitialPasswords::Random, faults));
  EXPECT_EQ(told(faults),
            std::vector<std::string>{std::string(GetParam().code) + "@2:" + GetParam().column});
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadPeopleRow,
    testing::Values(
        BadRow{"noLogin", ",Tên,,,H32,,Văn thư,clerk,,,", "import.missing", "login"},
        BadRow{"login", "văn thư,Tên,,,H32,,Văn thư,clerk,,,", "import.login", "login"},
        BadRow{"noName", "vanthu,,,,H32,,Văn thư,clerk,,,", "import.missing", "name"},
        BadRow{"mail", "vanthu,Tên,a b@c.d,,H32,,Văn thư,clerk,,,", "import.mail", "mail"},
        BadRow{"noAgency", "vanthu,Tên,,,,,Văn thư,clerk,,,", "import.missing", "agency"},
        BadRow{"noTitle", "vanthu,Tên,,,H32,,,clerk,,,", "import.missing", "title"},
        BadRow{"role", "vanthu,Tên,,,H32,,Văn thư,boss,,,", "import.role", "role"},
        BadRow{"dates", "vanthu,Tên,,,H32,,Văn thư,clerk,2026-02-01,2026-01-31,",
               "import.ends_before_it_begins", "valid_to"},
        BadRow{"password", "vanthu,Tên,,,H32,,Văn thư,clerk,,,secret-of-file",
               "import.password_not_allowed", "password"}),
    [](const auto& row) { return row.param.name; });

TEST(PeopleFile, WantsOneNameForOneLoginAndEachPostOnce) {
  ImportFaults faults;
  static_cast<void>(readPeopleFile(std::string(kPeopleHeader) +
                                       "a.b,Tên,,,H32,,Văn thư,clerk,,,\n"
                                       "a.b,Tên khác,,,H32,,Chuyên viên,official,,,\n"
                                       "a.b,Tên,,,h32,,Văn thư chính,clerk,,,\n",
                                   InitialPasswords::None, faults));
  EXPECT_EQ(told(faults), (std::vector<std::string>{"import.person_differs@3:login",
                                                    "import.post_twice@4:login"}));
}

}  // namespace
