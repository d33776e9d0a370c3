// SHA-256, HMAC, base64, random bytes: thin doors to OpenSSL and the kernel. Safe from any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// SHA-256 over bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  void update(std::string_view bytes);
  [[nodiscard]] std::string finish();  ///< 32 bytes. Call once.

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::string sha256(std::string_view bytes);     ///< 32 bytes
[[nodiscard]] std::string sha256Hex(std::string_view bytes);  ///< 64 lower-case hex digits
[[nodiscard]] std::string hmacSha256(std::string_view key, std::string_view bytes);  ///< 32 bytes
[[nodiscard]] std::string randomBytes(std::size_t count);
/// URL-safe base64 of `count` random bytes, without padding: tokens.
[[nodiscard]] std::string randomToken(std::size_t count = 32);
/// In constant time for equal lengths.
[[nodiscard]] bool sameSecret(std::string_view a, std::string_view b);

[[nodiscard]] std::string base64(std::string_view bytes);  ///< One line, padded.
/// Empty when the text is not base64 (white space is allowed).
[[nodiscard]] std::optional<std::string> fromBase64(std::string_view text);

}  // namespace base
