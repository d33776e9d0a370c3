// Passwords, kept as Argon2id hashes (libsodium). Knows nothing of accounts, rules for good
// passwords or lock-out. Safe from any thread; each call holds `memoryBytes` while it runs, so the
// caller bounds how many run at once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace base {

struct PasswordOptions {
  unsigned long long operations = 3;      ///< Passes over the memory; at least 1.
  std::size_t memoryBytes = 32ULL << 20;  ///< At least 8 KiB. 32 MiB and 3 passes: about 60 ms.
  std::size_t longestPassword = 1024;     ///< Bytes; longer ones never match.

  /// The least that Argon2id allows: for tests and for nothing else.
  [[nodiscard]] static PasswordOptions fastForTests() { return {1, 8192, 1024}; }
};

/// `$argon2id$v=19$m=…,t=…,p=1$salt$hash`: ASCII, less than 128 characters, with its own salt.
/// Throws std::invalid_argument above `longestPassword`, std::bad_alloc for want of memory.
[[nodiscard]] std::string hashPassword(std::string_view password, const PasswordOptions& options);

/// False for a wrong password and for a hash that is none. Costs what the hash says.
[[nodiscard]] bool passwordMatches(std::string_view password, const std::string& hash);

/// True when `hash` was made with other costs than `options`, or is no Argon2id hash: hash again
/// at the next successful sign-in.
[[nodiscard]] bool passwordNeedsRehash(const std::string& hash, const PasswordOptions& options);

}  // namespace base
