#include "eoffice/directory/permissions.h"

#include <iterator>

namespace eoffice::directory {
namespace {

using Bits = std::uint32_t;

constexpr Bits bit(Capability capability) { return Bits{1} << static_cast<unsigned>(capability); }

template <class... C>
constexpr Bits bits(C... capabilities) {
  return (bit(capabilities) | ...);
}

// What each role brings. Administrators have nothing that reads contents: R-33.
constexpr Bits capabilitiesOf(Role role) {
  using C = Capability;
  switch (role) {
    case Role::Clerk:
      return bits(C::RegisterIncoming, C::SubmitIncoming, C::GiveNumber, C::Seal, C::Issue,
                  C::ReadAgency, C::ManageBooks, C::KeepRecords);
    case Role::Official:
      return bits(C::Draft);
    case Role::HeadOfUnit:
      return bits(C::Draft, C::Approve, C::Direct);
    case Role::HeadOfOffice:
      return bits(C::SubmitIncoming, C::Draft, C::Approve, C::Direct, C::Sign, C::FollowTasks,
                  C::ReadAgency);
    case Role::Leader:
      return bits(C::Direct, C::Draft, C::Approve, C::Sign, C::FollowTasks, C::ReadAgency);
    case Role::RecordsKeeper:
      return bits(C::KeepRecords, C::ReadAgency);
    case Role::UnitAdmin:
      return bits(C::ManagePeople, C::ManageDelegations, C::ManageBooks);
    case Role::SystemAdmin:
      return bits(C::ManagePeople, C::ManageAgencies, C::ManageDelegations);
  }
  return 0;
}

}  // namespace

bool may(Role role, Capability capability) { return (capabilitiesOf(role) & bit(capability)) != 0; }

base::Result<void> require(const Caller& caller, Capability capability) {
  if (may(caller, capability)) return {};
  return base::refuse(base::RefusalKind::Forbidden, "permission.denied");
}

base::db::Params documentVisibleParams(const Caller& caller) {
  // Compared with NULL, nothing is equal: without the capability only the parts count.
  const AgencyId whole = may(caller, Capability::ReadAgency) ? caller.agency : AgencyId();
  return {caller.post, whole, whole};
}

void append(base::db::Params& params, base::db::Params more) {
  params.insert(params.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

}  // namespace eoffice::directory
