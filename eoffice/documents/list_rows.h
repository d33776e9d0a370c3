// Rows of lists out of the database: what lists, boxes and the page of one document share.
#pragma once

#include <algorithm>
#include <string_view>

#include "base/db/database.h"
#include "eoffice/documents/lists.h"

namespace eoffice::documents {

/// Of `document d LEFT JOIN incoming_document i`; what follows them is the caller's own.
inline constexpr std::string_view kRowColumns =
    R"(d.id, d.direction, d.state, d.code_number, d.code_notation,
  d.subject, d.issuer_name, d.issued_date, d.urgency, d.due_date, i.arrival_number, i.source,
  d.type_name)";
inline constexpr std::size_t kSinceColumn = 13;

[[nodiscard]] ListRow readRow(const base::db::Row& row, base::Instant since);

/// `rows` are one more than the page holds, if there are so many, nearest to the key first.
template <class Read>
[[nodiscard]] ListResult readPage(const base::db::Rows& rows, const Page& page, Read read) {
  const auto size = static_cast<std::size_t>(page.size);
  ListResult result{.rows = {}, .more = rows.size() > size};
  result.rows.reserve(std::min(rows.size(), size));
  for (const auto& row : rows) {
    if (result.rows.size() == size) break;
    result.rows.push_back(read(row));
  }
  if (page.side == Page::Side::Before) std::reverse(result.rows.begin(), result.rows.end());
  return result;
}

/// What waits for the caller: an open step for the post, for the post as delegate, or for the role.
/// Three index ranges instead of one OR, so that each is a short walk. `narrowed` stands in each of
/// them, about `s`.
[[nodiscard]] std::string waitingSteps(std::string_view narrowed = {});
/// Its values; `narrowed`: those of the condition.
[[nodiscard]] base::db::Params waitingParams(const Caller& caller,
                                             const base::db::Params& narrowed = {});

}  // namespace eoffice::documents
