// `eoffice search …`: builds the search index anew beside a running office, and tells how it
// stands.
#pragma once

#include "base/config.h"
#include "eoffice/app/commands.h"

namespace eoffice::app {

Exit rebuildSearch(const Console& console, const base::Config& config);
Exit searchStatus(const Console& console, const base::Config& config);

}  // namespace eoffice::app
