// The two written forms of an agency's code. Codes are never turned into each other by their
// letters: only the agency directory knows which belong together. Pure.
#pragma once

#include <string_view>

namespace exchange {

/// QCVN 102:2016: `000.00.00.H49`.
[[nodiscard]] bool isCode102(std::string_view text);
/// QĐ 20/2020/QĐ-TTg: `H37.02.02`, at most 35 characters.
[[nodiscard]] bool isCodeQd20(std::string_view text);
/// One of the two, or another dotted code of a system (`vxp.saas.03`).
[[nodiscard]] bool looksLikeOrganId(std::string_view text);
/// `267/VPCP-TTĐT`.
[[nodiscard]] bool looksLikeCode(std::string_view text);

}  // namespace exchange
