// Runs an outside tool through the shell and gives what it said: the oracles that are not ours
// (openssl, curl, python3, pdfsig, xmlsec1).
#pragma once

#include <string>

namespace tests {

struct CommandResult {
  int status = -1;     ///< Exit code; 128 + signal when one ended it.
  std::string output;  ///< Standard output and standard error.
};

[[nodiscard]] CommandResult runCommand(const std::string& command);

}  // namespace tests
