#include "eoffice/directory/import.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "eoffice/directory/people.h"
#include "eoffice/directory/pickers.h"
#include "eoffice/directory/sign_in.h"
#include "tests/support/manual_clock.h"
#include "tests/support/office_people.h"
#include "tests/support/test_database.h"

namespace {

using namespace eoffice;
using namespace eoffice::directory;
using base::db::Session;
using namespace std::chrono;

const auto kFast = base::PasswordOptions::fastForTests();
constexpr base::LocalDate kToday{year(2026), January, day(6)};
constexpr const char* kHeader = "code,parent,level,kind,short,name\n";

std::string demo(const std::string& file) {
  std::ifstream in(std::filesystem::path(EOFFICE_SOURCE_DIR) / "config/demo" / file);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Import : public tests::OfficeDatabaseTest {
 protected:
  base::Result<ImportCounts> units(std::string_view csv) {
    return importUnits(database(), clock_, operator_, csv);
  }
  base::Result<PeopleImport> people(std::string_view csv,
                                    InitialPasswords passwords = InitialPasswords::None) {
    return importPeople(database(), clock_, operator_, csv, passwords, kFast);
  }

  // "created/changed/unchanged", or "code@line …" of all faults.
  static std::string told(const base::Refusal& refusal) {
    std::string text = refusal.code + "@" + refusal.facts.front().second;
    for (const auto& other : refusal.others) text += " " + told(other);
    return text;
  }
  static std::string told(const ImportCounts& counts) {
    return std::to_string(counts.created) + "/" + std::to_string(counts.changed) + "/" +
           std::to_string(counts.unchanged);
  }
  std::string unitsTold(std::string_view csv) {
    const auto result = units(csv);
    return result ? told(*result) : told(result.error());
  }
  std::string peopleTold(std::string_view csv) {
    const auto result = people(csv);
    return result ? told(result->people) + " " + told(result->posts) : told(result.error());
  }

  template <class Work>
  auto read(Work work) {
    return database().read(work);
  }
  Agency agency(std::string_view code) {
    return read([&](Session& s) { return findAgencyByCode(s, code).value(); });
  }
  std::int64_t count(std::string sql) {
    return read([&](Session& s) { return s.get(sql).integer(0); });
  }

  tests::ManualClock clock_{kToday, 8h};
  Actor operator_;
};

TEST_F(Import, LoadsTheDemonstrationTwiceWithTheSameEnd) {
  EXPECT_EQ(unitsTold(demo("units.csv")), "80/0/0");
  EXPECT_EQ(unitsTold(demo("units_province.csv")), "7/1/0");
  EXPECT_EQ(unitsTold(demo("units_ward.csv")), "7/2/0");
  EXPECT_EQ(unitsTold(demo("units.csv")), "0/0/80");
  EXPECT_EQ(unitsTold(demo("units_province.csv")), "0/0/8");
  EXPECT_TRUE(agency("H32").hosted);
  EXPECT_EQ(agency("h32").codeQcvn, "000.00.00.H32");
  EXPECT_EQ(agency("000.00.00.H32").codeQd20, "H32");
  EXPECT_EQ(agency("H32.48").parent, agency("H32").id);
  EXPECT_EQ(agency("H32.85").kind, AgencyKind::SpecialZone);
  EXPECT_EQ(agency("H32.8").notation, "SGDĐT");
  const auto h32 = agency("H32").id;
  read([&](Session& s) {
    EXPECT_EQ(hostedAgencies(s, kToday).size(), 3U);
    EXPECT_EQ(childAgencies(s, h32, kToday).size(), 79U);
    const auto rooms = unitsOf(s, h32, kToday);
    ASSERT_EQ(rooms.size(), 7U);
    EXPECT_EQ(rooms[0].notation, "VP");
    EXPECT_EQ(rooms[1].parent, rooms[0].id);
  });

  for (const char* file : {"people_province.csv", "people_ward.csv"}) {
    const auto first = people(demo(file), InitialPasswords::Demonstration);
    ASSERT_TRUE(first) << told(first.error());
    EXPECT_EQ(first->people.changed, 0U);
    const auto entries = count("SELECT COUNT(*) FROM audit_entry");
    const auto second = people(demo(file), InitialPasswords::Demonstration);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->people.created + second->posts.created, 0U);
    EXPECT_EQ(second->people.unchanged, first->people.created);
    EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entry"), entries);
  }
  SignInPolicy policy;
  policy.password = kFast;
  SignIn signIn(database(), clock_, policy);
  for (const char* login : {"vanthu", "lanhdao", "chanhvp", "chuyenvien1", "vanthu.nt"}) {
    const auto signedIn = signIn.attempt({login, "Trinh-dien-2026", "127.0.0.1", "", ""});
    ASSERT_TRUE(signedIn) << login << ' ' << signedIn.error().code;
    EXPECT_FALSE(signedIn->mustChangePassword);
  }
  read([&](Session& s) {
    EXPECT_EQ(headOfOffice(s, h32, kToday)->personName, "Phạm Quốc Tuấn");
    EXPECT_EQ(leadersOf(s, h32, kToday).size(), 3U);
    const auto official = postsByRole(s, h32, Role::Official, kToday).front();
    EXPECT_EQ(headOf(s, official.post, kToday)->title, "Trưởng phòng");
  });
}

TEST_F(Import, ChangesOnlyWhatTheFileSays) {
  ASSERT_EQ(unitsTold("code,parent,level,kind,short,name,hosted,notation,phone\n"
                      "H32,,1,province,UBND,Khánh Hòa,1,UB,0258\n"),
            "1/0/0");
  EXPECT_EQ(unitsTold(std::string(kHeader) + "h32,,1,province,UBND,Tỉnh Khánh Hòa\n"), "0/1/0");
  const auto now = agency("H32");
  EXPECT_EQ(now.name, "Tỉnh Khánh Hòa");
  EXPECT_EQ(now.notation, "UB");
  EXPECT_EQ(now.phone, "0258");
  EXPECT_TRUE(now.hosted);
  EXPECT_EQ(
      unitsTold(
          "code,parent,level,kind,short,name,hosted\nH32,,1,province,UBND,Tỉnh Khánh Hòa,0\n"),
      "0/1/0");
  EXPECT_FALSE(agency("H32").hosted);
}

TEST_F(Import, TakesChildrenBeforeTheirParents) {
  EXPECT_EQ(unitsTold(std::string(kHeader) +
                      "H32.VP.TH,H32.VP,,unit,TH,Phòng\nH32.VP,H32,,unit,VP,Văn phòng\n"
                      "H32.1,H32,2,office,VP,Sở\nH32,,1,province,U,Tỉnh\n"),
            "4/0/0");
  EXPECT_EQ(agency("H32.1").parent, agency("H32").id);
}

TEST_F(Import, KeepsMergersWithTheirHistory) {  // R-34
  ASSERT_EQ(
      unitsTold(std::string(kHeader) +
                "H32,,1,province,U,Khánh Hòa\nH43,,1,province,U,Ninh Thuận\n"
                "H43.1,H43,2,district,U,Huyện Ninh Phước\nH32.66,H32,2,commune,U,Xã Ninh Phước\n"),
      "4/0/0");
  EXPECT_EQ(unitsTold("code,parent,level,kind,short,name,valid_to,successor\n"
                      "H43,,1,province,U,Ninh Thuận,30/06/2025,H32\n"
                      "H43.1,H43,2,district,U,Huyện Ninh Phước,2025-06-30,H43\n"),
            "0/2/0");
  const auto closed = agency("H43");
  EXPECT_EQ(closed.validity.to, (base::LocalDate{year(2025), June, day(30)}));
  EXPECT_EQ(closed.successor, agency("H32").id);
  EXPECT_EQ(count("SELECT COUNT(*) FROM agency_predecessor"), 3);
  const auto district = agency("H43.1").id;
  read([&](Session& s) {
    EXPECT_EQ(currentAgency(s, district, kToday)->codeQd20, "H32");
    EXPECT_TRUE(findAgencies(s, "ninh thuan", kToday).empty());
    const auto hits = findAgencies(s, "ninh thuan", kToday, 20, Closed::Shown);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_TRUE(hits[0].closed);
  });
}

struct BadFile {
  const char* name;
  std::string rows;
  const char* told;
};

class BadUnits : public Import, public testing::WithParamInterface<BadFile> {};

TEST_P(BadUnits, AreToldAndNothingIsImported) {
  ASSERT_EQ(
      unitsTold(std::string(kHeader) + "H32,,1,province,U,Tỉnh\nH32.1,H32,2,office,V,Sở\n"
                                       "H32.VP,H32,,unit,VP,Văn phòng\nH33,,1,province,U,Khác\n"),
      "4/0/0");
  EXPECT_EQ(unitsTold("code,parent,level,kind,short,name,code_qcvn,valid_to,successor\n"
                      "H40,,1,province,U,Tốt,,,\n" +
                      GetParam().rows),
            GetParam().told);
  EXPECT_EQ(count("SELECT COUNT(*) FROM agency"), 3);
  EXPECT_EQ(count("SELECT COUNT(*) FROM unit"), 1);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadUnits,
    testing::Values(
        BadFile{"twice", "H41,,1,province,U,A,,,\nh41,,1,province,U,B,,,\n", "import.code_twice@4"},
        BadFile{"parentUnknown", "H41.1,H41,2,office,U,A,,,\n", "import.parent_unknown@3"},
        BadFile{"unitParentUnknown", "X.1,X,,unit,U,A,,,\n", "import.parent_unknown@3"},
        BadFile{"levelNotBelow", "H41.1,H32,1,office,U,A,,,\n", "import.level_not_below_parent@3"},
        BadFile{"ownParent", "H41,H41,2,office,U,A,,,\n", "import.level_not_below_parent@3"},
        BadFile{"parentLoop", "A.1,A.2,,unit,U,A,,,\nA.2,A.1,,unit,U,B,,,\n",
                "import.parent_loop@3 import.parent_loop@4"},
        BadFile{"unitBecomesAgency", "H32.VP,H32,2,office,VP,Văn phòng,,,\n",
                "import.kind_changes@3"},
        BadFile{"agencyBecomesUnit", "H32.1,H32,,unit,V,Sở,,,\n", "import.kind_changes@3"},
        BadFile{"unitMoves", "H32.VP,H33,,unit,VP,Văn phòng,,,\n", "import.unit_changes_agency@3"},
        BadFile{"successorUnknown", "H41,,1,province,U,A,,2025-06-30,H99\n",
                "import.successor_unknown@3"},
        BadFile{"successorWithoutEnd", "H41,,1,province,U,A,,,H32\n",
                "import.successor_without_end@3"},
        BadFile{"successorIsItself", "H41,,1,province,U,A,,2025-06-30,H41\n",
                "import.successor_loop@3"},
        BadFile{"successorLoop",
                "H41,,1,province,U,A,,2025-06-30,H42\nH42,,1,province,U,B,,2025-06-30,H41\n",
                "import.successor_loop@3 import.successor_loop@4"},
        BadFile{"qcvnTaken",
                "H41,,1,province,U,A,000.00.00.H41,,\nH42,,1,province,U,B,000.00.00.H41,,\n",
                "import.code_qcvn_taken@4"},
        BadFile{"several", "H 1,,1,kingdom,U,A,,,\nH41.1,H41,2,office,U,A,,,\n",
                "import.kind@3 import.code_form@3 import.parent_unknown@4"},
        // What the rows say of each other is not judged while some of them cannot be read.
        BadFile{
            "formAndContent",
            "H41,,1,kingdom,U,A,,,\nH42,,1\nH43,,1,province,U,B\"C,,,\nH44,,1,province,U,\xff,,,\n"
            "H42.1,H42,2,office,U,D,000.1,,\n",
            "import.kind@3 import.wrong_width@4 import.stray_quote@5 import.not_utf8@6 "
            "import.code_qcvn_form@7"}),
    [](const auto& row) { return row.param.name; });

TEST_F(Import, SaysWhenAFileIsEmptyOrNoCsv) {
  EXPECT_EQ(unitsTold("").substr(0, 24), "import.column_missing@1 ");
  EXPECT_EQ(unitsTold("%PDF-1.7\n\xff\xfe").substr(0, 17), "import.not_utf8@2");
  EXPECT_EQ(unitsTold(kHeader), "0/0/0");
  EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entry"), 0);
}

TEST_F(Import, IsTheOperatorsOrASystemAdministrators) {
  const auto office = database().transact([](Session& s) { return tests::Office(s); });
  for (const auto& caller : {office.clerk, office.unitAdmin}) {
    EXPECT_EQ(importUnits(database(), clock_, Actor{caller}, kHeader).error().code,
              "permission.denied");
    EXPECT_EQ(importPeople(database(), clock_, Actor{caller}, "", InitialPasswords::None, kFast)
                  .error()
                  .code,
              "permission.denied");
  }
  EXPECT_TRUE(importUnits(database(), clock_, Actor{office.systemAdmin}, kHeader));
}

class ImportPeople : public Import {
 protected:
  void SetUp() override {
    Import::SetUp();
    ASSERT_TRUE(
        units("code,parent,level,kind,short,name,hosted\nH32,,1,province,U,Tỉnh,1\n"
              "H33,,1,province,U,Khác,0\nH32.VP,H32,,unit,VP,Văn phòng,\nH33.VP,H33,,unit,VP,Văn "
              "phòng,\n"));
  }
  static constexpr const char* kPeople =
      "login,name,agency,unit,title,role,valid_from,valid_to\n"
      "vanthu,Trần Thị Bích,H32,H32.VP,Văn thư,clerk,,\n"
      "vanthu,Trần Thị Bích,H32,,Lưu trữ,records_keeper,2026-01-01,\n"
      "lanhdao,Nguyễn Văn An,H32,,Phó Chủ tịch,leader,,\n";
};

TEST_F(ImportPeople, GivesRandomPasswordsOnceAndNeverAgain) {
  const auto first = people(kPeople, InitialPasswords::Random);
  ASSERT_TRUE(first);
  ASSERT_EQ(first->passwords.size(), 2U);
  EXPECT_EQ(told(first->posts), "3/0/0");
  const auto hash = [&] {
    return read([](Session& s) {
      return s.get("SELECT password_hash FROM account WHERE login = 'vanthu'").text(0);
    });
  };
  const auto before = hash();
  EXPECT_TRUE(base::passwordMatches(first->passwords[0].password, before));
  const auto second = people(kPeople, InitialPasswords::Random);
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->passwords.empty());
  EXPECT_EQ(told(second->people), "0/0/2");
  EXPECT_EQ(told(second->posts), "0/0/3");
  EXPECT_EQ(hash(), before);
  EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entry WHERE act = 'post.added'"), 3);
}

