// Stable names of the folder's enumerations, both ways.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace eoffice::records {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

template <class Enum, std::size_t N>
[[nodiscard]] constexpr std::string_view nameIn(const Names<Enum, N>& names, Enum code) {
  for (const auto& [known, name] : names) {
    if (known == code) return name;
  }
  return {};
}

template <class Enum, std::size_t N>
[[nodiscard]] constexpr std::optional<Enum> codeIn(const Names<Enum, N>& names,
                                                   std::string_view name) {
  for (const auto& [code, known] : names) {
    if (known == name) return code;
  }
  return std::nullopt;
}

}  // namespace eoffice::records
