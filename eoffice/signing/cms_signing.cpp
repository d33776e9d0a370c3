#include <openssl/cms.h>
#include <openssl/objects.h>

#include "eoffice/signing/cms_internal.h"

namespace eoffice {
namespace {

using openssl::require;
using CmsPtr = base::CPtr<CMS_ContentInfo, CMS_ContentInfo_free>;

/// The DER of the signed attributes as a SET OF, which is what is signed (RFC 5652, 5.4).
std::string attributesDer(const CMS_SignerInfo* signer) {
  std::vector<std::string> encoded;
  for (int i = 0; i < CMS_signed_get_attr_count(signer); ++i) {
    unsigned char* bytes = nullptr;
    int const size = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(signer, i), &bytes);
    require(size > 0, "attribute cannot be encoded");
    encoded.emplace_back(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
  }
  std::sort(encoded.begin(), encoded.end());  // DER: a SET OF is in the order of its octets.
  std::string content;
  for (auto const& each : encoded) content += each;
  std::string set(
      static_cast<std::size_t>(ASN1_object_size(1, static_cast<int>(content.size()), V_ASN1_SET)) -
          content.size(),
      '\0');
  auto* at = reinterpret_cast<unsigned char*>(set.data());
  ASN1_put_object(&at, 1, static_cast<int>(content.size()), V_ASN1_SET, V_ASN1_UNIVERSAL);
  return set + content;
}

void addAttributes(CMS_SignerInfo* signer, std::string_view digest) {
  ASN1_OBJECT const* const contentType = OBJ_nid2obj(NID_pkcs7_data);
  require(CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_contentType, V_ASN1_OBJECT, contentType,
                                      -1) == 1 &&
              CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING,
                                          digest.data(), static_cast<int>(digest.size())) == 1,
          "attributes refused");
}

CmsPtr emptySignedData() {
  // Without a signer or content yet; CMS_PARTIAL leaves the rest to the caller.
  CmsPtr cms(CMS_sign(nullptr, nullptr, nullptr, nullptr,
                      CMS_PARTIAL | CMS_DETACHED | CMS_BINARY | CMS_STREAM));
  require(cms != nullptr, "CMS cannot be made");
  return cms;
}

}  // namespace

std::string makeDetachedCms(std::string_view digest, const SigningKey& key) {
  auto const certificate = openssl::fromDer(key.chain().front());
  require(certificate != nullptr, "certificate cannot be read");
  CmsPtr const cms = emptySignedData();
  // OpenSSL wants a key to go with the certificate and checks only that they belong together; the
  // public half is enough, because the signature itself comes from `key` (a file or a token).
  CMS_SignerInfo* const signer =
      CMS_add1_signer(cms.get(), certificate.get(), X509_get0_pubkey(certificate.get()),
                      EVP_sha256(), CMS_PARTIAL | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES);
  require(signer != nullptr, "signer refused");
  for (std::size_t i = 1; i < key.chain().size(); ++i) {
    auto const issuer = openssl::fromDer(key.chain()[i]);
    require(issuer && CMS_add1_cert(cms.get(), issuer.get()) == 1, "issuer refused");
  }
  addAttributes(signer, digest);
  std::string const signature = key.signRsaSha256(attributesDer(signer));
  require(ASN1_STRING_set(CMS_SignerInfo_get0_signature(signer), signature.data(),
                          static_cast<int>(signature.size())) == 1,
          "signature refused");
  unsigned char* bytes = nullptr;
  int const size = i2d_CMS_ContentInfo(cms.get(), &bytes);
  require(size > 0, "CMS cannot be encoded");
  std::string der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

std::size_t detachedCmsBound(const SigningKey& key) {
  std::size_t bound = 4096;  // Attributes, issuer and serial, a signature of up to 8192 bits.
  for (auto const& certificate : key.chain()) bound += certificate.size();
  return bound;
}

}  // namespace eoffice
