// Agencies and the units inside them, each with its days of validity: what is merged or closed
// stays for ever, marked and with its successor. Knows nothing of people. The caller owns the
// transaction; functions are safe from any thread, each with its own session.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db/database.h"
#include "base/result.h"
#include "base/time.h"
#include "eoffice/ids.h"

namespace eoffice::directory {

/// Stored in `agency.kind`: never renumber.
enum class AgencyKind : std::uint8_t {
  Province = 1,       ///< UBND tỉnh, thành phố
  Office = 2,         ///< văn phòng
  Department = 3,     ///< sở, ban, ngành
  Ward = 4,           ///< phường
  Commune = 5,        ///< xã
  SpecialZone = 6,    ///< đặc khu
  Ministry = 7,       ///< bộ, cơ quan ngang bộ
  District = 8,       ///< huyện: closed since 01/07/2025
  PublicService = 9,  ///< đơn vị sự nghiệp công lập
  Party = 10,         ///< cơ quan Đảng
  Council = 11,       ///< HĐND, Quốc hội
  Enterprise = 12,
  Other = 13
};

/// `special_zone`, as import files write it.
// texts: agency_kind.*
[[nodiscard]] std::string_view name(AgencyKind kind);
[[nodiscard]] std::optional<AgencyKind> agencyKind(std::string_view name);

/// First and last day on which a thing exists, both inclusive; empty = no bound. Stored with
/// 1000-01-01 and 9999-12-31 for "no bound", so that `? BETWEEN valid_from AND valid_to` is the
/// test.
struct Validity {
  std::optional<base::LocalDate> from = {};
  std::optional<base::LocalDate> to = {};
  [[nodiscard]] bool covers(base::LocalDate day) const;
  friend bool operator==(const Validity&, const Validity&) = default;
};

struct Agency {
  AgencyId id;
  std::string codeQd20;  ///< Unique for ever; may be an axis id of neither form.
  std::string codeQcvn;  ///< Empty when not known. Never derived from the other.
  AgencyId parent;
  int level = 1;
  AgencyKind kind = AgencyKind::Other;
  std::string name;
  std::string shortName;
  std::string notation;  ///< In document symbols: `UBND` of `1234/UBND-KGVX`.
  std::string address, phone, mail, website;
  bool hosted = false;  ///< This deployment keeps its books, people and keys.
  Validity validity;
  AgencyId successor;
  friend bool operator==(const Agency&, const Agency&) = default;
};

struct Unit {
  UnitId id;
  AgencyId agency;
  UnitId parent;
  std::string code;  ///< Unique in the deployment.
  std::string name;
  std::string shortName;
  std::string notation;  ///< `KGVX`
  Validity validity;
  UnitId successor;
  friend bool operator==(const Unit&, const Unit&) = default;
};

[[nodiscard]] std::optional<Agency> findAgency(base::db::Session& session, AgencyId agency);
/// By either form of the code, closed ones too; case matters not.
[[nodiscard]] std::optional<Agency> findAgencyByCode(base::db::Session& session,
                                                     std::string_view code);
/// The same of many, in the order asked for, by one query.
[[nodiscard]] std::vector<std::optional<Agency>> findAgenciesByCodes(
    base::db::Session& session, const std::vector<std::string>& codes);
/// The agency that answers for `agency` on `day`: itself, or its last successor that is valid.
/// Empty when all are closed.
[[nodiscard]] std::optional<Agency> currentAgency(base::db::Session& session, AgencyId agency,
                                                  base::LocalDate day);
/// Agencies that this deployment serves and that are valid on `day`, by level and name.
[[nodiscard]] std::vector<Agency> hostedAgencies(base::db::Session& session, base::LocalDate day);
/// Direct children valid on `day`, by name.
[[nodiscard]] std::vector<Agency> childAgencies(base::db::Session& session, AgencyId parent,
                                                base::LocalDate day);

[[nodiscard]] std::optional<Unit> findUnit(base::db::Session& session, UnitId unit);
/// All units of the agency valid on `day`: parents before children, then by name.
[[nodiscard]] std::vector<Unit> unitsOf(base::db::Session& session, AgencyId agency,
                                        base::LocalDate day);

}  // namespace eoffice::directory
