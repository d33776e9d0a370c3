#include "base/crypto/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <limits>
#include <new>
#include <stdexcept>

#include "base/cptr.h"
#include "base/text.h"

namespace base {
namespace {

constexpr std::size_t kSha256Bytes = 32;

const unsigned char* bytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytesOf(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// OpenSSL fails here only for want of memory or a broken installation.
void mustHold(bool succeeded, const char* what) {
  if (!succeeded) throw std::runtime_error(std::string("OpenSSL failed: ") + what);
}

int intOf(std::size_t size) {
  mustHold(size <= static_cast<std::size_t>(std::numeric_limits<int>::max()), "input over 2 GiB");
  return static_cast<int>(size);
}

bool isBase64Space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool isBase64Digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/';
}

}  // namespace

struct Sha256::State {
  CPtr<EVP_MD_CTX, EVP_MD_CTX_free> context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  if (!state_->context) throw std::bad_alloc();
  mustHold(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) == 1, "SHA-256");
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
  mustHold(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1, "SHA-256");
}

std::string Sha256::finish() {
  std::string out(kSha256Bytes, '\0');
  mustHold(EVP_DigestFinal_ex(state_->context.get(), bytesOf(out), nullptr) == 1, "SHA-256");
  return out;
}

std::string sha256(std::string_view bytes) {
  std::string out(kSha256Bytes, '\0');
  mustHold(
      EVP_Digest(bytes.data(), bytes.size(), bytesOf(out), nullptr, EVP_sha256(), nullptr) == 1,
      "SHA-256");
  return out;
}

std::string sha256Hex(std::string_view bytes) { return lowerHex(sha256(bytes)); }

std::string hmacSha256(std::string_view key, std::string_view bytes) {
  std::string out(kSha256Bytes, '\0');
  unsigned int length = 0;
  // A null key pointer would mean "the key of before": an empty view may carry one.
  const char* keyStart = key.empty() ? "" : key.data();
  mustHold(HMAC(EVP_sha256(), keyStart, intOf(key.size()), bytesOf(bytes), bytes.size(),
                bytesOf(out), &length) != nullptr,
           "HMAC");
  return out;
}

std::string randomBytes(std::size_t count) {
  std::string out(count, '\0');
  mustHold(RAND_bytes(bytesOf(out), intOf(count)) == 1, "random bytes");
  return out;
}

std::string randomToken(std::size_t count) {
  std::string out = base64(randomBytes(count));
  while (!out.empty() && out.back() == '=') out.pop_back();
  for (auto& c : out) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  return out;
}

bool sameSecret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string base64(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');  // EVP_EncodeBlock ends it with a NUL
  const int length = EVP_EncodeBlock(bytesOf(out), bytesOf(bytes), intOf(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::optional<std::string> fromBase64(std::string_view text) {
  std::string digits;
  digits.reserve(text.size());
  std::size_t padding = 0;
  for (const char c : text) {
    if (isBase64Space(c)) continue;
    if (c == '=') {
      ++padding;
    } else if (!isBase64Digit(c) || padding > 0) {
      return std::nullopt;
    }
    digits += c;
  }
  if (digits.size() % 4 != 0 || padding > 2) return std::nullopt;
  std::string out(digits.size() / 4 * 3, '\0');
  const int length = EVP_DecodeBlock(bytesOf(out), bytesOf(digits), intOf(digits.size()));
  if (length < 0) return std::nullopt;
  out.resize(static_cast<std::size_t>(length) - padding);
  return out;
}

}  // namespace base