TEST_F(ImportPeople, EndsAndRenamesPostsAndKeepsTheirHistory) {
  ASSERT_EQ(peopleTold(kPeople), "2/0/0 3/0/0");
  EXPECT_EQ(
      peopleTold("login,name,mail,agency,unit,title,role,valid_from,valid_to\n"
                 "lanhdao,Nguyễn Văn An,an@khanhhoa.example,H32,,Phó Chủ tịch,leader,,05/01/2026\n"
                 "lanhdao,Nguyễn Văn An,an@khanhhoa.example,H32,,Chủ tịch,leader,2026-01-06,\n"),
      "0/1/0 1/1/0");
  const auto h32 = agency("H32").id;
  read([&](Session& s) {
    const auto leaders = leadersOf(s, h32, kToday);
    ASSERT_EQ(leaders.size(), 1U);
    EXPECT_EQ(leaders[0].title, "Chủ tịch");
    EXPECT_EQ(leadersOf(s, h32, {year(2026), January, day(5)}).front().title, "Phó Chủ tịch");
  });
}

TEST_F(ImportPeople, TellsEveryFaultAndImportsNothing) {
  EXPECT_EQ(peopleTold("login,name,agency,unit,title,role\n"
                       "tot,Người Tốt,H32,H32.VP,Văn thư,clerk\n"
                       "a.b,Tên,H99,,Văn thư,clerk\n"
                       "a.c,Tên,H33,,Văn thư,clerk\n"
                       "a.d,Tên,H32,H33.VP,Văn thư,clerk\n"
                       "a.e,Tên,H32,H32.XX,Văn thư,boss\n"),
            "import.agency_unknown@3 import.agency_not_hosted@4 import.unit_unknown@5 "
            "import.role@6 import.unit_unknown@6");
  EXPECT_EQ(count("SELECT COUNT(*) FROM person"), 0);
}

