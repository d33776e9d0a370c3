// Lists of documents with the reader's rights in every query: what waits for somebody, and all that
// a filter lets through. A list is paged by the key of a row, never by counting rows, so that its
// last page costs what its first does and nothing is passed over or shown twice while others work.
// Knows document_list, which triggers keep (migrations 0121 to 0127; docs/adr/0120).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db/database.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/document.h"

namespace eoffice::documents {

/// Where a row stands in the order of its list.
struct ListKey {
  DocumentId document;
  std::optional<base::LocalDate> day = {};  ///< In the orders ByDay and ByDue.
  Urgency urgency = Urgency::Normal;        ///< With `since`, in a box.
  std::optional<base::Instant> since = {};
};
/// As it stands in an address: `17`, `17.20260106`, `17.2.1767672000000000`.
[[nodiscard]] std::string textOf(const ListKey& key);
/// Empty for anything that textOf() does not write.
[[nodiscard]] std::optional<ListKey> listKeyFrom(std::string_view text);

/// One line of a list.
struct ListRow {
  DocumentId id;
  Direction direction = Direction::Incoming;
  State state = State::Arrived;
  std::string symbol;
  std::string subject;
  std::string issuerName;
  std::optional<base::LocalDate> issuedDate;
  Urgency urgency = Urgency::Normal;
  std::optional<base::LocalDate> dueDate;
  std::optional<int> arrivalNumber;
  std::optional<Source> source;
  base::Instant since{};  ///< Arrived at, or the step was opened at.
  std::string typeName;
  ListKey key = {};                         ///< Of lists and boxes.
  std::optional<base::LocalDate> day = {};  ///< Of lists: of arrival, issue or making.
  PostId handler = {};                      ///< Of lists: who leads it, or drafted it.
};

/// The lists of the navigation. Each has a count that opens exactly it.
enum class Box : std::uint8_t {
  ToRegister,
  ToSubmit,
  ToDirect,
  ToHandle,
  ToRevise,
  ToReview,
  ToSign,
  ToNumber,
  ToSeal,
  ToIssue,
  ToSupport,
  ToRead
};

enum class Order : std::uint8_t {
  Newest,  ///< Last made first.
  Oldest,
  ByDay,  ///< Latest day of arrival or issue first.
  ByDue   ///< Next deadline first; those without one last.
};

enum class Deadline : std::uint8_t {
  Late,  ///< Passed, and the document is not closed.
  Week,  ///< Today or in the six days after it, and the document is not closed.
  Any,
  None
};

/// Everything narrows; what is empty means any.
struct ListFilter {
  std::optional<Direction> direction = {};
  std::vector<State> states = {};                     ///< One of these.
  std::string words = {};                             ///< Each word must be found; folded.
  std::optional<base::LocalDate> from = {}, to = {};  ///< Day of arrival or issue, inclusive.
  std::optional<Urgency> urgency = {};
  std::string type = {};    ///< Its whole name.
  std::string issuer = {};  ///< Words of the issuing body's name, accents or not.
  UnitId unit = {};         ///< Whose people lead it, or drafted it.
  PostId handler = {};      ///< Who leads it, or drafted it.
  std::optional<Deadline> deadline = {};
  std::optional<base::LocalDate> today = {};  ///< Needed with Late and Week.
};

/// Counting all rows of a list may cost more than reading one page of it.
enum class Total : std::uint8_t { Counted, NotCounted };
/// No list is counted further than this: so many are "1000 or more". Boxes are counted whole.
inline constexpr std::int64_t kMostCounted = 1000;

/// Which rows of a list: the first ones, or those beside a key.
struct Page {
  enum class Side : std::uint8_t { After, From, Before };
  std::optional<ListKey> key = {};
  Side side = Side::After;  ///< From: with the row of the key itself. Before: nearest ones.
  int size = 50;            ///< At least 1.
  Total total = Total::Counted;
};

struct ListResult {
  std::vector<ListRow> rows;  ///< In the order of the list.
  bool more = false;          ///< There are further ones on that side.
  std::int64_t total = 0;     ///< 0 when it was not counted.
};

/// What waits in a box for the caller, urgent first, then oldest first.
[[nodiscard]] ListResult inBox(base::db::Session& session, const Caller& caller, Box box,
                               const Page& page);
/// All counts of the navigation in one query; index by `static_cast<size_t>(Box)`.
[[nodiscard]] std::vector<std::int64_t> boxCounts(base::db::Session& session, const Caller& caller);

/// Every document that the caller may see and the filter lets through.
[[nodiscard]] ListResult list(base::db::Session& session, const Caller& caller,
                              const ListFilter& filter, const Page& page,
                              Order order = Order::Newest);

/// How many rows the list has, counted no further than `most`.
[[nodiscard]] std::int64_t countList(base::db::Session& session, const Caller& caller,
                                     const ListFilter& filter, std::int64_t most);

/// Where a document stands, or stood before the caller's act took it out, in that list. Says
/// nothing of rights. Empty when it never was in the box.
[[nodiscard]] std::optional<ListKey> keyInBox(base::db::Session& session, Box box, DocumentId id);
[[nodiscard]] std::optional<ListKey> keyInList(base::db::Session& session, Order order,
                                               DocumentId id);

}  // namespace eoffice::documents
