#include "eoffice/signing/key_store.h"

#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>

#include <cctype>
#include <climits>

#include "base/text.h"
#include "eoffice/signing/certificate_internal.h"
#include "eoffice/signing/private_file.h"

namespace eoffice {
namespace {

using base::RefusalKind;
using base::refuse;
using base::Result;
using openssl::KeyPtr;
using openssl::X509Ptr;

constexpr std::size_t kMostPkcs12Bytes = 256U << 10;

class Pkcs12Key : public SigningKey {
 public:
  Pkcs12Key(KeyPtr key, std::vector<std::string> chain, CertificateInfo info)
      : key_(std::move(key)), chain_(std::move(chain)), info_(std::move(info)) {}

  [[nodiscard]] const CertificateInfo& certificate() const override { return info_; }
  [[nodiscard]] const std::vector<std::string>& chain() const override { return chain_; }
  [[nodiscard]] std::string signRsaSha256(std::string_view bytes) const override;

 private:
  KeyPtr key_;
  std::vector<std::string> chain_;
  CertificateInfo info_;
};

std::string Pkcs12Key::signRsaSha256(std::string_view bytes) const {
  base::CPtr<EVP_MD_CTX, EVP_MD_CTX_free> const context(EVP_MD_CTX_new());
  auto const* data = reinterpret_cast<const unsigned char*>(bytes.data());
  openssl::require(
      context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1,
      "signing cannot start");
  std::size_t size = 0;
  openssl::require(EVP_DigestSign(context.get(), nullptr, &size, data, bytes.size()) == 1,
                   "signing failed");
  std::string signature(size, '\0');
  openssl::require(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                                  &size, data, bytes.size()) == 1,
                   "signing failed");
  signature.resize(size);
  return signature;
}

bool isLabel(std::string_view label) {
  if (label.empty() || label.size() > 100 || label.front() == '.') return false;
  return std::all_of(label.begin(), label.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  });
}

struct Opened {
  KeyPtr key;
  X509Ptr certificate;
  std::vector<std::string> issuers;
};

/// The issuers that travel with the key, without self-signed roots.
std::vector<std::string> issuersOf(STACK_OF(X509) * others) {
  std::vector<std::string> ders;
  for (int i = 0; i < sk_X509_num(others); ++i) {
    X509* const other = sk_X509_value(others, i);
    if (X509_self_signed(other, 0) != 1) ders.push_back(openssl::toDer(other));
  }
  return ders;
}

/// Older exports (RC2-40) need OpenSSL's legacy provider, which stays loaded once it was needed.
void loadLegacyCiphers() {
  static OSSL_PROVIDER* const legacy = OSSL_PROVIDER_try_load(nullptr, "legacy", 1);
  (void)legacy;
}

void freeStack(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }

Result<Opened> parse(std::string_view bytes, std::string_view password) {
  auto const* data = reinterpret_cast<const unsigned char*>(bytes.data());
  base::CPtr<PKCS12, PKCS12_free> const file(
      d2i_PKCS12(nullptr, &data, static_cast<long>(bytes.size())));
  if (!file) {
    ERR_clear_error();
    return refuse(RefusalKind::Invalid, "signing.key_damaged");
  }
  std::string const word(password);  // NUL-terminated for OpenSSL.
  if (PKCS12_verify_mac(file.get(), word.c_str(), static_cast<int>(word.size())) != 1) {
    ERR_clear_error();
    return refuse(RefusalKind::Forbidden, "signing.wrong_password", "pin");
  }
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  STACK_OF(X509)* others = nullptr;
  bool parsed = PKCS12_parse(file.get(), word.c_str(), &key, &certificate, &others) == 1;
  if (!parsed) {
    loadLegacyCiphers();
    parsed = PKCS12_parse(file.get(), word.c_str(), &key, &certificate, &others) == 1;
  }
  Opened opened{KeyPtr(key), X509Ptr(certificate), {}};
  base::CPtr<STACK_OF(X509), freeStack> const stack(others);
  ERR_clear_error();
  if (!parsed || !opened.key || !opened.certificate ||
      EVP_PKEY_get_base_id(opened.key.get()) != EVP_PKEY_RSA) {
    return refuse(RefusalKind::Invalid, "signing.key_damaged");
  }
  opened.issuers = issuersOf(stack.get());
  return opened;
}

