// Makes the Signature element of a skeleton. For this folder only.
#pragma once

#include <string>

#include "exchange/envelope/tree.h"
#include "exchange/signature/openssl_internal.h"
#include "exchange/signature/signer.h"

namespace exchange {

struct EnvelopeSigner::Key {
  ssl::Key key;
  ssl::Certificate certificate;
  ssl::Certificates chain;
  CertificateInfo info;
};

/// The text to insert at `skeleton.signaturePlace`. Throws SignatureError, base::BlobError.
[[nodiscard]] std::string signatureOf(const Skeleton& skeleton, const EnvelopeSigner::Key& key);

}  // namespace exchange
