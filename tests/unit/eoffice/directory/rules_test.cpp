// The pure rules: lock-out, delegation, permissions, search words, roles and kinds.
#include <gtest/gtest.h>

#include "eoffice/directory/agencies.h"
#include "eoffice/directory/agency_words.h"
#include "eoffice/directory/delegation.h"
#include "eoffice/directory/lockout.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/directory/pickers.h"
#include "eoffice/directory/rows.h"

namespace {

using namespace eoffice;
using namespace eoffice::directory;
using base::LocalDate;
using std::chrono::seconds;

LocalDate day(int d) {
  return {std::chrono::year(2026), std::chrono::January,
          std::chrono::day(static_cast<unsigned>(d))};
}

TEST(Lockout, DoublesTheDelayUpToTheLongest) {
  const LockoutPolicy policy;
  const std::vector<std::pair<int, int>> table{{0, 0},    {1, 0},     {4, 0},   {5, 30},
                                               {6, 60},   {7, 120},   {8, 240}, {9, 480},
                                               {10, 900}, {1000, 900}};
  for (const auto& [failures, delay] : table) {
    EXPECT_EQ(delayAfter(failures, policy), seconds(delay)) << failures;
  }
}

struct StepCase {
  const char* name;
  int on;
  Scope scope;
  int holder;
  int onBehalfOf;
};

// Post 1 is away 5 to 10 and gives reading and directing to 2; 2 is away 8 to 12 and gives all to
// 3; 1's delegation to 4 was revoked.
const std::vector<Delegation> kDelegations{
    {DelegationId(1), PostId(1), PostId(4), day(1), day(31), 7, true},
    {DelegationId(2), PostId(1), PostId(2), day(5), day(10), Scope::Read | Scope::Direct, false},
    {DelegationId(3), PostId(2), PostId(3), day(8), day(12), 7, false},
};

class DelegationRule : public testing::TestWithParam<StepCase> {};

TEST_P(DelegationRule, ResolvesTheHolderOnce) {
  const auto holder = resolveHolder(PostId(1), GetParam().scope, day(GetParam().on), kDelegations);
  EXPECT_EQ(holder.holder.value(), GetParam().holder);
  EXPECT_EQ(holder.onBehalfOf.value(), GetParam().onBehalfOf);
}

INSTANTIATE_TEST_SUITE_P(R30, DelegationRule,
                         testing::Values(StepCase{"dayBefore", 4, Scope::Direct, 1, 0},
                                         StepCase{"firstDay", 5, Scope::Direct, 2, 1},
                                         StepCase{"lastDay", 10, Scope::Read, 2, 1},
                                         StepCase{"dayAfter", 11, Scope::Read, 1, 0},
                                         StepCase{"noChain", 9, Scope::Direct, 2, 1},
                                         StepCase{"otherScope", 7, Scope::Approve, 1, 0}),
                         [](const auto& row) { return row.param.name; });

TEST(DelegationRule, NeverIncludesSigning) {
  EXPECT_EQ(Scope::Read | Scope::Direct, 3);
  EXPECT_EQ(static_cast<int>(Scope::Approve), 4);
}

TEST(Permissions, AdministratorsReadNoContents) {
  using C = Capability;
  for (const Role role : {Role::UnitAdmin, Role::SystemAdmin}) {
    for (const C capability :
         {C::RegisterIncoming, C::SubmitIncoming, C::Direct, C::Draft, C::Approve, C::Sign,
          C::GiveNumber, C::Seal, C::Issue, C::FollowTasks, C::ReadAgency, C::KeepRecords}) {
      EXPECT_FALSE(may(role, capability)) << name(role) << ' ' << static_cast<int>(capability);
    }
    EXPECT_TRUE(may(role, C::ManagePeople));
  }
  EXPECT_FALSE(may(Role::UnitAdmin, C::ManageAgencies));
}

TEST(Permissions, OnlyTheClerkNumbersSealsAndIssues) {
  for (int code = 1; code <= 8; ++code) {
    const auto role = static_cast<Role>(code);
    for (const auto capability : {Capability::RegisterIncoming, Capability::GiveNumber,
                                  Capability::Seal, Capability::Issue}) {
      EXPECT_EQ(may(role, capability), role == Role::Clerk) << name(role);
    }
  }
  EXPECT_FALSE(may(Role::Clerk, Capability::Sign));
}

TEST(Permissions, RefuseWithOneCode) {
  Caller caller;
  caller.role = Role::Official;
  const auto no = require(caller, Capability::Seal);
  ASSERT_FALSE(no);
  EXPECT_EQ(no.error().code, "permission.denied");
  EXPECT_EQ(no.error().kind, base::RefusalKind::Forbidden);
  EXPECT_TRUE(require(caller, Capability::Draft));
}

TEST(Permissions, GiveTheWholeAgencyOnlyToRolesThatReadIt) {
  Caller caller;
  caller.post = PostId(7);
  caller.agency = AgencyId(3);
  for (int code = 1; code <= 8; ++code) {
    caller.role = static_cast<Role>(code);
    const auto params = documentVisibleParams(caller);
    ASSERT_EQ(params.size(), 3U);
    const bool whole = std::holds_alternative<std::int64_t>(params[1].value());
    EXPECT_EQ(whole, caller.role == Role::Clerk || caller.role == Role::HeadOfOffice ||
                         caller.role == Role::Leader || caller.role == Role::RecordsKeeper);
  }
}

TEST(Names, OfRolesAndKindsGoBothWays) {
  for (int code = 1; code <= 8; ++code) {
    const auto role = static_cast<Role>(code);
    EXPECT_EQ(roleNamed(name(role)), role);
  }
  for (int code = 1; code <= 13; ++code) {
    const auto kind = static_cast<AgencyKind>(code);
    EXPECT_EQ(agencyKind(name(kind)), kind);
  }
  EXPECT_FALSE(roleNamed("boss"));
  EXPECT_FALSE(agencyKind("unit"));
}

TEST(Validity, CoversBothItsDays) {
  const Validity validity{day(5), day(10)};
  EXPECT_FALSE(validity.covers(day(4)));
  EXPECT_TRUE(validity.covers(day(5)));
  EXPECT_TRUE(validity.covers(day(10)));
  EXPECT_FALSE(validity.covers(day(11)));
  EXPECT_TRUE(Validity{}.covers(day(1)));
}

TEST(SearchWords, AreFoldedAndCutAtSigns) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(searchWords("Sở Văn hóa, Thể thao (Đắk Lắk)"),
            (Words{"so", "van", "hoa", "the", "thao", "dak", "lak"}));
  EXPECT_EQ(searchWords("H32.21 - 100%_\\"), (Words{"h32.21", "100"}));
  EXPECT_EQ(searchWords("...  .a. "), (Words{"a"}));
  EXPECT_TRUE(searchWords("  -- %").empty());
}

TEST(SearchWords, OfAnAgencyAreIndexedOnceAndWithoutTheCommonOnes) {
  EXPECT_EQ(indexedWords(searchText({"Ủy ban nhân dân phường Nha Trang", "UBND", "H32.21"})),
            (std::vector<std::string>{"h32.21", "nha", "trang"}));
  EXPECT_TRUE(beginsCommonWord("ph"));
  EXPECT_TRUE(beginsCommonWord("phuong"));
  EXPECT_FALSE(beginsCommonWord("phuongx"));
}

}  // namespace
