// The computing part of a verification: the digest of the document and the signature's value, each
// told apart. For this folder only.
#pragma once

#include <string>
#include <vector>

#include "exchange/envelope/tree.h"
#include "exchange/signature/openssl_internal.h"
#include "exchange/signature/structure_internal.h"
#include "exchange/signature/verifier.h"

namespace exchange {

/// `signer` holds the RSA key that signed. Adds faults; returns the canonical bytes that
/// were digested, with tokens. Throws SignatureError, base::BlobError.
[[nodiscard]] std::string checkDigestAndValue(const SignatureShape& shape, X509* signer,
                                              const EnvelopeTree& tree,
                                              std::vector<SignatureFinding>& findings);

}  // namespace exchange
