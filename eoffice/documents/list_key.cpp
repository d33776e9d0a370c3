#include <fmt/format.h>

#include <charconv>

#include "eoffice/documents/list_rows.h"

namespace eoffice::documents {
namespace {

// Digits alone, so that a text has one meaning.
std::optional<std::int64_t> numberFrom(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole && value >= 0 ? std::optional(value) : std::nullopt;
}

std::optional<base::LocalDate> dayFrom(std::int64_t number) {
  const base::LocalDate day{std::chrono::year(static_cast<int>(number / 10'000)),
                            std::chrono::month(static_cast<unsigned>(number / 100 % 100)),
                            std::chrono::day(static_cast<unsigned>(number % 100))};
  return day.ok() ? std::optional(day) : std::nullopt;
}

}  // namespace

std::string textOf(const ListKey& key) {
  if (key.since) {
    return fmt::format("{}.{}.{}", key.document.value(), static_cast<int>(key.urgency),
                       key.since->time_since_epoch().count());
  }
  if (!key.day) return std::to_string(key.document.value());
  return fmt::format("{}.{:04}{:02}{:02}", key.document.value(), static_cast<int>(key.day->year()),
                     static_cast<unsigned>(key.day->month()),
                     static_cast<unsigned>(key.day->day()));
}

std::optional<ListKey> listKeyFrom(std::string_view text) {
  std::vector<std::int64_t> parts;
  for (std::size_t at = 0; at <= text.size() && parts.size() < 4;) {
    const auto end = std::min(text.find('.', at), text.size());
    const auto number = numberFrom(text.substr(at, end - at));
    if (!number) return std::nullopt;
    parts.push_back(*number);
    at = end + 1;
  }
  if (parts.empty() || parts.size() > 3 || parts[0] == 0) return std::nullopt;
  ListKey key{.document = DocumentId(parts[0])};
  if (parts.size() == 2) {
    key.day = dayFrom(parts[1]);
    if (!key.day || parts[1] > 99'991'231) return std::nullopt;
  } else if (parts.size() == 3) {
    if (parts[1] > static_cast<int>(Urgency::Express) || parts[2] > 253'402'300'799'999'999) {
      return std::nullopt;
    }
    key.urgency = static_cast<Urgency>(parts[1]);
    key.since = base::Instant(std::chrono::microseconds(parts[2]));
  }
  return key;
}

ListRow readRow(const base::db::Row& row, base::Instant since) {
  const auto number = row.maybeInteger(10);
  const auto source = row.maybeInteger(11);
  return {.id = row.id<DocumentId>(0),
          .direction = row.code<Direction>(1),
          .state = row.code<State>(2),
          .symbol = symbolOf(row.text(3), row.text(4)),
          .subject = row.text(5),
          .issuerName = row.text(6),
          .issuedDate = row.maybeDate(7),
          .urgency = row.code<Urgency>(8),
          .dueDate = row.maybeDate(9),
          .arrivalNumber = number ? std::optional(static_cast<int>(*number)) : std::nullopt,
          .source = source ? std::optional(static_cast<Source>(*source)) : std::nullopt,
          .since = since,
          .typeName = row.text(12)};
}

}  // namespace eoffice::documents
