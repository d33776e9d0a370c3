// Pictures for demonstration: a signature in blue, a seal in red, with transparency. The seal says
// that it is one for show and carries no state emblem. Only inside the worker. One thread.
#pragma once

#include <filesystem>
#include <string>

namespace eoffice::pdf {

/// PNG bytes, 600 dots an inch, about 45 x 20 mm. The same name gives the same picture.
[[nodiscard]] std::string drawDemoSignature(const std::string& name);
/// PNG bytes, 600 dots an inch; 36 mm across. `font`: a bold TrueType file with Vietnamese letters.
[[nodiscard]] std::string drawDemoSeal(const std::string& agencyName,
                                       const std::filesystem::path& font);

}  // namespace eoffice::pdf
