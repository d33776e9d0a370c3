#include "eoffice/signing/issuing_internal.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include <climits>

#include "base/crypto/digest.h"

namespace eoffice::openssl {
namespace {

using NamePtr = base::CPtr<X509_NAME, X509_NAME_free>;
using ExtensionPtr = base::CPtr<X509_EXTENSION, X509_EXTENSION_free>;

NamePtr makeName(const Subject& subject) {
  NamePtr name(X509_NAME_new());
  for (auto const& [field, value] : subject) {
    require(X509_NAME_add_entry_by_txt(name.get(), field, MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(value.data()),
                                       static_cast<int>(value.size()), -1, 0) == 1,
            "subject refused");
  }
  return name;
}

void setTime(ASN1_TIME* field, base::Instant instant) {
  auto const seconds = std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch();
  require(ASN1_TIME_adj(field, static_cast<time_t>(seconds.count()), 0, 0) != nullptr,
          "time refused");
}

void setSerial(X509* certificate) {
  std::string bytes = base::randomBytes(16);
  bytes[0] = static_cast<char>((bytes[0] & 0x3f) | 0x40);  // Positive, always 16 bytes.
  base::CPtr<BIGNUM, BN_free> const number(
      BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), 16, nullptr));
  require(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr,
          "serial refused");
}

struct Extension {
  int nid;
  const char* value;
};

std::vector<Extension> extensionsOf(CertificateKind kind) {
  // emailProtection stands beside document signing because `openssl cms -verify` and NSS (pdfsig)
  // judge every signer as a signer of mail.
  constexpr const char* kUses = "emailProtection,1.3.6.1.5.5.7.3.36,1.2.840.113583.1.1.5";
  switch (kind) {
    case CertificateKind::Root:
      return {{NID_basic_constraints, "critical,CA:TRUE,pathlen:1"},
              {NID_key_usage, "critical,keyCertSign,cRLSign"}};
    case CertificateKind::Intermediate:
      return {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
              {NID_key_usage, "critical,keyCertSign,cRLSign"}};
    case CertificateKind::Person:
    case CertificateKind::Agency:
      return {{NID_basic_constraints, "critical,CA:FALSE"},
              {NID_key_usage, "critical,digitalSignature,nonRepudiation"},
              {NID_ext_key_usage, kUses}};
  }
  return {};
}

void addExtensions(X509* certificate, const X509* issuer, CertificateKind kind) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, const_cast<X509*>(issuer), certificate, nullptr, nullptr, 0);
  auto all = extensionsOf(kind);
  all.push_back({NID_subject_key_identifier, "hash"});
  if (issuer != certificate) all.push_back({NID_authority_key_identifier, "keyid:always"});
  for (auto const& wanted : all) {
    ExtensionPtr const extension(X509V3_EXT_conf_nid(nullptr, &context, wanted.nid, wanted.value));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "extension refused");
  }
}

std::string bytesOf(BIO* memory) {
  char* data = nullptr;
  long const size = BIO_get_mem_data(memory, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string{};
}

void freeBorrowed(STACK_OF(X509) * stack) { sk_X509_free(stack); }

}  // namespace

KeyPtr makeRsaKey(unsigned bits) {
  KeyPtr key(EVP_RSA_gen(bits));
  require(key != nullptr, "key cannot be made");
  return key;
}

X509Ptr issue(CertificateKind kind, const Subject& subject, EVP_PKEY* holder, const Issuer& issuer,
              base::Instant from, base::Instant to) {
  X509Ptr certificate(X509_new());
  require(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1,
          "certificate cannot be made");
  setSerial(certificate.get());
  setTime(X509_getm_notBefore(certificate.get()), from);
  setTime(X509_getm_notAfter(certificate.get()), to);
  auto const name = makeName(subject);
  X509 const* signer = issuer.certificate != nullptr ? issuer.certificate : certificate.get();
  require(X509_set_subject_name(certificate.get(), name.get()) == 1 &&
              X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer)) == 1 &&
              X509_set_pubkey(certificate.get(), holder) == 1,
          "certificate cannot be made");
  addExtensions(certificate.get(), signer, kind);
  require(X509_sign(certificate.get(), issuer.key, EVP_sha256()) > 0, "certificate not signed");
  return certificate;
}

bool signedBy(X509* certificate, X509* issuer) {
  bool const issued = X509_check_issued(issuer, certificate) == X509_V_OK &&
                      X509_verify(certificate, X509_get0_pubkey(issuer)) == 1;
  ERR_clear_error();
  return issued;
}

bool hasSubject(const X509* certificate, const Subject& subject) {
  return X509_NAME_cmp(X509_get_subject_name(certificate), makeName(subject).get()) == 0;
}

std::string keyToPem(EVP_PKEY* key) {
  BioPtr const out(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
          "key cannot be written");
  return bytesOf(out.get());
}

KeyPtr keyFromPem(std::string_view pem) {
  BioPtr const in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyPtr key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  return key;
}

std::string toPkcs12(EVP_PKEY* key, X509* certificate, X509* issuer,
                     const std::string& friendlyName, const std::string& password) {
  base::CPtr<STACK_OF(X509), freeBorrowed> const others(sk_X509_new_null());
  require(others && sk_X509_push(others.get(), issuer) > 0, "PKCS#12 cannot be made");
  base::CPtr<PKCS12, PKCS12_free> const file(
      PKCS12_create(password.c_str(), friendlyName.c_str(), key, certificate, others.get(),
                    NID_aes_256_cbc, NID_aes_256_cbc, PKCS12_DEFAULT_ITER, -1, 0));
  // The MAC by itself with SHA-256; the iteration count is the file's.
  require(file && PKCS12_set_mac(file.get(), password.c_str(), -1, nullptr, 0, PKCS12_DEFAULT_ITER,
                                 EVP_sha256()) == 1,
          "PKCS#12 cannot be made");
  BioPtr const out(BIO_new(BIO_s_mem()));
  require(i2d_PKCS12_bio(out.get(), file.get()) == 1, "PKCS#12 cannot be written");
  return bytesOf(out.get());
}

}  // namespace eoffice::openssl
