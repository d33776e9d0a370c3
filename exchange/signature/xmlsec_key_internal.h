// libxmlsec's objects with their deleters. For this folder only.
#pragma once

#include <openssl/evp.h>
#include <xmlsec/keys.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/xmldsig.h>

#include "base/cptr.h"
#include "exchange/signature/certificate.h"

namespace exchange {

using DSigContext = base::CPtr<xmlSecDSigCtx, xmlSecDSigCtxDestroy>;
using XmlsecKey = base::CPtr<xmlSecKey, xmlSecKeyDestroy>;

/// A key of libxmlsec that shares `key`. Throws SignatureError.
[[nodiscard]] inline XmlsecKey newXmlsecKey(EVP_PKEY* key) {
  EVP_PKEY_up_ref(key);
  xmlSecKeyDataPtr data = xmlSecOpenSSLEvpKeyAdopt(key);
  if (data == nullptr) {
    EVP_PKEY_free(key);
    throw SignatureError("the key cannot be used for XML signatures");
  }
  XmlsecKey result(xmlSecKeyCreate());
  if (!result || xmlSecKeySetValue(result.get(), data) < 0) {
    xmlSecKeyDataDestroy(data);
    throw SignatureError("the key cannot be used for XML signatures");
  }
  return result;
}

}  // namespace exchange