Result<void> checkFitness(const X509* certificate, const CertificateInfo& info, base::Instant now) {
  std::vector<std::pair<std::string, std::string>> facts{{"subject", info.commonName},
                                                         {"from", base::viDateTime(info.notBefore)},
                                                         {"to", base::viDateTime(info.notAfter)}};
  if (now < info.notBefore) {
    return refuse(RefusalKind::Forbidden, "signing.certificate_not_yet_valid", {}, facts);
  }
  if (now > info.notAfter) {
    return refuse(RefusalKind::Forbidden, "signing.certificate_expired", {}, facts);
  }
  if (!openssl::maySign(certificate)) {
    return refuse(RefusalKind::Forbidden, "signing.certificate_unfit", {}, facts);
  }
  return {};
}

Result<std::unique_ptr<SigningKey>> openBytes(std::string_view bytes, std::string_view password,
                                              base::Instant now) {
  auto opened = parse(bytes, password);
  if (!opened) return tl::unexpected(opened.error());
  CertificateInfo info = openssl::describe(opened->certificate.get());
  if (auto fit = checkFitness(opened->certificate.get(), info, now); !fit) {
    return tl::unexpected(fit.error());
  }
  std::vector<std::string> chain{openssl::toDer(opened->certificate.get())};
  chain.insert(chain.end(), opened->issuers.begin(), opened->issuers.end());
  return std::make_unique<Pkcs12Key>(std::move(opened->key), std::move(chain), std::move(info));
}

}  // namespace

Pkcs12KeyStore::Pkcs12KeyStore(std::filesystem::path folder, const base::Clock& clock)
    : folder_(std::move(folder)), clock_(clock) {
  makePrivateFolder(folder_);
}

Result<std::unique_ptr<SigningKey>> Pkcs12KeyStore::open(const std::string& label,
                                                         std::string_view password) const {
  if (!isLabel(label)) return refuse(RefusalKind::NotFound, "signing.key_not_found");
  auto const bytes = readSmallFile(folder_ / (label + ".p12"));
  if (!bytes) return refuse(RefusalKind::NotFound, "signing.key_not_found");
  return openBytes(*bytes, password, clock_.now());
}

std::optional<CertificateInfo> Pkcs12KeyStore::find(const std::string& label) const {
  if (!isLabel(label)) return std::nullopt;
  auto const pem = readSmallFile(folder_ / (label + ".pem"));
  return pem ? readCertificate(*pem) : std::nullopt;
}

Result<CertificateInfo> Pkcs12KeyStore::add(const std::string& label, std::string_view pkcs12,
                                            std::string_view password,
                                            std::string_view holder) const {
  if (!isLabel(label)) return refuse(RefusalKind::Invalid, "signing.key_label", "label");
  if (pkcs12.size() > kMostPkcs12Bytes) {
    return refuse(RefusalKind::TooLarge, "signing.key_damaged", "key");
  }
  auto key = openBytes(pkcs12, password, clock_.now());
  if (!key) return tl::unexpected(key.error());
  auto const& name = (*key)->certificate().commonName;
  if (!holder.empty() && base::fold(name) != base::fold(holder)) {
    return refuse(RefusalKind::Conflict, "signing.key_of_another", "key",
                  {{"certificate", name}, {"holder", std::string(holder)}});
  }
  auto const certificate = openssl::fromDer((*key)->chain().front());
  // The certificate first: a key without one would be found by `open` but not by `find`.
  replaceFile(folder_ / (label + ".pem"), openssl::toPem(certificate.get()), 0644);
  replaceFile(folder_ / (label + ".p12"), pkcs12, 0600);
  return (*key)->certificate();
}

}  // namespace eoffice
