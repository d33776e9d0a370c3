// The program's commands: `eoffice serve|hub|migrate|check-config|import|user|demo|version`, each
// with
// --help in Vietnamese and English.
#pragma once

namespace eoffice::app {

/// Exit codes. Documented in docs/operations.md and by every --help: never renumber.
enum class Exit : int {
  Done = 0,
  Refused = 1,  ///< The input has faults: they were listed, nothing was changed.
  Usage = 2,    ///< The command line is wrong.
  NoStart = 3,  ///< A port, a database, a disk or a file that is needed cannot be had.
  Failed = 70   ///< A failure of the program or the machine; the log has more.
};

int runCommandLine(int argc, char** argv);

}  // namespace eoffice::app
