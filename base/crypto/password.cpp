#include "base/crypto/password.h"

#include <sodium.h>

#include <array>
#include <new>
#include <stdexcept>

namespace base {
namespace {

constexpr std::size_t kLongestEver = 4096;

// Starts the library once; later calls cost a comparison.
void startSodium() {
  static const bool kStarted = sodium_init() >= 0;
  if (!kStarted) throw std::runtime_error("libsodium did not start");
}

}  // namespace

std::string hashPassword(std::string_view password, const PasswordOptions& options) {
  startSodium();
  if (password.size() > options.longestPassword || password.size() > kLongestEver) {
    throw std::invalid_argument("password is too long");
  }
  std::array<char, crypto_pwhash_argon2id_STRBYTES> out{};
  if (crypto_pwhash_argon2id_str(out.data(), password.data(), password.size(), options.operations,
                                 options.memoryBytes) != 0) {
    throw std::bad_alloc();
  }
  return out.data();
}

bool passwordMatches(std::string_view password, const std::string& hash) {
  startSodium();
  if (password.size() > kLongestEver) return false;
  return crypto_pwhash_argon2id_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool passwordNeedsRehash(const std::string& hash, const PasswordOptions& options) {
  startSodium();
  return crypto_pwhash_argon2id_str_needs_rehash(hash.c_str(), options.operations,
                                                 options.memoryBytes) != 0;
}

}  // namespace base
