#include "tests/support/test_pki.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <map>
#include <stdexcept>

#include "base/cptr.h"

namespace tests {
namespace {

using Key = base::CPtr<EVP_PKEY, EVP_PKEY_free>;
using Certificate = base::CPtr<X509, X509_free>;

void must(bool done, const char* what) {
  if (!done) {
    throw std::runtime_error(std::string("test pki: ") + what);
  }
}

base::Instant startOf(int year) {
  using namespace std::chrono;
  return base::Instant(sys_days(std::chrono::year(year) / January / 1));
}

void setTime(ASN1_TIME* into, base::Instant instant) {
  must(ASN1_TIME_set(into, std::chrono::system_clock::to_time_t(
                               std::chrono::time_point_cast<std::chrono::seconds>(instant))) !=
           nullptr,
       "time");
}

X509_NAME* newName(const std::string& commonName, const std::string& organization,
                   const std::string& userId) {
  X509_NAME* name = X509_NAME_new();
  const auto add = [&](const char* field, const std::string& value) {
    if (!value.empty()) {
      must(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(value.c_str()), -1, -1,
                                      0) == 1,
           field);
    }
  };
  add("C", "VN");
  add("O", organization);
  add("CN", commonName);
  add("UID", userId);
  return name;
}

void addExtension(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const base::CPtr<X509_EXTENSION, X509_EXTENSION_free> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  must(extension && X509_add_ext(certificate, extension.get(), -1) == 1, value);
}

struct Names {
  std::string commonName;
  std::string organization;
  std::string userId;
  const char* usage;
  bool authority;
};

Certificate issue(const Names& names, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuerKey,
                  base::Instant from, base::Instant to) {
  static long serial = 1000;
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
  setTime(X509_getm_notBefore(certificate.get()), from);
  setTime(X509_getm_notAfter(certificate.get()), to);
  const base::CPtr<X509_NAME, X509_NAME_free> name(
      newName(names.commonName, names.organization, names.userId));
  X509_set_subject_name(certificate.get(), name.get());
  X509* parent = issuer == nullptr ? certificate.get() : issuer;
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(parent));
  X509_set_pubkey(certificate.get(), key);
  addExtension(certificate.get(), parent, NID_basic_constraints,
               names.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  addExtension(certificate.get(), parent, NID_key_usage, names.usage);
  addExtension(certificate.get(), parent, NID_subject_key_identifier, "hash");
  must(X509_sign(certificate.get(), issuerKey, EVP_sha256()) != 0, "sign");
  return certificate;
}

// One key for each length: tests care about certificates.
EVP_PKEY* sharedKey(int bits, const std::string& purpose) {
  static std::map<std::string, Key> keys;
  Key& key = keys[purpose + std::to_string(bits)];
  if (!key) {
    key.reset(EVP_RSA_gen(static_cast<unsigned>(bits)));
    must(key != nullptr, "key");
  }
  return key.get();
}

std::string pem(X509* certificate) {
  const base::CPtr<BIO, BIO_free_all> out(BIO_new(BIO_s_mem()));
  must(PEM_write_bio_X509(out.get(), certificate) == 1, "pem");
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

}  // namespace

struct TestPki::State {
  EVP_PKEY* rootKey;
  EVP_PKEY* middleKey;
  Certificate root;
  Certificate middle;
};

TestPki::TestPki(const std::string& name) : state_(std::make_unique<State>()) {
  state_->rootKey = sharedKey(2048, name + "root");
  state_->middleKey = sharedKey(2048, name + "middle");
  const char* usage = "critical,keyCertSign,cRLSign";
  state_->root = issue({name + " Root", name, "", usage, true}, state_->rootKey, nullptr,
                       state_->rootKey, startOf(2020), startOf(2060));
  state_->middle = issue({name + " Intermediate", name, "", usage, true}, state_->middleKey,
                         state_->root.get(), state_->rootKey, startOf(2020), startOf(2060));
}

TestPki::~TestPki() = default;

std::string TestPki::rootPem() const { return pem(state_->root.get()); }
std::string TestPki::intermediatePem() const { return pem(state_->middle.get()); }

std::string TestPki::pkcs12(const CertificateWish& wish, const std::string& password) const {
  EVP_PKEY* key = sharedKey(wish.bits, "holder");
  const char* usage =
      wish.mayNotSign ? "critical,keyEncipherment" : "critical,digitalSignature,nonRepudiation";
  const Certificate certificate =
      issue({wish.commonName, wish.organization, wish.userId, usage, false}, key,
            state_->middle.get(), state_->middleKey, wish.notBefore, wish.notAfter);
  STACK_OF(X509)* chain = sk_X509_new_null();
  sk_X509_push(chain, state_->middle.get());
  const base::CPtr<PKCS12, PKCS12_free> container(PKCS12_create(
      password.c_str(), "agency", key, certificate.get(), chain, 0, 0, 1000, 1000, 0));
  sk_X509_free(chain);
  must(container != nullptr, "pkcs12");
  unsigned char* bytes = nullptr;
  const int length = i2d_PKCS12(container.get(), &bytes);
  must(length > 0, "pkcs12 bytes");
  std::string result(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(length));
  OPENSSL_free(bytes);
  return result;
}

std::string TestPki::agencyPkcs12(const std::string& organId, const std::string& password) const {
  CertificateWish wish;
  wish.userId = organId;
  wish.notBefore = startOf(2024);
  wish.notAfter = startOf(2040);
  return pkcs12(wish, password);
}

const TestPki& sharedPki() {
  static const TestPki pki;
  return pki;
}

}  // namespace tests
