// Register books: who takes a number holds the book's row until the transaction that uses the
// number ends, so numbers run from 1 without gaps, however many clerks work at once.
#pragma once

#include <cstdint>

#include "base/db/database.h"
#include "base/time.h"
#include "eoffice/documents/document.h"

namespace eoffice::documents {

struct TakenNumber {
  std::int64_t book = 0;
  int number = 0;
  base::LocalDate date;  ///< The local day whose year the book is of.
};

/// The next number of the agency's book of that direction for the year of `day`; the book is opened
/// when the year's first number is taken. Call inside the transaction that stores the number.
[[nodiscard]] TakenNumber takeNumber(base::db::Session& session, AgencyId agency,
                                     Direction direction, base::LocalDate day);

/// The number that would be next; for display only.
[[nodiscard]] int nextNumber(base::db::Session& session, AgencyId agency, Direction direction,
                             base::LocalDate day);

}  // namespace eoffice::documents