class Pickers : public Import {
 protected:
  void SetUp() override {
    Import::SetUp();
    for (const char* file : {"units.csv", "units_province.csv"}) ASSERT_TRUE(units(demo(file)));
    ASSERT_TRUE(people(demo("people_province.csv"), InitialPasswords::Demonstration));
  }
  std::vector<std::string> codes(std::string_view query, std::size_t most = 20) {
    return read([&](Session& s) {
      std::vector<std::string> all;
      for (const auto& hit : findAgencies(s, query, kToday, most)) all.push_back(hit.code);
      return all;
    });
  }
  using Codes = std::vector<std::string>;
};

TEST_F(Pickers, FindAgenciesWithAndWithoutToneMarks) {
  EXPECT_EQ(codes("phường Nha Trang").front(), "H32.22");
  EXPECT_EQ(codes("phuong nha trang").size(), 4U);
  EXPECT_EQ(codes("NHA TRANG"), codes("nha trang"));
  EXPECT_EQ(codes("Nha Tra\xCC\x81ng").size(), 4U);  // any tone, NFD
  EXPECT_EQ(codes("dien khanh"), Codes{"H32.48"});
  EXPECT_EQ(codes("khanh dien"), Codes{"H32.48"});
  EXPECT_EQ(codes("do vinh"), Codes{"H32.36"});
  EXPECT_EQ(codes("đô vinh"), Codes{"H32.36"});
  EXPECT_TRUE(codes("nha trangx").empty());
  EXPECT_TRUE(codes("").empty());
  EXPECT_TRUE(codes(" %_ ").empty());
}

