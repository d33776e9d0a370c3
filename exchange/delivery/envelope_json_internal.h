// An envelope as the text that an outbox row keeps until its bytes are made. Folder-internal.
// Pure; safe from any thread.
#pragma once

#include <string>

#include "exchange/envelope/model.h"

namespace exchange::delivery {

[[nodiscard]] std::string jsonText(const DocumentEnvelope& envelope);
[[nodiscard]] std::string jsonText(const StatusEnvelope& envelope);
/// Reads what jsonText() wrote; anything else is a bug (throws nlohmann::json::exception).
[[nodiscard]] DocumentEnvelope documentOfJson(const std::string& text);
[[nodiscard]] StatusEnvelope statusOfJson(const std::string& text);

}  // namespace exchange::delivery
