// OpenSSL's objects with their deleters, and what is read out of a certificate.
// For this folder only.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/cptr.h"
#include "exchange/signature/certificate.h"

namespace exchange::ssl {

void freeCertificates(STACK_OF(X509) * certificates);

using Certificate = base::CPtr<X509, X509_free>;
using Key = base::CPtr<EVP_PKEY, EVP_PKEY_free>;
using Bio = base::CPtr<BIO, BIO_free_all>;
using Certificates = base::CPtr<STACK_OF(X509), freeCertificates>;

[[nodiscard]] CertificateInfo describe(X509* certificate);
[[nodiscard]] std::string der(X509* certificate);
/// Null when the bytes are no certificate, or more than one.
[[nodiscard]] Certificate fromDer(std::string_view bytes);
[[nodiscard]] Certificate share(X509* certificate);
[[nodiscard]] Bio readOnly(std::string_view bytes);
[[nodiscard]] base::Instant instantOf(const ASN1_TIME* time);
/// Bits of an RSA key; 0 for any other.
[[nodiscard]] int rsaBits(EVP_PKEY* key);

}  // namespace exchange::ssl
