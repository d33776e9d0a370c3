// The program's version, as CMakeLists.txt has it.
#pragma once

namespace eoffice::app {

inline constexpr const char* kVersion = EOFFICE_VERSION;

}  // namespace eoffice::app
