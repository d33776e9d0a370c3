// Reads the dates that other systems write. A strict list of forms; day before month always.
// For this folder only. Pure.
#pragma once

#include <string_view>

#include "exchange/envelope/model.h"

namespace exchange {

/// Forms: `yyyy/MM/dd`, `dd/MM/yyyy` (also with - or . and without leading zeros), `yyyyMMdd`, each
/// alone or with a time `HH:mm`, `HH:mm:ss`, `HH:mm:ss.fff` after a space or T, and a zone `Z` or
/// `±HH:mm`. Without a zone the time is local. Years 1900 to 2199. An instant is turned into the
/// local day.
[[nodiscard]] EnvelopeDate readDate(std::string_view text);
/// The same forms; a day alone is its local midnight and not standard.
[[nodiscard]] EnvelopeTime readTime(std::string_view text);

}  // namespace exchange
