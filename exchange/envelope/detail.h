// Small things that several sources of this folder share. For this folder only.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace exchange {

/// Without XML white space at its ends.
[[nodiscard]] inline std::string_view withoutEndSpace(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

[[nodiscard]] inline base::Refusal invalid(
    std::string code, std::vector<std::pair<std::string, std::string>> facts = {}) {
  return {base::RefusalKind::Invalid, std::move(code), {}, std::move(facts), {}};
}

}  // namespace exchange
