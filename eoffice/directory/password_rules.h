// What a password must be: at least ten characters, not the login, name or mail, not one that
// everybody tries first. Pure; safe from any thread. (Hashing: base/crypto/password.h.)
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace eoffice::directory {

/// Whose password it is to be.
struct PasswordOwner {
  std::string_view login;
  std::string_view name;
  std::string_view mail;
};

inline constexpr std::size_t kShortestPassword = 10;  ///< Characters.
inline constexpr std::size_t kLongestPassword = 200;  ///< Characters.

/// Refuses `password.too_short`, `.too_long`, `.not_text`, `.is_login`, `.is_name`, `.common`,
/// `.one_letter`; field `password`.
[[nodiscard]] base::Result<void> checkPassword(std::string_view password,
                                               const PasswordOwner& owner);

/// Easy to read out and to type: four groups of four from an alphabet without look-alikes, 79 bits.
[[nodiscard]] std::string initialPassword();

}  // namespace eoffice::directory
