// The two forms of an agency's code on the national axis. Knows their shapes and nothing else: one
// form is never computed from the other (directions differ and groups are renumbered), the pair is
// what a directory says it is. Pure; safe from any thread.
#pragma once

#include <string_view>

namespace eoffice::directory {

/// QĐ 20/2020/QĐ-TTg: `H32`, `H32.21`, `H37.DN.001`; left = highest level, at most 35 characters.
[[nodiscard]] bool isQd20Code(std::string_view code);

/// QCVN 102:2016: `000.00.21.H32`; right = highest level, 13 characters.
[[nodiscard]] bool isQcvnCode(std::string_view code);

/// What another system may call itself on the axis, which follows neither form always
/// (`vxp.saas.03`, `28.22.H17`): 3 to 35 ASCII letters, digits, dots, hyphens and underscores, and
/// no dot at an end.
[[nodiscard]] bool isAxisCode(std::string_view code);

}  // namespace eoffice::directory
