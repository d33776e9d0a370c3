// Where the words of a search stand in a text, for a page that marks them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace eoffice::web {

/// `[{text, hit}]`, together the whole text: each word of it that begins like a word of the query,
/// tone marks or not, is a hit; neighbours are one.
[[nodiscard]] nlohmann::json partsOf(std::string_view text, std::string_view query);

}  // namespace eoffice::web
