// How an agency divides its numbers: books of incoming documents, series of outgoing ones, as its
// head decided, from a day on (NĐ 30/2020, Điều 15). Says which series a document belongs to; gives
// no numbers (book.h). Decisions are never changed: a new one counts from its day.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "base/result.h"
#include "base/time.h"
#include "eoffice/documents/document.h"
#include "eoffice/documents/document_types.h"

namespace eoffice::documents {

/// What a series numbers, and thus how. Stored in `number_series.nature`: never renumber.
enum class Nature : std::uint8_t {
  Administrative = 1,  ///< `12/QĐ-UBND`
  Legal = 2,           ///< `12/2026/QĐ-UBND`: with the year
  Copy = 3             ///< `12/SY-UBND`: sao y, sao lục, trích sao
};
[[nodiscard]] std::string_view nameOf(Nature nature);

/// The common book or series: it takes what no other one does.
inline constexpr const char* kCommonSeries = "common";

/// Its name where nobody gave it another one: `Sổ chung`, `Dãy chung`.
[[nodiscard]] std::string commonName(Direction direction);

/// The copies that have their own series (NĐ 30/2020, Điều 25).
// texts: data
inline constexpr std::array<std::string_view, 3> kCopyTypes{"Sao y", "Sao lục", "Trích sao"};

struct Series {
  std::string code;  ///< Names its book: the same code counts on, from decision to decision.
  std::string name;
  Nature nature = Nature::Administrative;
  /// Outgoing: the types that it numbers. Incoming: those that it is offered for first.
  std::vector<std::string> types;
};

struct Scheme {
  std::int64_t id = 0;  ///< 0: nobody has decided; one common series.
  base::LocalDate from{};
  std::string decidedBy;
  std::string decision;  ///< Its number and notation.
  std::optional<base::LocalDate> decidedOn;
  /// The common one first. Outgoing: each legal type and the copies have series beside it, whether
  /// the decision names them or not.
  std::vector<Series> series;

  [[nodiscard]] const Series* find(std::string_view code) const;
};

/// The scheme in force on `day`.
[[nodiscard]] Scheme schemeOn(base::db::Session& session, const DocumentTypes& types,
                              AgencyId agency, Direction direction, base::LocalDate day);
/// Those that are decided and not yet in force, the next first.
[[nodiscard]] std::vector<Scheme> schemesAfter(base::db::Session& session,
                                               const DocumentTypes& types, AgencyId agency,
                                               Direction direction, base::LocalDate day);

/// The series that numbers documents of that type, or the copies of that name; the common one where
/// none names it.
[[nodiscard]] const Series& seriesFor(const Scheme& scheme, std::string_view typeName);

/// Stores a decision. `series` as Scheme::series.
std::int64_t insertScheme(base::db::Session& session, AgencyId agency, Direction direction,
                          const Scheme& scheme, PostId by, base::Instant now);

/// Rules on a decision before it is stored: `field.missing`, `field.too_long`, `series.retroactive`
/// `series.name_twice` (fact `name`), `series.type_twice` (fact `type`),
/// `series.unknown_type` (fact `type`), `series.no_types` (fact `name`; outgoing only),
/// `series.too_many`. Gives names their codes, keeps those that are given.
[[nodiscard]] base::Result<void> checkScheme(Scheme& scheme, Direction direction,
                                             const DocumentTypes& types, base::LocalDate today);

}  // namespace eoffice::documents
