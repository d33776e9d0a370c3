// OpenSSL's certificates inside this folder: owners, and what a certificate says. Safe from any
// thread.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/cptr.h"
#include "base/time.h"
#include "eoffice/signing/key_store.h"

namespace eoffice::openssl {

using X509Ptr = base::CPtr<X509, X509_free>;
using KeyPtr = base::CPtr<EVP_PKEY, EVP_PKEY_free>;
using BioPtr = base::CPtr<BIO, BIO_free_all>;

[[nodiscard]] CertificateInfo describe(const X509* certificate);
[[nodiscard]] std::string toDer(const X509* certificate);
[[nodiscard]] std::string toPem(const X509* certificate);
[[nodiscard]] X509Ptr fromDer(std::string_view der);  ///< Null when it is none.
[[nodiscard]] std::vector<X509Ptr> fromPem(std::string_view pem);
/// keyUsage is absent, or allows digitalSignature or nonRepudiation.
[[nodiscard]] bool maySign(const X509* certificate);
/// The first error that OpenSSL has queued, for SigningError; empties the queue.
[[nodiscard]] std::string lastError();

/// Throws SigningError with `what` and OpenSSL's reason when `done` is false.
void require(bool done, const char* what);

}  // namespace eoffice::openssl
