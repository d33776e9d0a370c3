// The hub's answers in the protocol's JSON: `status`, `ErrorCode`, `ErrorDesc` and what a call
// adds. Folder-internal. Pure; safe from any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/http/message.h"
#include "base/result.h"

namespace exchange::hub {

/// Why a call is answered with FAIL.
struct Denial {
  std::string code;         ///< axis::error_code
  std::string description;  ///< English, for the caller's operator.
};

template <class T>
using Outcome = tl::expected<T, Denial>;

[[nodiscard]] tl::unexpected<Denial> deny(std::string_view code, std::string description);

/// `fields` is an object, or null for nothing more.
[[nodiscard]] base::http::Response succeed(nlohmann::json fields = nullptr);
[[nodiscard]] base::http::Response fail(const Denial& denial, int httpStatus = 200);
/// `{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":`, for bodies that are streamed.
[[nodiscard]] std::string_view streamedHead();

}  // namespace exchange::hub
