#include "exchange/signature/signer.h"

#include <openssl/err.h>

#include <fstream>
#include <iterator>

#include "exchange/envelope/tree.h"
#include "exchange/envelope/xml.h"
#include "exchange/signature/sign_internal.h"

namespace exchange {
namespace {

constexpr int kLeastBits = 2048;

base::Result<EnvelopeSigner::Key> openPkcs12(std::string_view bytes, std::string_view password) {
  const ssl::Bio bio = ssl::readOnly(bytes);
  const base::CPtr<PKCS12, PKCS12_free> container(d2i_PKCS12_bio(bio.get(), nullptr));
  if (!container) {
    ERR_clear_error();
    return base::refuse(base::RefusalKind::Invalid, "signature.key_unreadable");
  }
  const std::string secret(password);
  if (PKCS12_verify_mac(container.get(), secret.c_str(), -1) != 1) {
    ERR_clear_error();
    return base::refuse(base::RefusalKind::Invalid, "signature.wrong_password");
  }
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  STACK_OF(X509)* chain = nullptr;
  const int parsed = PKCS12_parse(container.get(), secret.c_str(), &key, &certificate, &chain);
  EnvelopeSigner::Key result;
  result.key.reset(key);
  result.certificate.reset(certificate);
  result.chain.reset(chain);
  if (parsed != 1 || !result.key || !result.certificate) {
    ERR_clear_error();
    return base::refuse(base::RefusalKind::Invalid, "signature.key_unreadable");
  }
  if (ssl::rsaBits(result.key.get()) < kLeastBits) {
    return base::refuse(base::RefusalKind::Invalid, "signature.key_not_rsa");
  }
  result.info = ssl::describe(result.certificate.get());
  return result;
}

base::Result<void> checkValidity(const CertificateInfo& certificate, base::Instant now) {
  const std::vector<std::pair<std::string, std::string>> facts = {
      {"subject", certificate.subject},
      {"from", base::viDateTime(certificate.notBefore)},
      {"to", base::viDateTime(certificate.notAfter)}};
  if (now >= certificate.notAfter) {
    return base::refuse(base::RefusalKind::Conflict, "signature.certificate_expired", {}, facts);
  }
  if (now < certificate.notBefore) {
    return base::refuse(base::RefusalKind::Conflict, "signature.certificate_not_yet_valid", {},
                        facts);
  }
  return {};
}

base::Result<void> signAndWrite(Skeleton skeleton, const EnvelopeSigner& signer, const Sink& out) {
  skeleton.xml.insert(skeleton.signaturePlace, signatureOf(skeleton, signer.key()));
  streamSpliced(skeleton.xml, skeleton.splices, out);
  return {};
}

}  // namespace

EnvelopeSigner::EnvelopeSigner(std::shared_ptr<const Key> key) : key_(std::move(key)) {}
EnvelopeSigner::~EnvelopeSigner() = default;
EnvelopeSigner::EnvelopeSigner(EnvelopeSigner&&) noexcept = default;
EnvelopeSigner& EnvelopeSigner::operator=(EnvelopeSigner&&) noexcept = default;

const CertificateInfo& EnvelopeSigner::certificate() const { return key_->info; }

base::Result<EnvelopeSigner> EnvelopeSigner::fromPkcs12Bytes(std::string_view bytes,
                                                             std::string_view password) {
  auto key = openPkcs12(bytes, password);
  if (!key) {
    return tl::unexpected(key.error());
  }
  return EnvelopeSigner(std::make_shared<const Key>(std::move(*key)));
}

base::Result<EnvelopeSigner> EnvelopeSigner::fromPkcs12(const std::filesystem::path& file,
                                                        std::string_view password) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  auto signer = fromPkcs12Bytes(bytes, password);
  if (!signer) {
    signer.error().facts.emplace_back("file", file.string());
  }
  return signer;
}

base::Result<void> writeSignedEnvelope(const DocumentEnvelope& envelope, base::Instant now,
                                       const EnvelopeSigner& signer, const base::BlobStore& blobs,
                                       const Sink& out) {
  for (const auto& checked :
       {checkOutgoing(envelope, base::localDate(now)), checkValidity(signer.certificate(), now)}) {
    if (!checked) {
      return checked;
    }
  }
  return signAndWrite(makeSkeleton(envelope, blobs), signer, out);
}

base::Result<void> writeSignedEnvelope(const StatusEnvelope& envelope, base::Instant now,
                                       const EnvelopeSigner& signer, const Sink& out) {
  for (const auto& checked : {checkOutgoing(envelope), checkValidity(signer.certificate(), now)}) {
    if (!checked) {
      return checked;
    }
  }
  return signAndWrite(makeSkeleton(envelope), signer, out);
}

}  // namespace exchange
