// What a worker takes from itself before it reads a foreign byte: memory, time, files that could be
// written, and the network. It holds for whatever program it becomes afterwards. Linux only.
#pragma once

#include <cstdint>

namespace eoffice {

struct Confinement {
  std::uint64_t memoryBytes = 0;  ///< Of addresses.
  std::uint64_t cpuSeconds = 0;
  std::uint64_t fileBytes = 0;  ///< Of the largest file it writes.
};

/// May the process become another program afterwards (the OCR)?
enum class BecomeAnother : std::uint8_t { Denied, Allowed };

/// For ever. Dies with the thread that started it; gains no privileges; makes no socket; creates,
/// writes and removes no file by name (where the kernel has Landlock, 5.13). Throws
/// std::system_error where the limits or the ban on sockets cannot be had.
void confine(const Confinement& limits, BecomeAnother become);

}  // namespace eoffice
