// One value of the configuration: from text to number and back. Internal to base/config.
// Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/config.h"

namespace base {

/// The value as a number: the integer, 0 or 1, milliseconds or bytes; 0 for the textual types.
/// Refused with its code and the facts `value` (not for secrets) and `wanted`; the caller adds
/// where it stands.
[[nodiscard]] Result<std::int64_t> parseConfigValue(const ConfigKey& key, std::string_view text);

/// Refused, with the same facts, when the text does not have the form that the key wants.
[[nodiscard]] Result<void> checkConfigForm(const ConfigKey& key, const std::string& text);

/// `30s`, `64MB`, `12`: the shortest way to write a number of that type.
[[nodiscard]] std::string configNumberText(KeyType type, std::int64_t number);

/// `100ms to 1m`, `at least 1`, `one of plain, json`; empty when anything goes.
[[nodiscard]] std::string configRangeText(const ConfigKey& key);

/// The items of a list, without white space around them; empty items are dropped.
[[nodiscard]] std::vector<std::string> configListItems(std::string_view text);

/// The name that was probably meant; empty when none is near.
[[nodiscard]] std::string nearestName(std::string_view wrong,
                                      const std::vector<std::string>& names);

}  // namespace base