TEST_F(Pickers, FindAgenciesByShortNameAndCodeBestFirst) {
  const auto eights = codes("H32.8");
  EXPECT_EQ(eights.size(), 7U);  // H32.8 and H32.80 to H32.85
  EXPECT_EQ(eights.front(), "H32.8");
  EXPECT_EQ(codes("so", 3), (Codes{"H32.7", "H32.12", "H32.8"}));  // they begin with it
  EXPECT_EQ(codes("sgddt"), Codes{"H32.8"});
  EXPECT_EQ(codes("000.00.00.H32"), Codes{"H32"});
  EXPECT_EQ(codes("ubnd").size(), 20U);
  EXPECT_EQ(codes("ubnd").front(), "H32");
  EXPECT_EQ(codes("ubnd xa ninh", 3).size(), 3U);
  EXPECT_EQ(codes("ủy ban").size(), 20U);
  EXPECT_EQ(codes("u", 50).size(), 50U);
}

TEST_F(Pickers, FindUnitsAndPeopleOfTheOwnAgencyOnly) {
  const auto h32 = agency("H32").id;
  const auto [caller, other] = database().transact([&](Session& s) {
    const auto clerk = clerksOf(s, h32, kToday).front();
    return std::pair(tests::callerIn(s, clerk.post), tests::Office(s, "H99", "Khác", ".9"));
  });
  const auto names = [&, &me = caller](std::string_view query) {
    return read([&](Session& s) {
      std::vector<std::string> all;
      for (const auto& post : findPeople(s, me, query, kToday)) all.push_back(post.personName);
      return all;
    });
  };
  EXPECT_EQ(names("tran bich"), std::vector<std::string>{"Trần Thị Bích"});
  EXPECT_EQ(names("vanthu2"), std::vector<std::string>{"Đặng Thị Kim Oanh"});
  EXPECT_EQ(names("dang oanh"), std::vector<std::string>{"Đặng Thị Kim Oanh"});
  EXPECT_EQ(names("").size(), 20U);
  EXPECT_TRUE(names("hoang nam nguyen").empty());
  read([&](Session& s) {
    EXPECT_EQ(findUnits(s, caller, "van xa", kToday).size(), 1U);
    EXPECT_EQ(findUnits(s, caller, "KGVX", kToday).size(), 1U);
    EXPECT_EQ(findUnits(s, caller, "", kToday).size(), 7U);
    EXPECT_EQ(findUnits(s, other.clerk, "", kToday).size(), 2U);
  });
}

}  // namespace
