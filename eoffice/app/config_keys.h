// Every key of the configuration, once: name, type, default, unit, range, and what it is for.
// config/eoffice.properties is written from this table (`eoffice check-config --example`).
#pragma once

#include <vector>

#include "base/config.h"

namespace eoffice::app {

[[nodiscard]] const std::vector<base::ConfigKey>& configKeys();

}  // namespace eoffice::app
