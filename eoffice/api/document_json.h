// Documents as JSON, in the shapes of schemas.h. Pure: what it shows was read before.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "eoffice/api/json_writer.h"
#include "eoffice/audit/audit_log.h"
#include "eoffice/documents/reading.h"
#include "exchange/delivery/outbox.h"

namespace eoffice::api {

[[nodiscard]] inline nlohmann::json orNull(const std::string& text) {
  return text.empty() ? nlohmann::json(nullptr) : nlohmann::json(text);
}
[[nodiscard]] inline nlohmann::json orNull(const std::optional<base::LocalDate>& date) {
  return date ? nlohmann::json(base::isoDate(*date)) : nlohmann::json(nullptr);
}
[[nodiscard]] inline nlohmann::json orNull(const std::optional<base::Instant>& instant) {
  return instant ? nlohmann::json(base::isoInstant(*instant)) : nlohmann::json(nullptr);
}
/// An id, a number; null for 0.
[[nodiscard]] inline nlohmann::json numberOrNull(std::int64_t number) {
  return number == 0 ? nlohmann::json(nullptr) : nlohmann::json(number);
}

/// `DocumentState`
[[nodiscard]] nlohmann::json stateJson(const documents::Document& document);
/// `DocumentRow`
void writeRow(JsonWriter& out, const documents::ListRow& row);
/// `Document`
[[nodiscard]] nlohmann::json documentJson(
    const documents::Detail& detail,
    const std::vector<exchange::delivery::ReceiverDelivery>& deliveries);
/// `History`
[[nodiscard]] nlohmann::json historyJson(const std::vector<audit::Record>& records);

}  // namespace eoffice::api
