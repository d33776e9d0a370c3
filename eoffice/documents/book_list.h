// The books of a year and what was set aside in them, for pages and prints: an agency's own and
// those of the agencies that it took over. Reads only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "base/time.h"
#include "eoffice/documents/series.h"

namespace eoffice::documents {

/// Stored in `book_number.state`: never renumber.
enum class Aside : std::uint8_t { Reserved = 1, Used = 2, Void = 3, PassedOver = 4 };
[[nodiscard]] std::string_view nameOf(Aside state);

struct BookNumber {
  std::int64_t book = 0;
  int number = 0;
  Aside state = Aside::Reserved;
  std::string reason;
  std::string forWhom;
  std::optional<base::LocalDate> useBy;
  base::LocalDate day{};
  DocumentId document;
  std::string symbol;  ///< Of the document that had a voided number.
  std::string by;      ///< Name of who set it aside; empty: the system.
};

struct Book {
  std::int64_t id = 0;
  AgencyId agency;
  std::string agencyName;
  Direction direction = Direction::Incoming;
  std::string code;
  std::string name;
  Nature nature = Nature::Administrative;
  int year = 0;
  int next = 1;
  std::optional<base::Instant> closedAt;  ///< Before the year's end.
  std::string closeReason;
  /// The last day of an agency that has ended: its books are closed with it.
  std::optional<base::LocalDate> agencyEnded;
};

/// The agency's books of the year and those of the agencies that it took over, its own first.
[[nodiscard]] std::vector<Book> booksOf(base::db::Session& session, AgencyId agency,
                                        Direction direction, int year);
/// A book of the agency or of one that it took over; empty for others.
[[nodiscard]] std::optional<Book> findBook(base::db::Session& session, AgencyId agency,
                                           std::int64_t book);
/// What was set aside in the books, by number; `reserved` alone or all.
enum class Which : std::uint8_t { ReservedOnly, All };
[[nodiscard]] std::vector<BookNumber> numbersAside(base::db::Session& session,
                                                   const std::vector<Book>& books, Which which);

}  // namespace eoffice::documents
