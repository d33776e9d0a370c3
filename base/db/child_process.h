// Starts programs that must not outlive us. Internal to base/db. Safe from any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace base::db {

/// Where the program lies: PATH first, then the folders of system programs that a user's PATH
/// lacks.
[[nodiscard]] std::optional<std::filesystem::path> findProgram(const std::string& name);

/// Starts `command` (program by full path) and returns its process id; the caller reaps it. It gets
/// a session of its own (Ctrl-C of the terminal does not reach it), no open files but /dev/null and
/// `log` (appended), a umask of 0077, and is killed when the *thread* that called this ends, which
/// is also when this process is killed. Throws std::system_error.
[[nodiscard]] int startChild(const std::vector<std::string>& command,
                             const std::filesystem::path& log);

/// Waits for its end and reaps it: the exit code, or 128 + the signal.
int reapChild(int process);

}  // namespace base::db
