// The description of the API for other programmers (OpenAPI 3.1), made from the table of operations
// and nothing else. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "eoffice/api/operation.h"

namespace eoffice::api {

[[nodiscard]] nlohmann::json describe(const Operations& operations);

}  // namespace eoffice::api
