// What values of the configuration look like, so that a wrong one is refused with its line before
// anything starts. Pure, but for files and folders, which are looked at. Safe from any thread.
#pragma once

#include "base/config.h"

namespace eoffice::app::forms {

[[nodiscard]] base::ConfigForm host();         ///< A name or an address: `mail.example.vn`, `::1`
[[nodiscard]] base::ConfigForm network();      ///< `10.0.0.5`, `10.0.0.0/8`, `fd00::/8`
[[nodiscard]] base::ConfigForm httpUrl();      ///< `https://axis.example.vn/path`, without a query
[[nodiscard]] base::ConfigForm databaseUrl();  ///< `tcp://host:3306`, `unix:///path.sock`
[[nodiscard]] base::ConfigForm mailAddress();  ///< `name@example.vn`
[[nodiscard]] base::ConfigForm file();         ///< Is there and can be read.
[[nodiscard]] base::ConfigForm folder();       ///< Is there and can be read.

}  // namespace eoffice::app::forms
