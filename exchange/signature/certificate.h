// What a certificate says, as plain values. Value types.
#pragma once

#include <stdexcept>
#include <string>

#include "base/time.h"

namespace exchange {

struct CertificateInfo {
  std::string subject = {};  ///< RFC 2253, UTF-8.
  std::string commonName = {};
  std::string organization = {};
  std::string organId = {};  ///< From UID, organizationIdentifier or serialNumber; may be empty.
  std::string issuer = {};
  std::string serial = {};  ///< Hex.
  std::string sha256 = {};  ///< Of the DER bytes, 64 lower-case hex digits.
  base::Instant notBefore = {};
  base::Instant notAfter = {};
};

/// The XML or cryptographic library failed (memory, an impossible answer); never a bad signature.
class SignatureError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace exchange
