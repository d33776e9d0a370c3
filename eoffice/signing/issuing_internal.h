// Makes RSA keys and X.509 certificates for the demonstration authority, by OpenSSL. Knows no
// files. Throws SigningError. Safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "eoffice/signing/certificate_internal.h"

namespace eoffice::openssl {

/// `{{"C", "VN"}, {"O", …}, {"CN", …}}`, UTF-8, in this order.
using Subject = std::vector<std::pair<const char*, std::string>>;

enum class CertificateKind { Root, Intermediate, Person, Agency };

struct Issuer {
  const X509* certificate;  ///< Null: signs itself.
  EVP_PKEY* key;
};

[[nodiscard]] KeyPtr makeRsaKey(unsigned bits);
[[nodiscard]] X509Ptr issue(CertificateKind kind, const Subject& subject, EVP_PKEY* holder,
                            const Issuer& issuer, base::Instant from, base::Instant to);
/// Whether `issuer` signed `certificate`.
[[nodiscard]] bool signedBy(X509* certificate, X509* issuer);
[[nodiscard]] bool hasSubject(const X509* certificate, const Subject& subject);

[[nodiscard]] std::string keyToPem(EVP_PKEY* key);  ///< PKCS#8, not encrypted.
[[nodiscard]] KeyPtr keyFromPem(std::string_view pem);
/// AES-256, PBKDF2; the chain travels in the file.
[[nodiscard]] std::string toPkcs12(EVP_PKEY* key, X509* certificate, X509* issuer,
                                   const std::string& friendlyName, const std::string& password);

}  // namespace eoffice::openssl
